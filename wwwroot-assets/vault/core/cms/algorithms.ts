// What WebCrypto can do of CMS's algorithms (RFC 3565, RFC 5084, RFC 5753, RFC 5754, RFC 8017), by object identifier.
import type { ContentCipher } from '../../client/contract.ts';
import type { BerReader } from '../ber-reader.ts';
import { oid } from '../der-writer.ts';

export type Digest = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';
export type AgreementCurve = 'P-256' | 'P-384';
export interface CipherSpec { readonly cipher: ContentCipher; readonly mode: 'AES-CBC' | 'AES-GCM'; readonly bits: 128 | 192 | 256 }

export const contentCiphers: Readonly<Record<string, CipherSpec>> = {
  [oid.aes128Cbc]: { cipher: 'AES-128-CBC', mode: 'AES-CBC', bits: 128 },
  [oid.aes192Cbc]: { cipher: 'AES-192-CBC', mode: 'AES-CBC', bits: 192 },
  [oid.aes256Cbc]: { cipher: 'AES-256-CBC', mode: 'AES-CBC', bits: 256 },
  [oid.aes128Gcm]: { cipher: 'AES-128-GCM', mode: 'AES-GCM', bits: 128 },
  [oid.aes192Gcm]: { cipher: 'AES-192-GCM', mode: 'AES-GCM', bits: 192 },
  [oid.aes256Gcm]: { cipher: 'AES-256-GCM', mode: 'AES-GCM', bits: 256 },
};

export const digests: Readonly<Record<string, Digest>> = {
  [oid.sha1]: 'SHA-1', [oid.sha256]: 'SHA-256', [oid.sha384]: 'SHA-384', [oid.sha512]: 'SHA-512',
};

/** dhSinglePass-stdDH and -cofactorDH (RFC 5753, 7.1.4): the same for curves whose cofactor is 1. WebCrypto has no SHA-224. */
export const agreementDigests: Readonly<Record<string, Digest>> = {
  '1.3.133.16.840.63.0.2': 'SHA-1', '1.3.133.16.840.63.0.3': 'SHA-1',
  '1.3.132.1.11.1': 'SHA-256', '1.3.132.1.14.1': 'SHA-256',
  '1.3.132.1.11.2': 'SHA-384', '1.3.132.1.14.2': 'SHA-384',
  '1.3.132.1.11.3': 'SHA-512', '1.3.132.1.14.3': 'SHA-512',
};

/** AES key wrap (RFC 3565, 2.3.2): bits of the key that wraps. */
export const keyWrapBits: Readonly<Record<string, 128 | 192 | 256>> = {
  '2.16.840.1.101.3.4.1.5': 128, '2.16.840.1.101.3.4.1.25': 192, '2.16.840.1.101.3.4.1.45': 256,
};

export const curves: Readonly<Record<string, AgreementCurve>> = { [oid.p256]: 'P-256', [oid.p384]: 'P-384' };

/** The hash that an AlgorithmIdentifier names; null for one that WebCrypto has none of. */
export function readHash(reader: BerReader): Digest | null {
  reader.enter(0x30, 'hash algorithm');
  const hash = digests[reader.objectIdentifier('hash algorithm')] ?? null;
  if (!reader.atEnd()) reader.raw(); // NULL, where it is written
  reader.leave();
  return hash;
}
