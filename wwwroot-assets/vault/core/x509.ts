// The vaultbox's own S/MIME certificate (RFC 5280, RFC 8550), and what is read of certificates to find recipients.
import { VaultError } from '../client/contract.ts';
import { BerReader } from './ber-reader.ts';
import {
  bitString, boolean, context, contextPrimitive, integerBytes, nullValue, objectIdentifier, octetString, oid, sequence, setOf, time, utf8String,
} from './der-writer.ts';
import { equalBytes, sha256, utf8, type Bytes } from './encoding.ts';

const dayMs = 86_400_000;
const maxCommonName = 64; // ub-common-name
export const certificateYears = 10;

/** Self-signed, 10 years, for signing and key encipherment of mail. `signingKey` is RSASSA-PKCS1-v1_5 with SHA-256. */
export async function selfSignedCertificate(options: { address: string; signingKey: CryptoKey; spki: Uint8Array; now: Date }): Promise<Bytes> {
  const { address, signingKey, spki, now } = options;
  const keyId = (await sha256(publicKeyBits(spki))).subarray(0, 20); // RFC 7093, method 1
  const name = sequence(setOf(sequence(objectIdentifier(oid.commonName), utf8String([...address].slice(0, maxCommonName).join('')))));
  const serial = crypto.getRandomValues(new Uint8Array(16));
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  // A day back: the server's clock may be behind the browser's.
  const notBefore = new Date(Math.floor(now.getTime() / dayMs) * dayMs - dayMs);
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + certificateYears);
  const algorithm = sequence(objectIdentifier(oid.sha256WithRsa), nullValue());
  const body = sequence(
    context(0, Uint8Array.of(2, 1, 2)), integerBytes(serial), algorithm, name, sequence(time(notBefore), time(notAfter)), name, spki,
    context(3, sequence(
      extension(oid.basicConstraints, true, sequence()),
      extension(oid.keyUsage, true, bitString(Uint8Array.of(0xa0), 5)), // digitalSignature, keyEncipherment
      extension(oid.extendedKeyUsage, false, sequence(objectIdentifier(oid.emailProtection))),
      extension(oid.subjectAltName, false, sequence(mailboxName(address))),
      extension(oid.subjectKeyIdentifier, false, octetString(keyId)),
      extension(oid.authorityKeyIdentifier, false, sequence(contextPrimitive(0, keyId))))));
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', signingKey, body);
  return sequence(body, algorithm, bitString(new Uint8Array(signature)));
}

const extension = (id: string, critical: boolean, value: Uint8Array): Bytes =>
  sequence(objectIdentifier(id), ...(critical ? [boolean(true)] : []), octetString(value));

/** rfc822Name, or SmtpUTF8Mailbox (RFC 9598) for an address that is not ASCII. */
function mailboxName(address: string): Bytes {
  if (/^[\x21-\x7e]+$/.test(address)) return contextPrimitive(1, utf8(address));
  return context(0, objectIdentifier(oid.smtpUtf8Mailbox), context(0, utf8String(address)));
}

const unparsable = (what: string): VaultError => new VaultError('key_invalid', `A stored certificate is damaged (${what}).`);

/** Content of the BIT STRING of a SubjectPublicKeyInfo. */
export function publicKeyBits(spki: Uint8Array): Uint8Array {
  const reader = new BerReader(spki, unparsable);
  reader.enter(0x30, 'public key');
  reader.raw();
  return reader.primitive(0x03, 'public key').subarray(1);
}

/** Dotted algorithm of a SubjectPublicKeyInfo, and its named curve if that is its parameter. */
export function readKeyAlgorithm(spki: Uint8Array): { algorithm: string; curve: string | null } {
  const reader = new BerReader(spki, unparsable);
  reader.enter(0x30, 'public key');
  reader.enter(0x30, 'public key algorithm');
  const algorithm = reader.objectIdentifier('public key algorithm');
  return { algorithm, curve: reader.peek() === 0x06 ? reader.objectIdentifier('curve') : null };
}

export interface CertificateNames {
  /** DER of the issuer Name, and the content octets of the serial number. */
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly keyId: Uint8Array | null;
  readonly spki: Uint8Array;
}

export function readCertificateNames(der: Uint8Array): CertificateNames {
  const reader = new BerReader(der, unparsable);
  reader.enter(0x30, 'certificate');
  reader.enter(0x30, 'certificate body');
  if (reader.peek() === 0xa0) reader.raw();
  const serial = reader.primitive(0x02, 'serial number');
  reader.raw();
  const issuer = reader.raw();
  reader.raw();
  reader.raw();
  const spki = reader.raw();
  while (reader.peek() === 0x81 || reader.peek() === 0x82) reader.raw();
  const keyId = reader.peek() === 0xa3 ? readKeyId(reader) : null;
  return { issuer, serial, keyId, spki };
}

function readKeyId(reader: BerReader): Uint8Array | null {
  const wanted = objectIdentifier(oid.subjectKeyIdentifier).subarray(2);
  reader.enter(0xa3, 'extensions');
  reader.enter(0x30, 'extensions');
  while (!reader.atEnd()) {
    reader.enter(0x30, 'extension');
    const id = reader.primitive(0x06, 'extension');
    if (reader.peek() === 0x01) reader.raw();
    const value = reader.primitive(0x04, 'extension');
    reader.leave();
    if (equalBytes(id, wanted)) return new BerReader(value, unparsable).primitive(0x04, 'subject key identifier');
  }
  return null;
}
