// The vault key wrapped by what its owner knows or keeps. Each way to unlock has a wrap of its own: one is renewed without the others.
import { argon2id } from 'hash-wasm';
import { VaultError, type UnlockSecret } from '../client/contract.ts';
import type { ApiKdf, ApiVaultKeyWrap } from './api-types.ts';
import { base64Decode, base64Encode, concat, utf8, type Bytes } from './encoding.ts';
import { normalisePassphrase } from './passphrase.ts';
import { kitEntropy } from './recovery-kit.ts';

const contexts = { passphrase: utf8('vaultbox/vault-key-wrap/v1'), recovery_kit: utf8('vaultbox/recovery-kit-wrap/v1') } as const;
const argonOfNewWraps = { memoryKib: 65_536, passes: 3, lanes: 1 } as const;

export type UnlockMethod = keyof typeof contexts;

export const methodOf = (secret: UnlockSecret): UnlockMethod => ('passphrase' in secret ? 'passphrase' : 'recovery_kit');

/** The caller zeroes `raw`. */
export async function wrapVaultKey(raw: Bytes, secret: UnlockSecret): Promise<ApiVaultKeyWrap> {
  const method = methodOf(secret);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const kdf: ApiKdf = method === 'passphrase'
    ? { name: 'argon2id', salt: base64Encode(salt), ...argonOfNewWraps } : { name: 'hkdf-sha256', salt: base64Encode(salt) };
  const wrapping = await wrappingKey(secret, kdf, salt);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: contexts[method] }, wrapping, raw));
  return { method, kdf, wrapped: base64Encode(concat(iv, sealed)) };
}

/** The bytes of the vault key; the caller zeroes them. Throws `passphrase_wrong`, `kit_wrong` or `kit_malformed`. */
export async function unwrapVaultKey(secret: UnlockSecret, wrap: ApiVaultKeyWrap): Promise<Bytes> {
  const method = methodOf(secret);
  const wrapped = base64Decode(wrap.wrapped);
  const salt = base64Decode(wrap.kdf.salt);
  if (wrap.method !== method || wrapped.length !== 60 || salt.length !== 16 || !isSane(method, wrap.kdf)) {
    throw new VaultError('key_invalid', 'The stored vault key has a form that this portal does not know.');
  }
  const wrapping = await wrappingKey(secret, wrap.kdf, salt);
  try {
    const parameters = { name: 'AES-GCM', iv: wrapped.subarray(0, 12), additionalData: contexts[method] };
    return new Uint8Array(await crypto.subtle.decrypt(parameters, wrapping, wrapped.subarray(12)));
  } catch {
    throw method === 'passphrase' ? new VaultError('passphrase_wrong', "That didn't match. Check the words and their order.")
      : new VaultError('kit_wrong', 'This is a recovery kit, but not the one of this account. A newer kit ends an older one.');
  }
}

async function wrappingKey(secret: UnlockSecret, kdf: ApiKdf, salt: Bytes): Promise<CryptoKey> {
  return 'passphrase' in secret ? fromPassphrase(secret.passphrase, kdf, salt) : fromKit(secret.words, salt);
}

/** argon2id, then HKDF-SHA256. */
async function fromPassphrase(passphrase: string, kdf: ApiKdf, salt: Bytes): Promise<CryptoKey> {
  const { memoryKib, passes, lanes } = kdf;
  if (memoryKib === undefined || passes === undefined || lanes === undefined) throw new VaultError('key_invalid', 'The stored vault key lacks its parameters.');
  const password = utf8(normalisePassphrase(passphrase));
  const stretched = await argon2id({ password, salt, memorySize: memoryKib, iterations: passes, parallelism: lanes, hashLength: 32, outputType: 'binary' });
  password.fill(0);
  return derive(stretched as Bytes, new Uint8Array(0), contexts.passphrase);
}

/** HKDF alone. Stretching makes each guess dear where a person chose the secret; 256 random bits cannot be guessed at any price. */
const fromKit = (words: string, salt: Bytes): Promise<CryptoKey> => derive(kitEntropy(words), salt, contexts.recovery_kit);

/** Zeroes the material. */
async function derive(material: Bytes, salt: Bytes, info: Bytes): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveKey']);
  material.fill(0);
  return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function isSane(method: UnlockMethod, kdf: ApiKdf): boolean {
  if (method === 'recovery_kit') return kdf.name === 'hkdf-sha256';
  return kdf.name === 'argon2id' && inRange(kdf.memoryKib, 8_192, 1_048_576) && inRange(kdf.passes, 1, 16) && inRange(kdf.lanes, 1, 8);
}

const inRange = (value: number | undefined, low: number, high: number): boolean => value !== undefined && Number.isInteger(value) && value >= low && value <= high;
