// Reading certificates (RFC 5280): what is needed to find recipients, to show a signer, and to follow a chain. Nothing here is a judgement.
import { BerReader, dotted, type MalformedError } from './ber-reader.ts';
import { oid } from './der-writer.ts';
import { fromUtf8, hex, latin1 } from './encoding.ts';

export interface Certificate {
  readonly der: Uint8Array;
  /** What is signed, the algorithm it is signed by (DER of the AlgorithmIdentifier) and the signature. */
  readonly body: Uint8Array;
  readonly signatureAlgorithm: Uint8Array;
  readonly signature: Uint8Array;
  /** Content octets of the serial number. */
  readonly serial: Uint8Array;
  /** DER of the Names. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spki: Uint8Array;
  readonly keyId: Uint8Array | null;
  readonly authorityKeyId: Uint8Array | null;
  readonly isCa: boolean;
  /** How many authorities may stand between it and a person's certificate; null for any number. */
  readonly pathLength: number | null;
  /** Whether an extension that must not be passed over is none of those read here (RFC 5280, 4.2). */
  readonly hasUnreadCritical: boolean;
  /** False when its extended key usage names other purposes only (RFC 8550, 4.4.4). */
  readonly isForMail: boolean;
  /** Bits of the key usage extension by their numbers (RFC 5280, 4.2.1.3); null when it has none. */
  readonly keyUsage: ReadonlySet<number> | null;
  /** Mail addresses of the subject and its alternative names. */
  readonly emails: readonly string[];
}

const mailPurposes: ReadonlySet<string> = new Set([oid.emailProtection, oid.anyExtendedKeyUsage]);

export const keyUsageBits = { digitalSignature: 0, nonRepudiation: 1, keyEncipherment: 2, keyAgreement: 4, certificateSigning: 5 } as const;

interface Extensions {
  keyId: Uint8Array | null;
  authorityKeyId: Uint8Array | null;
  isCa: boolean;
  pathLength: number | null;
  hasUnreadCritical: boolean;
  isForMail: boolean;
  keyUsage: ReadonlySet<number> | null;
  emails: string[];
}

export function readCertificate(der: Uint8Array, malformed: MalformedError): Certificate {
  const outer = new BerReader(der, malformed);
  outer.enter(0x30, 'certificate');
  const body = outer.raw();
  const signatureAlgorithm = outer.raw();
  const signature = outer.primitive(0x03, 'signature').subarray(1);
  outer.leave();
  if (!outer.atEnd()) throw malformed('bytes after its end');
  const reader = new BerReader(body, malformed);
  reader.enter(0x30, 'certificate body');
  if (reader.peek() === 0xa0) reader.raw();
  const serial = reader.primitive(0x02, 'serial number');
  reader.raw();
  const issuer = reader.raw();
  reader.enter(0x30, 'validity');
  const [notBefore, notAfter] = [readTime(reader, malformed), readTime(reader, malformed)];
  reader.leave();
  const subject = reader.raw();
  const spki = reader.raw();
  while (reader.peek() === 0x81 || reader.peek() === 0x82) reader.raw();
  const found: Extensions = { keyId: null, authorityKeyId: null, isCa: false, pathLength: null, hasUnreadCritical: false, isForMail: true, keyUsage: null, emails: [] };
  if (reader.peek() === 0xa3) readExtensions(reader, malformed, found);
  const emails = [...new Set([...nameParts(subject, malformed).filter((part) => part.type === oid.emailAddress).map((part) => part.value), ...found.emails])];
  return { der, body, signatureAlgorithm, signature, serial, issuer, subject, notBefore, notAfter, spki, ...found, emails };
}

/** UTCTime or GeneralizedTime. */
export function readTime(reader: BerReader, malformed: MalformedError): Date {
  const short = reader.peek() === 0x17;
  const text = latin1(reader.primitive(short ? 0x17 : 0x18, 'time'));
  const match = (short ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/).exec(text);
  if (match === null) throw malformed('time');
  const [year = 0, month = 0, ...rest] = match.slice(1).map(Number);
  // RFC 5280, 4.1.2.5.1: two digits mean 1950 to 2049.
  const date = new Date(Date.UTC(short ? (year < 50 ? 2000 : 1900) + year : year, month - 1, ...rest.map((n) => n || 0)));
  if (Number.isNaN(date.getTime())) throw malformed('time');
  return date;
}

function readExtensions(reader: BerReader, malformed: MalformedError, found: Extensions): void {
  reader.enter(0xa3, 'extensions');
  reader.enter(0x30, 'extensions');
  while (!reader.atEnd()) {
    reader.enter(0x30, 'extension');
    const id = reader.objectIdentifier('extension');
    const isCritical = reader.peek() === 0x01 && reader.primitive(0x01, 'extension')[0] !== 0;
    const value = new BerReader(reader.primitive(0x04, 'extension'), malformed);
    reader.leave();
    if (id === oid.subjectKeyIdentifier) found.keyId = value.primitive(0x04, 'subject key identifier');
    else if (id === oid.authorityKeyIdentifier) found.authorityKeyId = readAuthorityKeyId(value);
    else if (id === oid.basicConstraints) Object.assign(found, readBasicConstraints(value));
    else if (id === oid.extendedKeyUsage) found.isForMail = readIsForMail(value);
    else if (id === oid.keyUsage) found.keyUsage = readBits(value.primitive(0x03, 'key usage'));
    else if (id === oid.subjectAltName) found.emails = readAlternativeNames(value);
    else if (isCritical) found.hasUnreadCritical = true;
  }
  reader.leave();
  reader.leave();
}

function readAuthorityKeyId(reader: BerReader): Uint8Array | null {
  reader.enter(0x30, 'authority key identifier');
  return reader.peek() === 0x80 ? reader.primitive(0x80, 'authority key identifier') : null;
}

function readBasicConstraints(reader: BerReader): Pick<Extensions, 'isCa' | 'pathLength'> {
  reader.enter(0x30, 'basic constraints');
  const isCa = reader.peek() === 0x01 && reader.primitive(0x01, 'basic constraints')[0] !== 0;
  const length = reader.peek() === 0x02 ? reader.primitive(0x02, 'path length') : null;
  // One octet holds more than any chain has.
  return { isCa, pathLength: length === null ? null : length.length === 1 ? (length[0] ?? 0) : 255 };
}

function readIsForMail(reader: BerReader): boolean {
  reader.enter(0x30, 'extended key usage');
  let isForMail = false;
  while (!reader.atEnd()) if (mailPurposes.has(reader.objectIdentifier('extended key usage'))) isForMail = true;
  return isForMail;
}

function readBits(bits: Uint8Array): ReadonlySet<number> {
  const set = new Set<number>();
  for (let i = 0; i < Math.min(16, (bits.length - 1) * 8); i++) if ((((bits[1 + (i >> 3)] ?? 0) >> (7 - (i & 7))) & 1) === 1) set.add(i);
  return set;
}

/** rfc822Name, and SmtpUTF8Mailbox (RFC 9598). */
function readAlternativeNames(reader: BerReader): string[] {
  const emails: string[] = [];
  reader.enter(0x30, 'alternative names');
  while (!reader.atEnd()) {
    if (reader.peek() === 0x81) {
      emails.push(latin1(reader.primitive(0x81, 'mail address')));
    } else if (reader.peek() === 0xa0) {
      reader.enter(0xa0, 'other name');
      const isMailbox = reader.objectIdentifier('other name') === oid.smtpUtf8Mailbox;
      reader.enter(0xa0, 'other name');
      if (isMailbox) emails.push(fromUtf8(reader.primitive(0x0c, 'mail address')));
      else reader.raw();
      reader.leave();
      reader.leave();
    } else {
      reader.raw();
    }
  }
  return emails;
}

export interface NamePart { readonly type: string; readonly value: string }

/** Attributes of a Name in their order. */
export function nameParts(name: Uint8Array, malformed: MalformedError): NamePart[] {
  const parts: NamePart[] = [];
  const reader = new BerReader(name, malformed);
  reader.enter(0x30, 'name');
  while (!reader.atEnd()) {
    reader.enter(0x31, 'relative name');
    while (!reader.atEnd()) {
      reader.enter(0x30, 'name attribute');
      const type = reader.objectIdentifier('name attribute');
      const value = reader.raw();
      reader.leave();
      parts.push({ type, value: textOf(value, malformed) });
    }
    reader.leave();
  }
  return parts;
}

/** DirectoryString and IA5String; anything else in hex. Control and direction-changing characters are taken out. */
function textOf(element: Uint8Array, malformed: MalformedError): string {
  const tag = element[0] ?? 0;
  const bytes = (tag & 0x20) === 0 ? new BerReader(element, malformed).primitive(tag, 'text') : element;
  const text = tag === 0x0c ? fromUtf8(bytes) : tag === 0x13 || tag === 0x16 || tag === 0x14 || tag === 0x12 ? latin1(bytes)
    : tag === 0x1e ? new TextDecoder('utf-16be').decode(bytes) : hex(bytes);
  return text.replace(/[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').slice(0, 200);
}

const labels: Readonly<Record<string, string>> = {
  [oid.commonName]: 'CN', '2.5.4.4': 'SN', '2.5.4.5': 'serialNumber', '2.5.4.6': 'C', '2.5.4.7': 'L', '2.5.4.8': 'ST', '2.5.4.10': 'O', '2.5.4.11': 'OU', '2.5.4.42': 'GN',
  [oid.emailAddress]: 'E',
};

/** As people are shown it: the common name, else the organisation, else the first attribute. */
export function shortName(name: Uint8Array, malformed: MalformedError): string {
  const parts = nameParts(name, malformed);
  const of = (type: string): string | undefined => parts.findLast((part) => part.type === type && part.value !== '')?.value;
  return of(oid.commonName) ?? of('2.5.4.10') ?? of('2.5.4.11') ?? of(oid.emailAddress) ?? parts[0]?.value ?? '(no name)';
}

export const longName = (name: Uint8Array, malformed: MalformedError): string =>
  nameParts(name, malformed).map((part) => `${labels[part.type] ?? part.type}=${part.value}`).join(', ') || '(no name)';

export interface KeyAlgorithm { readonly algorithm: string; /** The named curve, if that is its parameter. */ readonly curve: string | null; readonly bits: Uint8Array }

/** What a SubjectPublicKeyInfo holds. */
export function readPublicKey(spki: Uint8Array, malformed: MalformedError): KeyAlgorithm {
  const reader = new BerReader(spki, malformed);
  reader.enter(0x30, 'public key');
  reader.enter(0x30, 'public key algorithm');
  const algorithm = reader.objectIdentifier('public key algorithm');
  const curve = reader.peek() === 0x06 ? dotted(reader.primitive(0x06, 'curve')) : null;
  while (!reader.atEnd()) reader.raw();
  reader.leave();
  return { algorithm, curve, bits: reader.primitive(0x03, 'public key').subarray(1) };
}
