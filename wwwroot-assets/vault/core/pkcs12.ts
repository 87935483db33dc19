// PKCS#12 (RFC 7292) with PBES2: PBKDF2-HMAC-SHA256 and AES-256-CBC (RFC 8018), MAC with HMAC-SHA256.
import {
  bmpBytes, bmpString, context, integer, nullValue, objectIdentifier, octetString, oid, sequence, setOf,
} from './der-writer.ts';
import { concat, utf8, type Bytes } from './encoding.ts';

/** The password is random (130 bits): iterations need not slow a guesser, and mail clients open the file at once. */
const iterations = 10_000;
const passwordAlphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 26 characters of 5 bits in groups, without look-alikes. */
export function generatePassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(26));
  const characters = Array.from(bytes, (b) => passwordAlphabet[b & 31] ?? '').join('');
  return (characters.match(/.{1,5}/g) ?? []).join('-');
}

export async function writePkcs12(options: { pkcs8: Uint8Array; certificate: Uint8Array; friendlyName: string; password: string }): Promise<Bytes> {
  const { pkcs8, certificate, friendlyName, password } = options;
  const keyId = new Uint8Array(await crypto.subtle.digest('SHA-1', certificate as Bytes));
  const attributes = setOf(...[
    sequence(objectIdentifier(oid.friendlyName), setOf(bmpString(friendlyName))),
    sequence(objectIdentifier(oid.localKeyId), setOf(octetString(keyId))),
  ].sort(compareDer));
  const certificateBag = sequence(
    objectIdentifier(oid.certBag),
    context(0, sequence(objectIdentifier(oid.x509Certificate), context(0, octetString(certificate)))),
    attributes);
  const keyBag = sequence(
    objectIdentifier(oid.shroudedKeyBag),
    context(0, await encrypt(pkcs8, password, (algorithm, bytes) => sequence(algorithm, octetString(bytes)))),
    attributes);
  const encryptedCertificates = await encrypt(sequence(certificateBag), password, (algorithm, bytes) =>
    sequence(integer(0), sequence(objectIdentifier(oid.data), algorithm, implicitOctets(bytes))));
  const safe = sequence(
    sequence(objectIdentifier(oid.encryptedData), context(0, encryptedCertificates)),
    sequence(objectIdentifier(oid.data), context(0, octetString(sequence(keyBag)))));
  return sequence(
    integer(3),
    sequence(objectIdentifier(oid.data), context(0, octetString(safe))),
    await macData(safe, password));
}

/** [0] IMPLICIT OCTET STRING. */
function implicitOctets(bytes: Uint8Array): Bytes {
  const encoded = octetString(bytes);
  encoded[0] = 0x80;
  return encoded;
}

function compareDer(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0);
  return a.length - b.length;
}

async function encrypt(plaintext: Uint8Array, password: string, wrap: (algorithm: Bytes, bytes: Bytes) => Bytes): Promise<Bytes> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(16));
  const base = await crypto.subtle.importKey('raw', utf8(password), 'PBKDF2', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, { name: 'AES-CBC', length: 256 }, false, ['encrypt']);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, plaintext as Bytes));
  const kdf = sequence(objectIdentifier(oid.pbkdf2), sequence(
    octetString(salt), integer(iterations), integer(32), sequence(objectIdentifier(oid.hmacSha256), nullValue())));
  const cipher = sequence(objectIdentifier(oid.aes256Cbc), octetString(iv));
  return wrap(sequence(objectIdentifier(oid.pbes2), sequence(kdf, cipher)), sealed);
}

async function macData(safe: Bytes, password: string): Promise<Bytes> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const raw = await deriveMacKey(password, salt);
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  raw.fill(0);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, safe));
  return sequence(
    sequence(sequence(objectIdentifier(oid.sha256), nullValue()), octetString(mac)), octetString(salt), integer(iterations));
}

/** RFC 7292, appendix B.2, with SHA-256 (u = 32, v = 64) and ID 3; one output block is enough. */
async function deriveMacKey(password: string, salt: Uint8Array): Promise<Bytes> {
  const secret = concat(bmpBytes(password), Uint8Array.of(0, 0));
  const fill = (bytes: Uint8Array): Bytes => Uint8Array.from({ length: 64 * Math.ceil(bytes.length / 64) }, (_, i) => bytes[i % bytes.length] ?? 0);
  let block = concat(new Uint8Array(64).fill(3), fill(salt), fill(secret));
  secret.fill(0);
  for (let i = 0; i < iterations; i++) {
    const next = new Uint8Array(await crypto.subtle.digest('SHA-256', block));
    block.fill(0);
    block = next;
  }
  return block;
}
