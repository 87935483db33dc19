// RSAES-PKCS1-v1_5 (RFC 8017, 7.2.2), which WebCrypto has none of, for old mail that its reader asks to open. Base and exponents are
// blinded, since BigInt takes its time by its operands; a padding that is wrong gives another key, as if it had been right (implicit
// rejection), so that nothing afterwards tells which it was. BigInts cannot be zeroed: the worker's end is what wipes them.
import { BerReader } from '../ber-reader.ts';
import { oid } from '../der-writer.ts';
import { concat, fromHex, hex, type Bytes } from '../encoding.ts';
import { malformed } from './errors.ts';

interface RsaPrivateKey { readonly n: bigint; readonly e: bigint; readonly d: bigint; readonly p: bigint; readonly q: bigint; readonly dp: bigint; readonly dq: bigint; readonly inverse: bigint; readonly bytes: number }

const blindingBytes = 8;

const toNumber = (bytes: Uint8Array): bigint => (bytes.length === 0 ? 0n : BigInt(`0x${hex(bytes)}`));
const toBytes = (number: bigint, length: number): Bytes => fromHex(number.toString(16).padStart(length * 2, '0'));

/** Null when it is no RSA key with two primes. */
export function readRsaPrivateKey(pkcs8: Uint8Array): RsaPrivateKey | null {
  const outer = new BerReader(pkcs8, malformed);
  outer.enter(0x30, 'private key');
  outer.version([0, 1]);
  outer.enter(0x30, 'private key');
  if (outer.objectIdentifier('private key') !== oid.rsaEncryption) return null;
  while (!outer.atEnd()) outer.raw();
  outer.leave();
  const reader = new BerReader(outer.primitive(0x04, 'private key'), malformed);
  reader.enter(0x30, 'private key');
  reader.version([0]);
  const [n = 0n, e = 0n, d = 0n, p = 0n, q = 0n, dp = 0n, dq = 0n, inverse = 0n] = Array.from({ length: 8 }, () => toNumber(reader.primitive(0x02, 'private key')));
  if (p * q !== n || n === 0n) return null;
  return { n, e, d, p, q, dp, dq, inverse, bytes: Math.ceil(n.toString(16).length / 2) };
}

/** Both products are made for each bit, whatever it is. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const products: [bigint, bigint] = [1n, 1n];
  for (const bit of exponent.toString(2)) {
    products[0] = (products[0] * products[0]) % modulus;
    products[1] = (products[0] * base) % modulus;
    products[0] = products[bit === '1' ? 1 : 0];
  }
  return products[0];
}

function inverseOf(number: bigint, modulus: bigint): bigint | null {
  let [a, b, x, y] = [number % modulus, modulus, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : null;
}

const random = (bytes: number): bigint => toNumber(crypto.getRandomValues(new Uint8Array(bytes)));

/** c^d mod n by the primes. The number of octets stays the key's, whatever the number is. */
function decryptRaw(key: RsaPrivateKey, sealed: bigint): bigint {
  const { n, e, p, q, dp, dq, inverse, bytes } = key;
  let blind = 0n;
  let unblind: bigint | null = null;
  while (unblind === null) {
    blind = (random(bytes + 8) % (n - 2n)) + 2n;
    unblind = inverseOf(blind, n);
  }
  const blinded = (sealed * power(blind, e, n)) % n;
  const m1 = power(blinded % p, dp + random(blindingBytes) * (p - 1n), p);
  const m2 = power(blinded % q, dq + random(blindingBytes) * (q - 1n), q);
  const h = (((inverse * (m1 - m2)) % p) + p) % p;
  const number = ((m2 + h * q) * unblind) % n;
  // A fault in one half would tell the primes.
  return power(number, e, n) === sealed ? number : 0n;
}

/**
 * The content key of `length` octets that is wrapped, or one that depends on key and wrapped octets alone when there is none.
 * Null only for what anybody can see: that the wrapped octets are not of this key's size.
 */
export async function unwrapOldKey(key: RsaPrivateKey, encryptedKey: Uint8Array, length: number): Promise<Bytes | null> {
  const sealed = toNumber(encryptedKey);
  if (encryptedKey.length !== key.bytes || sealed >= key.n || length > key.bytes - 11) return null;
  const block = toBytes(decryptRaw(key, sealed), key.bytes);
  const instead = await substitute(key, encryptedKey, length);
  const start = key.bytes - length;
  // 00 02, octets that are not zero, 00, and the key: its length is known, so each octet has one place.
  let wrong = (block[0] ?? 1) | ((block[1] ?? 0) ^ 2) | (block[start - 1] ?? 1);
  for (let i = 2; i < start - 1; i++) wrong |= isZero(block[i] ?? 0);
  const mask = isZero(wrong) * 255;
  const result = instead.map((byte, i) => ((block[start + i] ?? 0) & mask) | (byte & ~mask));
  block.fill(0);
  return result;
}

/** 1 for 0, else 0, without a branch; for 0 to 2^24. */
const isZero = (value: number): number => ((value - 1) >>> 31) & 1;

async function substitute(key: RsaPrivateKey, encryptedKey: Uint8Array, length: number): Promise<Bytes> {
  const exponent = toBytes(key.d, key.bytes);
  const secret = new Uint8Array(await crypto.subtle.digest('SHA-256', exponent));
  exponent.fill(0);
  const mac = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  secret.fill(0);
  return new Uint8Array(await crypto.subtle.sign('HMAC', mac, concat(encryptedKey, Uint8Array.of(length)))).slice(0, length);
}
