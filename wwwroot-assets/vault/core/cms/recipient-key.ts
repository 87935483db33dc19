// A private key that mail is opened with, as WebCrypto holds it: it does not leave.
import { VaultError } from '../../client/contract.ts';
import { readCertificate, readPublicKey } from '../certificate.ts';
import { oid } from '../der-writer.ts';
import { sha256Hex, type Bytes } from '../encoding.ts';
import { curves, type AgreementCurve, type Digest } from './algorithms.ts';

export type RecipientSecret =
  /** One per hash: WebCrypto binds it to the key. Usage `unwrapKey`. */
  | { readonly kind: 'RSA'; readonly oaep: ReadonlyMap<Digest, CryptoKey> }
  /** Usage `deriveBits`. */
  | { readonly kind: 'EC'; readonly curve: AgreementCurve; readonly privateKey: CryptoKey };

export interface RecipientKey {
  readonly fingerprint: string;
  /** DER of the certificate's issuer Name, content octets of its serial number, and its subject key identifier. */
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly keyId: Uint8Array | null;
  readonly secret: RecipientSecret;
}

const damaged = (what: string): VaultError => new VaultError('key_invalid', `A stored certificate is damaged (${what}).`);

const oaepDigests: readonly Digest[] = ['SHA-256', 'SHA-1', 'SHA-384', 'SHA-512'];

/** The key of this certificate; the caller zeroes `pkcs8`. */
export async function importRecipientKey(certificate: Uint8Array, pkcs8: Uint8Array): Promise<RecipientKey> {
  const { issuer, serial, keyId, spki } = readCertificate(certificate, damaged);
  return { fingerprint: await sha256Hex(certificate), issuer, serial, keyId, secret: await importSecret(spki, pkcs8 as Bytes) };
}

async function importSecret(spki: Uint8Array, pkcs8: Bytes): Promise<RecipientSecret> {
  const { algorithm, curve: curveId } = readPublicKey(spki, damaged);
  if (algorithm === oid.rsaEncryption) {
    const keys = await Promise.all(oaepDigests.map(async (hash) =>
      [hash, await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSA-OAEP', hash }, false, ['unwrapKey'])] as const));
    return { kind: 'RSA', oaep: new Map(keys) };
  }
  const curve = curves[curveId ?? ''];
  if (algorithm !== oid.ecPublicKey || curve === undefined) throw new VaultError('key_unsupported', 'Mail is sealed to RSA, P-256 and P-384 keys only.');
  return { kind: 'EC', curve, privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDH', namedCurve: curve }, false, ['deriveBits']) };
}
