// The vaultbox's own S/MIME certificate (RFC 5280, RFC 8550).
import { VaultError } from '../client/contract.ts';
import { readPublicKey } from './certificate.ts';
import {
  bitString, boolean, context, contextPrimitive, integerBytes, nullValue, objectIdentifier, octetString, oid, sequence, setOf, time, utf8String,
} from './der-writer.ts';
import { sha256, utf8, type Bytes } from './encoding.ts';

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

const unparsable = (what: string): VaultError => new VaultError('key_invalid', `A stored key is damaged (${what}).`);

/** Content of the BIT STRING of a SubjectPublicKeyInfo. */
export const publicKeyBits = (spki: Uint8Array): Uint8Array => readPublicKey(spki, unparsable).bits;
