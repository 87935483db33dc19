// The key derivation of PKCS#12 (RFC 7292, appendix B.2). Hashed in WebAssembly: WebCrypto's digests cost a turn of the event loop each.
import { createSHA1, createSHA256, createSHA384, createSHA512 } from 'hash-wasm';
import type { Digest } from '../cms/algorithms.ts';
import { bmpBytes } from '../der-writer.ts';
import { concat, type Bytes } from '../encoding.ts';

/** What the bytes are for: B.3. */
export const purposes = { key: 1, iv: 2, mac: 3 } as const;

const hashers = { 'SHA-1': createSHA1, 'SHA-256': createSHA256, 'SHA-384': createSHA384, 'SHA-512': createSHA512 } as const;
const blockLength = (hash: Digest): number => (hash === 'SHA-1' || hash === 'SHA-256' ? 64 : 128);

export interface Pkcs12Derivation { readonly hash: Digest; readonly password: string; readonly salt: Uint8Array; readonly iterations: number; readonly purpose: 1 | 2 | 3; readonly length: number }

export async function derivePkcs12({ hash, password, salt, iterations, purpose, length }: Pkcs12Derivation): Promise<Bytes> {
  const hasher = await hashers[hash]();
  const v = blockLength(hash);
  const secret = concat(bmpBytes(password), Uint8Array.of(0, 0));
  const fill = (bytes: Uint8Array): Bytes => Uint8Array.from({ length: v * Math.ceil(bytes.length / v) }, (_, i) => bytes[i % bytes.length] ?? 0);
  const diversifier = new Uint8Array(v).fill(purpose);
  const input = concat(fill(salt), fill(secret));
  secret.fill(0);
  const output = new Uint8Array(length);
  for (let at = 0; at < length;) {
    let block = hasher.init().update(diversifier).update(input).digest('binary');
    for (let i = 1; i < iterations; i++) block = hasher.init().update(block).digest('binary');
    output.set(block.subarray(0, length - at), at);
    at += block.length;
    if (at < length) addToEach(input, block, v);
  }
  input.fill(0);
  return output;
}

/** Each block of `input` becomes itself plus `block`, repeated to its length, plus one, modulo its size. */
function addToEach(input: Uint8Array, block: Uint8Array, v: number): void {
  for (let start = 0; start < input.length; start += v) {
    let carry = 1;
    for (let i = v - 1; i >= 0; i--) {
      carry += (input[start + i] ?? 0) + (block[i % block.length] ?? 0);
      input[start + i] = carry & 255;
      carry >>= 8;
    }
  }
}
