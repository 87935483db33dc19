// CMS EnvelopedData (RFC 5652) with AES-CBC (RFC 3565), and AuthEnvelopedData (RFC 5083) with AES-GCM (RFC 5084). DER and BER.
import { BerReader } from '../ber-reader.ts';
import { oid } from '../der-writer.ts';
import { contentCiphers, type CipherSpec } from './algorithms.ts';
import { limit, malformed, otherCipher, otherType } from './errors.ts';
import { readOctetString } from './octet-string.ts';
import { readRecipients, type Recipient } from './recipients.ts';

const maxBytes = 160 * 1024 * 1024;
const gcmTagLength = 16;

/** What a reader needs of EnvelopedData or AuthEnvelopedData: which of them it was, the mode of the cipher tells. */
export interface EnvelopedData {
  readonly spec: CipherSpec;
  readonly recipients: readonly Recipient[];
  readonly iv: Uint8Array;
  /** The encryptedContent octets: a view of the input when the content is one primitive string. */
  readonly content: Uint8Array;
  /** The authentication tag of AES-GCM, which is no part of the content; null for AES-CBC. */
  readonly tag: Uint8Array | null;
}

export function parseEnvelopedData(bytes: Uint8Array): EnvelopedData {
  if (bytes.length > maxBytes) throw limit('its size');
  const reader = new BerReader(bytes, malformed);
  reader.enter(0x30, 'ContentInfo');
  const authenticated = readsAuthenticated(reader);
  reader.enter(0xa0, 'content');
  reader.enter(0x30, authenticated ? 'AuthEnvelopedData' : 'EnvelopedData');
  reader.version(authenticated ? [0] : [0, 2, 3, 4]);
  if (reader.peek() === 0xa0) reader.raw(); // originatorInfo
  const recipients = readRecipients(reader);
  const { spec, iv, content } = readEncryptedContent(reader, authenticated);
  const tag = authenticated ? readTag(reader) : null;
  const attributes = authenticated ? 0xa2 : 0xa1;
  if (reader.peek() === attributes) reader.raw(); // neither encrypted nor authenticated
  for (let i = 0; i < 3; i++) reader.leave();
  if (!reader.atEnd()) throw malformed('bytes after its end');
  return { spec, recipients, iv, content, tag };
}

function readsAuthenticated(reader: BerReader): boolean {
  const type = reader.objectIdentifier('content type');
  if (type === oid.envelopedData) return false;
  if (type === oid.authEnvelopedData) return true;
  throw otherType(`content type ${type}`);
}

function readEncryptedContent(reader: BerReader, authenticated: boolean): { spec: CipherSpec; iv: Uint8Array; content: Uint8Array } {
  reader.enter(0x30, 'EncryptedContentInfo');
  if (reader.objectIdentifier('inner content type') !== oid.data) throw otherType('its content is no data');
  reader.enter(0x30, 'content encryption algorithm');
  const algorithm = reader.objectIdentifier('content encryption algorithm');
  const spec = contentCiphers[algorithm];
  if (spec === undefined) throw otherCipher(`algorithm ${algorithm}`);
  // What is authenticated is never opened by a cipher that does not check it, nor the other way round.
  if ((spec.mode === 'AES-GCM') !== authenticated) throw otherCipher(`${spec.cipher} in the structure of another mode`);
  const iv = authenticated ? readGcmNonce(reader) : reader.primitive(0x04, 'initialisation vector');
  reader.leave();
  if (iv.length !== (authenticated ? 12 : 16)) throw malformed('initialisation vector');
  if (reader.atEnd()) throw otherType('its content is elsewhere');
  const content = readOctetString(reader, 0x80, 'encrypted content');
  reader.leave();
  if (!authenticated && (content.length === 0 || content.length % 16 !== 0)) throw malformed('its encrypted content is no whole number of blocks');
  return { spec, iv, content };
}

/** RFC 5084, 3.2. Only whole tags of 16 bytes are taken: a shorter one is easier to forge. */
function readGcmNonce(reader: BerReader): Uint8Array {
  reader.enter(0x30, 'parameters of AES-GCM');
  const nonce = reader.primitive(0x04, 'nonce');
  const length = reader.atEnd() ? Uint8Array.of(12) : reader.primitive(0x02, 'tag length');
  reader.leave();
  if (length.length !== 1 || length[0] !== gcmTagLength) throw otherCipher('its authentication tag is cut short');
  return nonce;
}

function readTag(reader: BerReader): Uint8Array {
  if (reader.peek() === 0xa1) throw otherCipher('it has authenticated attributes');
  const tag = readOctetString(reader, 0x04, 'authentication tag');
  if (tag.length !== gcmTagLength) throw malformed('authentication tag');
  return tag;
}
