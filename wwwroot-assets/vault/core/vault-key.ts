// The account's vault key, and what it encrypts (private keys).
import { VaultError } from '../client/contract.ts';
import type { KeyPurpose } from './api-types.ts';
import { concat, equalBytes, utf8, type Bytes } from './encoding.ts';
import { fromPem, toPem } from './pem.ts';

const armourLabel = 'ENCRYPTED VAULTBOX KEY';
const magic = utf8('VBK1');

/** Not extractable. Zeroes the bytes that it was made of. */
export async function importVaultKey(raw: Bytes): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  raw.fill(0);
  return key;
}

const armourContext = (purpose: KeyPurpose, fingerprint: string): Bytes => utf8(`vaultbox/private-key/v1|${purpose}|${fingerprint}`);

/** Encrypts a PKCS#8 private key under the vault key; purpose and fingerprint of its public part are bound to it. */
export async function sealPrivateKey(vaultKey: CryptoKey, purpose: KeyPurpose, fingerprint: string, pkcs8: Uint8Array): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const parameters = { name: 'AES-GCM', iv, additionalData: armourContext(purpose, fingerprint) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters, vaultKey, pkcs8 as Bytes));
  return toPem(armourLabel, concat(magic, iv, sealed));
}

/** The PKCS#8 bytes; the caller zeroes them. */
export async function openPrivateKey(vaultKey: CryptoKey, purpose: KeyPurpose, fingerprint: string, armour: string): Promise<Bytes> {
  const bytes = fromPem(armourLabel, armour);
  const damaged = new VaultError('key_invalid', 'A stored private key does not open with this vault key: it was altered or belongs elsewhere.');
  if (bytes.length < 4 + 12 + 16 || !equalBytes(bytes.subarray(0, 4), magic)) throw damaged;
  const parameters = { name: 'AES-GCM', iv: bytes.subarray(4, 16), additionalData: armourContext(purpose, fingerprint) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters, vaultKey, bytes.subarray(16)));
  } catch {
    throw damaged;
  }
}
