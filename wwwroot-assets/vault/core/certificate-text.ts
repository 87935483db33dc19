// Tells a certificate from a private key before anything is sent.
import { VaultError, type CertificateCheck } from '../client/contract.ts';
import { base64Decode } from './encoding.ts';

const certificateLabels = ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE', 'PKCS7', 'CMS', 'PKCS #7 SIGNED DATA'];
const refusal = 'This contains a private key that is not encrypted by the vault. Nothing was sent. Choose the certificate alone (BEGIN CERTIFICATE).';
const unreadable = 'This is no certificate. Paste PEM text (BEGIN CERTIFICATE) or choose a .pem, .crt, .cer, .der or .p7b file.';

/**
 * Accepts PEM certificates and PKCS#7 bundles, or one of either as base64 DER.
 * Throws `private_key_in_clear` for anything that holds or may hold a private key: PEM labels, PKCS#8, PKCS#1, SEC 1, PKCS#12, JWK.
 */
export function checkCertificateText(text: string): CertificateCheck {
  if (text.length > 1_000_000) throw new VaultError('certificate_unparsable', unreadable);
  if (/PRIVATE[\s_-]*KEY/i.test(text) || /ENCRYPTED VAULTBOX KEY/i.test(text) || looksLikeJwk(text)) throw new VaultError('private_key_in_clear', refusal);
  const blocks = [...text.matchAll(/-----BEGIN ([^-\r\n]{1,60})-----([^-]*)-----END \1-----/g)];
  if (blocks.length === 0) {
    checkDer(decode(text));
    return { kind: 'der-base64', certificates: 1 };
  }
  for (const block of blocks) checkDer(decode(block[2] ?? ''));
  const labels = blocks.map((block) => block[1] ?? '');
  if (!labels.every((label) => certificateLabels.includes(label))) {
    throw new VaultError('certificate_unparsable', unreadable);
  }
  return { kind: 'pem', certificates: blocks.length };
}

/** For files: text if it is text, else its bytes as base64, so that one path checks both. */
export function certificateFileText(bytes: Uint8Array): string {
  if (bytes[0] !== 0x30 || bytes.length < 4) return new TextDecoder().decode(bytes);
  let binary = '';
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(binary);
}

function looksLikeJwk(text: string): boolean {
  return /"kty"\s*:/.test(text) && /"d"\s*:/.test(text);
}

function decode(base64: string): Uint8Array {
  // OpenSSL's old PEM headers (Proc-Type, DEK-Info) stand only in private keys, which were refused by their label.
  const compact = base64.replace(/[\s]+/g, '');
  try {
    return base64Decode(compact);
  } catch {
    throw new VaultError('certificate_unparsable', unreadable);
  }
}

interface Head { readonly tag: number; readonly start: number; readonly end: number }

function head(bytes: Uint8Array, at: number): Head | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return null;
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
  const count = first & 0x7f;
  if (count > 4) return null;
  if (count === 0) return { tag, start: at + 2, end: bytes.length };
  let length = 0;
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  return { tag, start: at + 2 + count, end: at + 2 + count + length };
}

/** 1.2.840.113549.1.7.2 */
const signedData = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

function checkDer(bytes: Uint8Array): void {
  const outer = head(bytes, 0);
  const first = outer?.tag === 0x30 ? head(bytes, outer.start) : null;
  if (first === null) throw new VaultError('certificate_unparsable', unreadable);
  // Private key structures begin with an INTEGER version (PKCS#1, PKCS#8, SEC 1, PFX); EncryptedPrivateKeyInfo with
  // SEQUENCE { OID … } OCTET STRING. A certificate begins with SEQUENCE { [0] version … } or SEQUENCE { INTEGER serial … }.
  if (first.tag === 0x02) throw new VaultError('private_key_in_clear', refusal);
  // ContentInfo of a PKCS#7 bundle: OBJECT IDENTIFIER signedData, [0].
  if (first.tag === 0x06 && bytes[first.end] === 0xa0 && signedData.every((byte, i) => bytes[first.start + i] === byte)) return;
  if (first.tag !== 0x30) throw new VaultError('certificate_unparsable', unreadable);
  const inner = head(bytes, first.start);
  if (inner?.tag === 0x06 && head(bytes, first.end)?.tag === 0x04) throw new VaultError('private_key_in_clear', refusal);
  if (inner?.tag !== 0xa0 && inner?.tag !== 0x02) throw new VaultError('certificate_unparsable', unreadable);
}
