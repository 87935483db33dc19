// Writing DER (X.690) and the object identifiers that the vault uses.
import { concat, utf8, type Bytes } from './encoding.ts';

function tlv(tag: number, body: Uint8Array): Bytes {
  const n = body.length;
  const length = n < 0x80 ? [n] : n < 0x100 ? [0x81, n] : n < 0x10000 ? [0x82, n >> 8, n & 255] : [0x83, n >> 16, (n >> 8) & 255, n & 255];
  if (n >= 0x1000000) throw new RangeError('too long for this writer');
  return concat(Uint8Array.of(tag, ...length), body);
}

export const sequence = (...items: readonly Uint8Array[]): Bytes => tlv(0x30, concat(...items));
/** SET OF with one element, or with elements already in DER order. */
export const setOf = (...items: readonly Uint8Array[]): Bytes => tlv(0x31, concat(...items));
export const octetString = (bytes: Uint8Array): Bytes => tlv(0x04, bytes);
export const bitString = (bytes: Uint8Array, unusedBits = 0): Bytes => tlv(0x03, concat(Uint8Array.of(unusedBits), bytes));
export const boolean = (value: boolean): Bytes => tlv(0x01, Uint8Array.of(value ? 0xff : 0));
export const nullValue = (): Bytes => tlv(0x05, new Uint8Array(0));
export const utf8String = (text: string): Bytes => tlv(0x0c, utf8(text));
/** `[n]` constructed: EXPLICIT, or IMPLICIT of a constructed type. */
export const context = (n: number, ...items: readonly Uint8Array[]): Bytes => tlv(0xa0 | n, concat(...items));
/** `[n]` IMPLICIT of a primitive type. */
export const contextPrimitive = (n: number, body: Uint8Array): Bytes => tlv(0x80 | n, body);

/** Non-negative INTEGER from big-endian bytes. */
export function integerBytes(bytes: Uint8Array): Bytes {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const body = bytes.subarray(start);
  return tlv(0x02, (body[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), body) : body);
}

export function integer(value: number): Bytes {
  const bytes: number[] = [];
  for (let rest = value; rest > 0 || bytes.length === 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return integerBytes(Uint8Array.from(bytes));
}

/** UTF-16 big-endian. */
export function bmpBytes(text: string): Bytes {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    bytes[2 * i] = text.charCodeAt(i) >> 8;
    bytes[2 * i + 1] = text.charCodeAt(i) & 255;
  }
  return bytes;
}
export const bmpString = (text: string): Bytes => tlv(0x1e, bmpBytes(text));

/** UTCTime to 2049, GeneralizedTime after (RFC 5280, 4.1.2.5); whole seconds. */
export function time(date: Date): Bytes {
  const digits = `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return date.getUTCFullYear() < 2050 ? tlv(0x17, utf8(digits.slice(2))) : tlv(0x18, utf8(digits));
}

export function objectIdentifier(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const septets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) septets.unshift(0x80 | (left % 128));
    bytes.push(...septets);
  }
  return tlv(0x06, Uint8Array.from(bytes));
}

export const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  envelopedData: '1.2.840.113549.1.7.3',
  encryptedData: '1.2.840.113549.1.7.6',
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaOaep: '1.2.840.113549.1.1.7',
  mgf1: '1.2.840.113549.1.1.8',
  pSpecified: '1.2.840.113549.1.1.9',
  ecPublicKey: '1.2.840.10045.2.1',
  p256: '1.2.840.10045.3.1.7',
  p384: '1.3.132.0.34',
  rsaPss: '1.2.840.113549.1.1.10',
  p521: '1.3.132.0.35',
  contentTypeAttribute: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  sha1: '1.3.14.3.2.26',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  sha256: '2.16.840.1.101.3.4.2.1',
  aes128Cbc: '2.16.840.1.101.3.4.1.2',
  aes192Cbc: '2.16.840.1.101.3.4.1.22',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  aes128Gcm: '2.16.840.1.101.3.4.1.6',
  aes192Gcm: '2.16.840.1.101.3.4.1.26',
  aes256Gcm: '2.16.840.1.101.3.4.1.46',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha256: '1.2.840.113549.2.9',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  pbeSha3Des: '1.2.840.113549.1.12.1.3',
  tripleDesCbc: '1.2.840.113549.3.7',
  hmacSha1: '1.2.840.113549.2.7',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  safeContentsBag: '1.2.840.113549.1.12.10.1.6',
  commonName: '2.5.4.3',
  emailAddress: '1.2.840.113549.1.9.1',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  anyExtendedKeyUsage: '2.5.29.37.0',
  smtpUtf8Mailbox: '1.3.6.1.5.5.7.8.9',
} as const;
