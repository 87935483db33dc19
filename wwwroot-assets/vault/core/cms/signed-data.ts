// CMS SignedData (RFC 5652, 5), DER or BER. Read only; verify.ts judges.
import { BerReader } from '../ber-reader.ts';
import { readCertificate, readTime, type Certificate } from '../certificate.ts';
import { oid } from '../der-writer.ts';
import { readHash, type Digest } from './algorithms.ts';
import { limit, malformed, otherType } from './errors.ts';
import { readOctetString } from './octet-string.ts';
import type { RecipientId } from './recipients.ts';

const maxCertificates = 100;
const maxSigners = 20;

export interface Signer {
  readonly id: RecipientId;
  /** Null for one that WebCrypto has none of. */
  readonly digest: Digest | null;
  readonly attributes: SignedAttributes | null;
  /** DER of the AlgorithmIdentifier. */
  readonly algorithm: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SignedAttributes {
  /** What the signature is over: the SET OF as such (RFC 5652, 5.4). */
  readonly signed: Uint8Array;
  readonly contentType: string | null;
  readonly messageDigest: Uint8Array | null;
  readonly signingTime: Date | null;
}

export interface SignedData {
  readonly contentType: string;
  /** Null when the content stands elsewhere: a detached signature. */
  readonly content: Uint8Array | null;
  readonly certificates: readonly Certificate[];
  readonly signers: readonly Signer[];
}

export function parseSignedData(bytes: Uint8Array): SignedData {
  const reader = new BerReader(bytes, malformed);
  reader.enter(0x30, 'ContentInfo');
  const type = reader.objectIdentifier('content type');
  if (type !== oid.signedData) throw otherType(`content type ${type}`);
  reader.enter(0xa0, 'content');
  reader.enter(0x30, 'SignedData');
  reader.version([1, 3, 4, 5]);
  reader.raw(); // digest algorithms: each signer names its own
  reader.enter(0x30, 'content');
  const contentType = reader.objectIdentifier('content type');
  const content = reader.atEnd() ? null : readContent(reader);
  reader.leave();
  const certificates = reader.peek() === 0xa0 ? readCertificates(reader) : [];
  if (reader.peek() === 0xa1) reader.raw(); // revocation lists
  const signers: Signer[] = [];
  reader.enter(0x31, 'signers');
  while (!reader.atEnd()) {
    if (signers.length >= maxSigners) throw limit('its number of signers');
    signers.push(readSigner(reader));
  }
  for (let i = 0; i < 4; i++) reader.leave();
  return { contentType, content, certificates, signers };
}

function readContent(reader: BerReader): Uint8Array {
  reader.enter(0xa0, 'content');
  const content = readOctetString(reader, 0x04, 'content');
  reader.leave();
  return content;
}

/** A certificate that does not read is left out: a signer without one is told as such. */
function readCertificates(reader: BerReader): Certificate[] {
  const certificates: Certificate[] = [];
  reader.enter(0xa0, 'certificates');
  for (let count = 0; !reader.atEnd(); count++) {
    if (count >= maxCertificates) throw limit('its number of certificates');
    const isCertificate = reader.peek() === 0x30;
    const der = reader.raw();
    if (!isCertificate) continue;
    try {
      certificates.push(readCertificate(der, malformed));
    } catch {
      continue;
    }
  }
  reader.leave();
  return certificates;
}

function readSigner(reader: BerReader): Signer {
  reader.enter(0x30, 'signer');
  reader.version([1, 3]);
  const id = readSignerId(reader);
  const digest = readHash(reader);
  const attributes = reader.peek() === 0xa0 ? readAttributes(reader.raw()) : null;
  const algorithm = reader.raw();
  const signature = readOctetString(reader, 0x04, 'signature');
  if (reader.peek() === 0xa1) reader.raw(); // unsigned attributes
  reader.leave();
  return { id, digest, attributes, algorithm, signature };
}

function readSignerId(reader: BerReader): RecipientId {
  if (reader.peek() !== 0x30) return { kind: 'key-id', keyId: readOctetString(reader, 0x80, 'signer') };
  reader.enter(0x30, 'signer');
  const issuer = reader.raw();
  const serial = reader.primitive(0x02, 'signer');
  reader.leave();
  return { kind: 'issuer-serial', issuer, serial };
}

/** Each of the three at most once, with one value (RFC 5652, 11). */
function readAttributes(tagged: Uint8Array): SignedAttributes {
  const signed = tagged.slice();
  signed[0] = 0x31;
  const reader = new BerReader(signed, malformed);
  const values = new Map<string, Uint8Array>();
  reader.enter(0x31, 'signed attributes');
  while (!reader.atEnd()) {
    reader.enter(0x30, 'signed attribute');
    const type = reader.objectIdentifier('signed attribute');
    reader.enter(0x31, 'signed attribute');
    const value = reader.raw();
    const isSingle = reader.atEnd();
    while (!reader.atEnd()) reader.raw();
    reader.leave();
    reader.leave();
    const isOurs = type === oid.contentTypeAttribute || type === oid.messageDigest || type === oid.signingTime;
    if (isOurs && (!isSingle || values.has(type))) throw malformed('signed attribute given twice');
    values.set(type, value);
  }
  const read = <T>(type: string, take: (value: BerReader) => T): T | null => {
    const value = values.get(type);
    return value === undefined ? null : take(new BerReader(value, malformed));
  };
  return {
    signed,
    contentType: read(oid.contentTypeAttribute, (value) => value.objectIdentifier('content type')),
    messageDigest: read(oid.messageDigest, (value) => readOctetString(value, 0x04, 'message digest')),
    signingTime: read(oid.signingTime, (value) => readTime(value, malformed)),
  };
}
