// CMS EnvelopedData (RFC 5652) with AES-256-CBC (RFC 3565), and AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084), to RSAES-OAEP
// SHA-256 recipients (RFC 4056's parameters, RFC 8017). DER and BER. Nothing else is opened: PKCS#1 v1.5 recipients are left to mail clients.
import { VaultError, type ContentCipher } from '../client/contract.ts';
import { BerReader } from './ber-reader.ts';
import { context, objectIdentifier, nullValue, oid, sequence } from './der-writer.ts';
import { concat, concatAll, equalBytes, type Bytes } from './encoding.ts';

const maxBytes = 160 * 1024 * 1024;
const maxRecipients = 1_000;
const maxStringDepth = 8;
const gcmTagLength = 16;

const malformed = (what: string): VaultError =>
  new VaultError('cms_malformed', `The sealed message is damaged (${what}).`);
const unsupported = (what: string): VaultError =>
  new VaultError('cms_unsupported', `The message is sealed in a way that the browser does not open (${what}).`);

export type RecipientId =
  | { readonly kind: 'issuer-serial'; readonly issuer: Uint8Array; readonly serial: Uint8Array }
  | { readonly kind: 'key-id'; readonly keyId: Uint8Array };

export interface KeyTransRecipient { readonly id: RecipientId; readonly oaepSha256: boolean; readonly encryptedKey: Uint8Array }

/** What a reader needs of EnvelopedData or AuthEnvelopedData: which of them it was, the cipher tells. */
export interface EnvelopedData {
  readonly cipher: ContentCipher;
  readonly recipients: readonly KeyTransRecipient[];
  /** Recipients of other kinds (key agreement, password, …). */
  readonly otherRecipients: number;
  readonly iv: Uint8Array;
  /** The encryptedContent octets: a view of the input when the content is one primitive string. */
  readonly content: Uint8Array;
  /** The authentication tag of AES-256-GCM, which is no part of the content; null for AES-256-CBC. */
  readonly tag: Uint8Array | null;
}

export interface RecipientKey {
  readonly fingerprint: string;
  /** DER of the certificate's issuer Name, content octets of its serial number, and its subject key identifier. */
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly keyId: Uint8Array | null;
  /** RSA-OAEP with SHA-256, usage `unwrapKey`. */
  readonly privateKey: CryptoKey;
}

const oids = {
  envelopedData: objectIdentifier(oid.envelopedData).subarray(2),
  authEnvelopedData: objectIdentifier(oid.authEnvelopedData).subarray(2),
  data: objectIdentifier(oid.data).subarray(2),
  oaep: objectIdentifier(oid.rsaOaep).subarray(2),
  aes256Cbc: objectIdentifier(oid.aes256Cbc).subarray(2),
  aes256Gcm: objectIdentifier(oid.aes256Gcm).subarray(2),
};

/** RSAES-OAEP-params with SHA-256 and MGF1-SHA-256; NULL parameters present or absent, pSource absent or empty. */
const oaepParameters: readonly Uint8Array[] = [true, false].flatMap((withNull) => {
  const sha256 = sequence(objectIdentifier(oid.sha256), ...(withNull ? [nullValue()] : []));
  const both = [context(0, sha256), context(1, sequence(objectIdentifier(oid.mgf1), sha256))];
  const emptyLabel = context(2, sequence(objectIdentifier(oid.pSpecified), Uint8Array.of(4, 0)));
  return [sequence(...both), sequence(...both, emptyLabel)];
});

export function parseEnvelopedData(bytes: Uint8Array): EnvelopedData {
  if (bytes.length > maxBytes) throw new VaultError('cms_limit', 'The sealed message is larger than the browser opens.');
  const reader = new BerReader(bytes, malformed);
  reader.enter(0x30, 'ContentInfo');
  const cipher = readContentType(reader);
  const authenticated = cipher === 'AES-256-GCM';
  reader.enter(0xa0, 'content');
  reader.enter(0x30, authenticated ? 'AuthEnvelopedData' : 'EnvelopedData');
  readVersion(reader, authenticated ? [0] : [0, 2, 3, 4]);
  if (reader.peek() === 0xa0) reader.raw(); // originatorInfo
  const { recipients, otherRecipients } = readRecipients(reader);
  const { iv, tagLength, content } = readEncryptedContent(reader, cipher);
  const tag = authenticated ? readTag(reader, tagLength) : null;
  const attributes = authenticated ? 0xa2 : 0xa1;
  if (reader.peek() === attributes) reader.raw(); // neither encrypted nor authenticated
  for (let i = 0; i < 3; i++) reader.leave();
  if (!reader.atEnd()) throw malformed('bytes after its end');
  return { cipher, recipients, otherRecipients, iv, content, tag };
}

function readContentType(reader: BerReader): ContentCipher {
  const type = reader.primitive(0x06, 'content type');
  if (equalBytes(type, oids.envelopedData)) return 'AES-256-CBC';
  if (equalBytes(type, oids.authEnvelopedData)) return 'AES-256-GCM';
  throw unsupported('neither EnvelopedData nor AuthEnvelopedData');
}

function readRecipients(reader: BerReader): { recipients: KeyTransRecipient[]; otherRecipients: number } {
  const recipients: KeyTransRecipient[] = [];
  let otherRecipients = 0;
  reader.enter(0x31, 'RecipientInfos');
  while (!reader.atEnd()) {
    if (recipients.length + otherRecipients >= maxRecipients) throw new VaultError('cms_limit', 'The message has too many recipients.');
    if (reader.peek() === 0x30) {
      recipients.push(readKeyTrans(reader));
    } else {
      reader.raw();
      otherRecipients++;
    }
  }
  reader.leave();
  return { recipients, otherRecipients };
}

function readKeyTrans(reader: BerReader): KeyTransRecipient {
  reader.enter(0x30, 'KeyTransRecipientInfo');
  const version = readVersion(reader, [0, 2]);
  const id = readRecipientId(reader);
  if ((version === 0) !== (id.kind === 'issuer-serial')) throw malformed('recipient version');
  reader.enter(0x30, 'key encryption algorithm');
  const algorithm = reader.primitive(0x06, 'key encryption algorithm');
  const parameters = reader.atEnd() ? new Uint8Array(0) : reader.raw();
  reader.leave();
  const encryptedKey = readOctetString(reader, 0x04, 'encrypted key');
  reader.leave();
  const oaepSha256 = equalBytes(algorithm, oids.oaep) && oaepParameters.some((known) => equalBytes(known, parameters));
  return { id, oaepSha256, encryptedKey };
}

function readVersion(reader: BerReader, known: readonly number[]): number {
  const bytes = reader.primitive(0x02, 'version');
  const version = bytes[0] ?? -1;
  if (bytes.length !== 1 || !known.includes(version)) throw malformed('version');
  return version;
}

function readRecipientId(reader: BerReader): RecipientId {
  const tag = reader.peek();
  if (tag === 0x80 || tag === 0xa0) return { kind: 'key-id', keyId: readOctetString(reader, 0x80, 'key identifier') };
  reader.enter(0x30, 'issuer and serial number');
  const issuer = reader.raw();
  const serial = reader.primitive(0x02, 'serial number');
  reader.leave();
  return { kind: 'issuer-serial', issuer, serial };
}

function readEncryptedContent(reader: BerReader, cipher: ContentCipher): { iv: Uint8Array; tagLength: number; content: Uint8Array } {
  reader.enter(0x30, 'EncryptedContentInfo');
  if (!equalBytes(reader.primitive(0x06, 'inner content type'), oids.data)) throw unsupported('its content is no data');
  reader.enter(0x30, 'content encryption algorithm');
  const algorithm = reader.primitive(0x06, 'content encryption algorithm');
  if (!equalBytes(algorithm, cipher === 'AES-256-GCM' ? oids.aes256Gcm : oids.aes256Cbc)) throw unsupported(`a cipher other than ${cipher}`);
  const { iv, tagLength } = cipher === 'AES-256-GCM' ? readGcmParameters(reader) : { iv: reader.primitive(0x04, 'initialisation vector'), tagLength: 0 };
  reader.leave();
  if (iv.length !== (cipher === 'AES-256-GCM' ? 12 : 16)) throw malformed('initialisation vector');
  if (reader.atEnd()) throw unsupported('its content is elsewhere');
  const content = readOctetString(reader, 0x80, 'encrypted content');
  reader.leave();
  if (cipher === 'AES-256-CBC' && (content.length === 0 || content.length % 16 !== 0)) throw malformed('its encrypted content is no whole number of blocks');
  return { iv, tagLength, content };
}

/** RFC 5084, 3.2. Only whole tags of 16 bytes are taken: a shorter one is easier to forge. */
function readGcmParameters(reader: BerReader): { iv: Uint8Array; tagLength: number } {
  reader.enter(0x30, 'parameters of AES-GCM');
  const iv = reader.primitive(0x04, 'nonce');
  const length = reader.atEnd() ? Uint8Array.of(12) : reader.primitive(0x02, 'tag length');
  reader.leave();
  if (length.length !== 1 || length[0] !== gcmTagLength) throw unsupported('its authentication tag is cut short');
  return { iv, tagLength: gcmTagLength };
}

function readTag(reader: BerReader, length: number): Uint8Array {
  if (reader.peek() === 0xa1) throw unsupported('it has authenticated attributes');
  const tag = readOctetString(reader, 0x04, 'authentication tag');
  if (tag.length !== length) throw malformed('authentication tag');
  return tag;
}

/** A primitive OCTET STRING as a view, or a constructed one (X.690, 8.7.3) put together. `tag` is that of the primitive form. */
function readOctetString(reader: BerReader, tag: number, what: string): Uint8Array {
  if (reader.peek() === tag) return reader.primitive(tag, what);
  const segments: Uint8Array[] = [];
  const base = reader.depth;
  reader.enter(tag | 0x20, what);
  while (reader.depth > base) {
    if (reader.atEnd()) reader.leave();
    else if (reader.peek() === 0x04) segments.push(reader.primitive(0x04, what));
    else if (reader.depth - base < maxStringDepth) reader.enter(0x24, what);
    else throw malformed(`${what}: nested too deep`);
  }
  return segments.length === 1 ? (segments[0] ?? new Uint8Array(0)) : concatAll(segments);
}

function isFor(id: RecipientId, key: RecipientKey): boolean {
  if (id.kind === 'key-id') return key.keyId !== null && equalBytes(id.keyId, key.keyId);
  return equalBytes(id.serial, key.serial) && equalBytes(id.issuer, key.issuer);
}

export interface Decrypted { readonly plaintext: Bytes; readonly fingerprint: string }

/** Opens the content with the first of `keys` that it is sealed to. The content key never leaves WebCrypto. */
export async function decryptEnvelopedData(data: EnvelopedData, keys: readonly RecipientKey[]): Promise<Decrypted> {
  const mine = data.recipients.flatMap((recipient) => keys.filter((key) => isFor(recipient.id, key)).map((key) => ({ recipient, key })));
  if (mine.length === 0) throw new VaultError('key_not_held', 'No key here opens this message.');
  const usable = mine.filter(({ recipient }) => recipient.oaepSha256);
  if (usable.length === 0) throw unsupported('its key is not wrapped with RSAES-OAEP SHA-256');
  for (const { recipient, key } of usable) {
    const plaintext = await tryOpen(data, recipient, key);
    if (plaintext !== null) return { plaintext, fingerprint: key.fingerprint };
  }
  throw new VaultError('cms_decrypt_failed', 'The sealed message was altered or damaged: it does not open with its key.');
}

/** One answer for every failure, whichever step it came from. */
async function tryOpen(data: EnvelopedData, recipient: KeyTransRecipient, key: RecipientKey): Promise<Bytes | null> {
  try {
    const name = data.tag === null ? 'AES-CBC' : 'AES-GCM';
    const contentKey = await crypto.subtle.unwrapKey(
      'raw', recipient.encryptedKey as Bytes, key.privateKey, { name: 'RSA-OAEP' }, { name, length: 256 }, false, ['decrypt']);
    // WebCrypto takes content and tag in one piece.
    const sealed = data.tag === null ? data.content : concat(data.content, data.tag);
    return new Uint8Array(await crypto.subtle.decrypt({ name, iv: data.iv as Bytes }, contentKey, sealed as Bytes));
  } catch {
    return null;
  }
}
