// Writing PKCS#12 (RFC 7292): with PBES2, AES-256 and HMAC-SHA256, or with 3DES and HMAC-SHA1 for programs that know nothing newer.
import { bmpString, context, integer, objectIdentifier, octetString, oid, sequence, setOf } from '../der-writer.ts';
import type { Bytes } from '../encoding.ts';
import { encryptByPassword, type PasswordCipher } from './pbe.ts';
import { writeMac } from './pkcs12-mac.ts';

const passwordAlphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 26 characters of 5 bits in groups, without look-alikes. */
export function generatePassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(26));
  const characters = Array.from(bytes, (b) => passwordAlphabet[b & 31] ?? '').join('');
  return (characters.match(/.{1,5}/g) ?? []).join('-');
}

export interface Pkcs12Contents { readonly pkcs8: Uint8Array; readonly certificate: Uint8Array; readonly friendlyName: string; readonly password: string; readonly cipher: PasswordCipher }

export async function writePkcs12({ pkcs8, certificate, friendlyName, password, cipher }: Pkcs12Contents): Promise<Bytes> {
  const keyId = new Uint8Array(await crypto.subtle.digest('SHA-1', certificate as Bytes));
  const attributes = setOf(...[
    sequence(objectIdentifier(oid.friendlyName), setOf(bmpString(friendlyName))),
    sequence(objectIdentifier(oid.localKeyId), setOf(octetString(keyId))),
  ].sort(compareDer));
  const certificateBag = sequence(
    objectIdentifier(oid.certBag),
    context(0, sequence(objectIdentifier(oid.x509Certificate), context(0, octetString(certificate)))),
    attributes);
  const key = await encryptByPassword(pkcs8, password, cipher);
  const keyBag = sequence(objectIdentifier(oid.shroudedKeyBag), context(0, sequence(key.algorithm, octetString(key.sealed))), attributes);
  const certificates = await encryptByPassword(sequence(certificateBag), password, cipher);
  const encryptedCertificates = sequence(integer(0), sequence(objectIdentifier(oid.data), certificates.algorithm, implicitOctets(certificates.sealed)));
  const safe = sequence(
    sequence(objectIdentifier(oid.encryptedData), context(0, encryptedCertificates)),
    sequence(objectIdentifier(oid.data), context(0, octetString(sequence(keyBag)))));
  return sequence(
    integer(3),
    sequence(objectIdentifier(oid.data), context(0, octetString(safe))),
    await writeMac(safe, password, cipher === '3DES' ? 'SHA-1' : 'SHA-256'));
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
