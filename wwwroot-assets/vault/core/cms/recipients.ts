// RecipientInfos (RFC 5652, 6.2): key transport by RSA (RFC 8017, RFC 4055) and key agreement by elliptic curves (RFC 5753).
// What is written in a way that is not known here is kept as such: another recipient of the same message may be known.
import { BerReader } from '../ber-reader.ts';
import { oid } from '../der-writer.ts';
import { equalBytes } from '../encoding.ts';
import { agreementDigests, keyWrapBits, readHash, type Digest } from './algorithms.ts';
import { limit, malformed } from './errors.ts';
import { readOctetString } from './octet-string.ts';

const maxRecipients = 1_000;

export type RecipientId =
  | { readonly kind: 'issuer-serial'; readonly issuer: Uint8Array; readonly serial: Uint8Array }
  | { readonly kind: 'key-id'; readonly keyId: Uint8Array };

/** How the content key is wrapped for a recipient. */
export type Wrapping =
  | { readonly kind: 'oaep'; readonly hash: Digest; readonly label: Uint8Array }
  | { readonly kind: 'pkcs1' }
  | KeyAgreement
  | { readonly kind: 'unknown'; readonly why: string };

export interface KeyAgreement {
  readonly kind: 'agreement';
  readonly hash: Digest;
  readonly wrapBits: 128 | 192 | 256;
  /** The key wrap's AlgorithmIdentifier as it stands in the message: part of what the key is derived from. */
  readonly keyInfo: Uint8Array;
  readonly ukm: Uint8Array | null;
  /** The sender's ephemeral public key, an uncompressed point. */
  readonly point: Uint8Array;
}

export interface Recipient { readonly id: RecipientId; readonly wrapping: Wrapping; readonly encryptedKey: Uint8Array }

/** Those of other kinds (password, key encryption key, …) are passed over. */
export function readRecipients(reader: BerReader): Recipient[] {
  const recipients: Recipient[] = [];
  let elements = 0;
  reader.enter(0x31, 'RecipientInfos');
  while (!reader.atEnd()) {
    if (Math.max(++elements, recipients.length) > maxRecipients) throw limit('its number of recipients');
    if (reader.peek() === 0x30) recipients.push(readKeyTrans(reader));
    else if (reader.peek() === 0xa1) readKeyAgree(reader, recipients);
    else reader.raw();
  }
  reader.leave();
  return recipients;
}

function readKeyTrans(reader: BerReader): Recipient {
  reader.enter(0x30, 'KeyTransRecipientInfo');
  const version = reader.version([0, 2]);
  const tag = reader.peek();
  const id: RecipientId = tag === 0x80 || tag === 0xa0 ? { kind: 'key-id', keyId: readOctetString(reader, 0x80, 'key identifier') } : readIssuerSerial(reader);
  if ((version === 0) !== (id.kind === 'issuer-serial')) throw malformed('recipient version');
  reader.enter(0x30, 'key encryption algorithm');
  const algorithm = reader.objectIdentifier('key encryption algorithm');
  const parameters = reader.atEnd() ? null : reader.raw();
  reader.leave();
  const encryptedKey = readOctetString(reader, 0x04, 'encrypted key');
  reader.leave();
  return { id, wrapping: transportOf(algorithm, parameters), encryptedKey };
}

function readIssuerSerial(reader: BerReader): RecipientId {
  reader.enter(0x30, 'issuer and serial number');
  const issuer = reader.raw();
  const serial = reader.primitive(0x02, 'serial number');
  reader.leave();
  return { kind: 'issuer-serial', issuer, serial };
}

function transportOf(algorithm: string, parameters: Uint8Array | null): Wrapping {
  if (algorithm === oid.rsaEncryption) return { kind: 'pkcs1' };
  if (algorithm !== oid.rsaOaep) return { kind: 'unknown', why: `key transport ${algorithm}` };
  return parameters === null ? { kind: 'unknown', why: 'OAEP without its parameters' } : readOaep(new BerReader(parameters, malformed));
}

/** RSAES-OAEP-params (RFC 8017, A.2.1); what is left out is SHA-1, MGF1 with SHA-1, and an empty label. */
function readOaep(reader: BerReader): Wrapping {
  reader.enter(0x30, 'OAEP parameters');
  const hash = reader.peek() === 0xa0 ? readWithin(reader, 0xa0, () => readHash(reader)) : 'SHA-1';
  const mask = reader.peek() === 0xa1 ? readWithin(reader, 0xa1, () => readMask(reader)) : 'SHA-1';
  const label = reader.peek() === 0xa2 ? readWithin(reader, 0xa2, () => readLabel(reader)) : new Uint8Array(0);
  reader.leave();
  if (hash === null || mask === null || label === null) return { kind: 'unknown', why: 'OAEP with another hash, mask or label' };
  // WebCrypto takes one hash for both.
  return hash === mask ? { kind: 'oaep', hash, label } : { kind: 'unknown', why: `OAEP with ${hash} and a mask of ${mask}` };
}

function readWithin<T>(reader: BerReader, tag: number, read: () => T): T {
  reader.enter(tag, 'OAEP parameters');
  const value = read();
  reader.leave();
  return value;
}

function readMask(reader: BerReader): Digest | null {
  reader.enter(0x30, 'mask generation');
  const known = reader.objectIdentifier('mask generation') === oid.mgf1;
  const hash = known ? readHash(reader) : null;
  if (!known && !reader.atEnd()) reader.raw();
  reader.leave();
  return hash;
}

function readLabel(reader: BerReader): Uint8Array | null {
  reader.enter(0x30, 'label');
  const known = reader.objectIdentifier('label') === oid.pSpecified;
  const label = known ? readOctetString(reader, 0x04, 'label') : null;
  if (!known && !reader.atEnd()) reader.raw();
  reader.leave();
  return label;
}

/** One KeyAgreeRecipientInfo may hold the keys of several recipients (RFC 5652, 6.2.2). */
function readKeyAgree(reader: BerReader, recipients: Recipient[]): void {
  reader.enter(0xa1, 'KeyAgreeRecipientInfo');
  reader.version([3]);
  reader.enter(0xa0, 'originator');
  const point = readOriginator(reader);
  reader.leave();
  const ukm = reader.peek() === 0xa1 ? readWithin(reader, 0xa1, () => readOctetString(reader, 0x04, 'user keying material')) : null;
  const wrapping = agreementOf(readAgreement(reader), ukm, point);
  reader.enter(0x30, 'recipient encrypted keys');
  while (!reader.atEnd()) {
    if (recipients.length >= maxRecipients) throw limit('its number of recipients');
    reader.enter(0x30, 'recipient encrypted key');
    const id = reader.peek() === 0xa0 ? readKeyIdentifier(reader) : readIssuerSerial(reader);
    recipients.push({ id, wrapping, encryptedKey: readOctetString(reader, 0x04, 'encrypted key') });
    reader.leave();
  }
  reader.leave();
  reader.leave();
}

/** The ephemeral public key. Null for one that a certificate names, for no point of an elliptic curve, and for a compressed one. */
function readOriginator(reader: BerReader): Uint8Array | null {
  if (reader.peek() !== 0xa1) {
    reader.raw();
    return null;
  }
  reader.enter(0xa1, 'originator key');
  reader.enter(0x30, 'originator key algorithm');
  const isCurve = reader.objectIdentifier('originator key algorithm') === oid.ecPublicKey;
  if (!reader.atEnd()) reader.raw();
  reader.leave();
  const bits = reader.primitive(0x03, 'originator key');
  reader.leave();
  return isCurve && bits[0] === 0 && bits[1] === 0x04 ? bits.subarray(1) : null;
}

interface AgreementScheme { readonly scheme: string; readonly wrap: string | null; readonly keyInfo: Uint8Array }

function readAgreement(reader: BerReader): AgreementScheme {
  reader.enter(0x30, 'key agreement algorithm');
  const scheme = reader.objectIdentifier('key agreement algorithm');
  const keyInfo = reader.atEnd() ? new Uint8Array(0) : reader.raw();
  reader.leave();
  if (keyInfo[0] !== 0x30) return { scheme, wrap: null, keyInfo };
  const parameters = new BerReader(keyInfo, malformed);
  parameters.enter(0x30, 'key wrap algorithm');
  return { scheme, wrap: parameters.objectIdentifier('key wrap algorithm'), keyInfo };
}

function agreementOf({ scheme, wrap, keyInfo }: AgreementScheme, ukm: Uint8Array | null, point: Uint8Array | null): Wrapping {
  const hash = agreementDigests[scheme];
  const wrapBits = keyWrapBits[wrap ?? ''];
  if (hash === undefined) return { kind: 'unknown', why: `key agreement ${scheme}` };
  if (wrapBits === undefined) return { kind: 'unknown', why: `key wrap ${wrap ?? 'unnamed'}` };
  return point === null ? { kind: 'unknown', why: 'a key agreement without an ephemeral key' } : { kind: 'agreement', hash, wrapBits, keyInfo, ukm, point };
}

/** RecipientKeyIdentifier: date and other attributes say nothing that is needed here. */
function readKeyIdentifier(reader: BerReader): RecipientId {
  reader.enter(0xa0, 'recipient key identifier');
  const keyId = readOctetString(reader, 0x04, 'key identifier');
  while (!reader.atEnd()) reader.raw();
  reader.leave();
  return { kind: 'key-id', keyId };
}

export function isFor(id: RecipientId, key: { readonly issuer: Uint8Array; readonly serial: Uint8Array; readonly keyId: Uint8Array | null }): boolean {
  if (id.kind === 'key-id') return key.keyId !== null && equalBytes(id.keyId, key.keyId);
  return equalBytes(id.serial, key.serial) && equalBytes(id.issuer, key.issuer);
}
