// Reading PKCS#12 (RFC 7292), DER or BER: the private keys and certificates in it, whatever their names.
import { BerReader } from '../ber-reader.ts';
import { readOctetString } from '../cms/octet-string.ts';
import { oid } from '../der-writer.ts';
import type { Bytes } from '../encoding.ts';
import { lockedFile, malformedFile, unknownFile, wrongPassword } from './errors.ts';
import { decryptByPassword, type FilePassword } from './pbe.ts';
import { checkMac } from './pkcs12-mac.ts';

export interface KeyFileContents {
  /** PKCS#8; the caller zeroes them. */
  readonly keys: Bytes[];
  readonly certificates: Uint8Array[];
}

const maxParts = 16;
const maxBags = 100;
const maxDepth = 4;

/** Adds them to `contents` one by one: what was found before a part that does not read is the caller's to zero too. */
export async function readPkcs12(bytes: Uint8Array, password: FilePassword, contents: KeyFileContents): Promise<void> {
  const reader = new BerReader(bytes, malformedFile);
  reader.enter(0x30, 'PKCS#12');
  reader.version([3]);
  const safe = readData(reader);
  if (!reader.atEnd() && !(await checkMac(reader, safe, password))) throw password.text === '' ? lockedFile() : wrongPassword();
  reader.leave();
  const parts = new BerReader(safe, malformedFile);
  parts.enter(0x30, 'contents');
  for (let count = 0; !parts.atEnd(); count++) {
    if (count >= maxParts) throw unknownFile('too many parts');
    const { bags, isDecrypted } = await openPart(parts, password);
    try {
      await readBags(bags, password, contents, 0);
    } finally {
      if (isDecrypted) bags.fill(0);
    }
  }
}

/** ContentInfo with data: its octets. Contents that are signed instead (RFC 7292, 3.1) are not read. */
function readData(reader: BerReader): Uint8Array {
  reader.enter(0x30, 'contents');
  const type = reader.objectIdentifier('contents');
  if (type !== oid.data) throw unknownFile(`contents ${type}`);
  reader.enter(0xa0, 'contents');
  const data = readOctetString(reader, 0x04, 'contents');
  reader.leave();
  reader.leave();
  return data;
}

/** SafeContents of data or encryptedData. */
async function openPart(reader: BerReader, password: FilePassword): Promise<{ bags: Uint8Array; isDecrypted: boolean }> {
  const whole = new BerReader(reader.raw(), malformedFile);
  whole.enter(0x30, 'contents');
  const type = whole.objectIdentifier('contents');
  if (type === oid.data) {
    whole.enter(0xa0, 'contents');
    return { bags: readOctetString(whole, 0x04, 'contents'), isDecrypted: false };
  }
  if (type !== oid.encryptedData) throw unknownFile(`contents ${type}`);
  whole.enter(0xa0, 'encrypted contents');
  whole.enter(0x30, 'encrypted contents');
  whole.version([0, 2]);
  whole.enter(0x30, 'encrypted contents');
  if (whole.objectIdentifier('encrypted contents') !== oid.data) throw unknownFile('encrypted contents that are no data');
  const algorithm = whole.raw();
  return { bags: await decryptByPassword(algorithm, readOctetString(whole, 0x80, 'encrypted contents'), password), isDecrypted: true };
}

async function readBags(safe: Uint8Array, password: FilePassword, contents: KeyFileContents, depth: number): Promise<void> {
  if (depth > maxDepth) throw malformedFile('nested too deep');
  const reader = new BerReader(safe, malformedFile);
  reader.enter(0x30, 'bags');
  for (let count = 0; !reader.atEnd(); count++) {
    if (count >= maxBags || contents.keys.length + contents.certificates.length >= maxBags) throw unknownFile('too many keys and certificates');
    reader.enter(0x30, 'bag');
    const type = reader.objectIdentifier('bag');
    reader.enter(0xa0, 'bag');
    const value = reader.raw();
    reader.leave();
    while (!reader.atEnd()) reader.raw(); // names
    reader.leave();
    if (type === oid.keyBag) contents.keys.push(value.slice());
    else if (type === oid.shroudedKeyBag) contents.keys.push(await openPrivateKeyInfo(value, password));
    else if (type === oid.certBag) readCertificateBag(value, contents);
    else if (type === oid.safeContentsBag) await readBags(value, password, contents, depth + 1);
  }
}

function readCertificateBag(bag: Uint8Array, contents: KeyFileContents): void {
  const reader = new BerReader(bag, malformedFile);
  reader.enter(0x30, 'certificate');
  if (reader.objectIdentifier('certificate') !== oid.x509Certificate) return;
  reader.enter(0xa0, 'certificate');
  contents.certificates.push(readOctetString(reader, 0x04, 'certificate').slice());
}

/** EncryptedPrivateKeyInfo (RFC 5958, 3). */
export async function openPrivateKeyInfo(encrypted: Uint8Array, password: FilePassword): Promise<Bytes> {
  const reader = new BerReader(encrypted, malformedFile);
  reader.enter(0x30, 'encrypted key');
  const algorithm = reader.raw();
  return decryptByPassword(algorithm, readOctetString(reader, 0x04, 'encrypted key'), password);
}
