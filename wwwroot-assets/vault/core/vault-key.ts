// The account's vault key: wrapped by a passphrase, and what it encrypts (private keys).
import { argon2id } from 'hash-wasm';
import { VaultError } from '../client/contract.ts';
import type { ApiKdf, ApiVaultKeyWrap, KeyPurpose } from './api-types.ts';
import { base64Decode, base64Encode, concat, equalBytes, utf8, type Bytes } from './encoding.ts';
import { normalisePassphrase } from './passphrase.ts';
import { fromPem, toPem } from './pem.ts';

const wrapContext = utf8('vaultbox/vault-key-wrap/v1');
const armourLabel = 'ENCRYPTED VAULTBOX KEY';
const magic = utf8('VBK1');
const kdfOfNewWraps = { memoryKib: 65_536, passes: 3, lanes: 1 } as const;

const wrongPassphrase = (): VaultError => new VaultError('passphrase_wrong', "That didn't match. Check the words and their order.");

/** argon2id, then HKDF-SHA256: the key that wraps the vault key. */
async function wrappingKey(passphrase: string, kdf: Omit<ApiKdf, 'name' | 'salt'>, salt: Bytes): Promise<CryptoKey> {
  const password = utf8(normalisePassphrase(passphrase));
  const stretched = await argon2id({
    password, salt, memorySize: kdf.memoryKib, iterations: kdf.passes, parallelism: kdf.lanes, hashLength: 32, outputType: 'binary',
  });
  password.fill(0);
  const material = await crypto.subtle.importKey('raw', stretched as Bytes, 'HKDF', false, ['deriveKey']);
  stretched.fill(0);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: wrapContext }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

const importVaultKey = (raw: Bytes): Promise<CryptoKey> => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

/** Makes a vault key and wraps it. The key itself is not extractable. */
export async function createVaultKey(passphrase: string): Promise<{ key: CryptoKey; wrap: ApiVaultKeyWrap }> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const wrapping = await wrappingKey(passphrase, kdfOfNewWraps, salt);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: wrapContext }, wrapping, raw));
  const key = await importVaultKey(raw);
  raw.fill(0);
  return { key, wrap: { method: 'passphrase', kdf: { name: 'argon2id', salt: base64Encode(salt), ...kdfOfNewWraps }, wrapped: base64Encode(concat(iv, sealed)) } };
}

export async function unwrapVaultKey(passphrase: string, wrap: ApiVaultKeyWrap): Promise<CryptoKey> {
  const { kdf } = wrap;
  const wrapped = base64Decode(wrap.wrapped);
  const salt = base64Decode(kdf.salt);
  const sane = kdf.name === 'argon2id' && wrapped.length === 60 && salt.length === 16 && inRange(kdf.memoryKib, 8_192, 1_048_576)
    && inRange(kdf.passes, 1, 16) && inRange(kdf.lanes, 1, 8);
  if (!sane) throw new VaultError('key_invalid', 'The stored vault key has a form that this portal does not know.');
  const wrapping = await wrappingKey(passphrase, kdf, salt);
  let raw: Bytes;
  try {
    const iv = wrapped.subarray(0, 12);
    raw = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: wrapContext }, wrapping, wrapped.subarray(12)));
  } catch {
    throw wrongPassphrase();
  }
  const key = await importVaultKey(raw);
  raw.fill(0);
  return key;
}

const inRange = (value: number, low: number, high: number): boolean => Number.isInteger(value) && value >= low && value <= high;

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
