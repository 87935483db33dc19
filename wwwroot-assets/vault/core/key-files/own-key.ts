// A key that somebody brings along: found in the files given, whatever form each has, together with its certificate.
import { VaultError } from '../../client/contract.ts';
import { BerReader } from '../ber-reader.ts';
import { keyUsageBits, readCertificate, readPublicKey, type Certificate } from '../certificate.ts';
import { curves } from '../cms/algorithms.ts';
import { integer, nullValue, objectIdentifier, octetString, oid, sequence } from '../der-writer.ts';
import { base64Decode, latin1, sha256Hex, type Bytes } from '../encoding.ts';
import { pemBlocks } from '../pem.ts';
import { legacyFile, malformedFile } from './errors.ts';
import { FilePassword } from './pbe.ts';
import { openPrivateKeyInfo, readPkcs12, type KeyFileContents } from './pkcs12-read.ts';

export interface OwnKey {
  readonly certificate: Bytes;
  /** SHA-256 of the certificate, hex. */
  readonly fingerprint: string;
  /** Of the certificate's key; the caller zeroes it. */
  readonly pkcs8: Bytes;
}

const maxFileBytes = 1024 * 1024;

/** PKCS#12, PKCS#8 (in clear or PBES2), PKCS#1, SEC 1 and certificates; DER or PEM, one after another in a file or in several. */
export async function readOwnKey(files: readonly Uint8Array[], password: string): Promise<OwnKey> {
  const contents: KeyFileContents = { keys: [], certificates: [] };
  try {
    const shared = new FilePassword(password);
    for (const file of files) await readFile(file, shared, contents);
    if (contents.keys.length === 0) throw new VaultError('key_file_without_key', 'There is no private key in this file.');
    if (contents.certificates.length === 0) throw new VaultError('key_file_without_certificate', 'There is no certificate in this file.');
    const own = await matching(contents);
    if (own === null) throw new VaultError('key_file_mismatch', 'The private key is not that of the certificate.');
    return { certificate: own.certificate.slice() as Bytes, pkcs8: own.pkcs8.slice(), fingerprint: await sha256Hex(own.certificate) };
  } finally {
    for (const key of contents.keys) key.fill(0);
  }
}

async function readFile(file: Uint8Array, password: FilePassword, contents: KeyFileContents): Promise<void> {
  if (file.length > maxFileBytes) throw malformedFile('it is larger than any');
  if (file[0] === 0x30) return readDer(file, password, contents);
  const blocks = pemBlocks(latin1(file));
  if (blocks === null || blocks.length === 0) throw malformedFile('neither DER nor PEM');
  for (const { label, body } of blocks) {
    // OpenSSL's own encryption of PEM: a key out of one round of MD5.
    if (/^\s*Proc-Type:/i.test(body)) throw legacyFile("OpenSSL's old PEM");
    if (label === 'EC PARAMETERS') continue;
    const der = pemBody(body);
    try {
      await readDer(der, password, contents);
    } finally {
      // A key was copied; a certificate is public, and kept as it is.
      if (!contents.certificates.includes(der)) der.fill(0);
    }
  }
}

function pemBody(text: string): Bytes {
  try {
    return base64Decode(text.replace(/\s+/g, ''));
  } catch {
    throw malformedFile('PEM that is no base64');
  }
}

/** Told apart by what stands first: each of these forms begins in its own way. */
async function readDer(der: Uint8Array, password: FilePassword, contents: KeyFileContents): Promise<void> {
  const reader = new BerReader(der, malformedFile);
  reader.enter(0x30, 'key file');
  const first = reader.raw();
  const second = reader.peek();
  if (first[0] === 0x02 && second === 0x30) {
    if (first[2] === 3) await readPkcs12(der, password, contents);
    else contents.keys.push(der.slice()); // PrivateKeyInfo, OneAsymmetricKey
  } else if (first[0] === 0x02 && second === 0x02) {
    contents.keys.push(sequence(integer(0), sequence(objectIdentifier(oid.rsaEncryption), nullValue()), octetString(der)));
  } else if (first[0] === 0x02 && second === 0x04) {
    contents.keys.push(fromSec1(reader, der));
  } else if (first[0] === 0x30 && second === 0x04) {
    contents.keys.push(await openPrivateKeyInfo(der, password));
  } else if (first[0] === 0x30 && second === 0x30) {
    contents.certificates.push(der);
  } else {
    throw malformedFile('of no form that is known');
  }
}

/** ECPrivateKey (RFC 5915): PKCS#8 names the curve outside of it. */
function fromSec1(reader: BerReader, der: Uint8Array): Bytes {
  reader.raw();
  if (reader.peek() !== 0xa0) throw malformedFile('a key on no named curve');
  reader.enter(0xa0, 'curve');
  const curve = reader.raw();
  return sequence(integer(0), sequence(objectIdentifier(oid.ecPublicKey), curve), octetString(der));
}

/** The pair that mail is sealed to; where one is for signing and one for encryption, the latter. */
async function matching({ keys, certificates }: KeyFileContents): Promise<{ certificate: Uint8Array; pkcs8: Bytes } | null> {
  const read = certificates.map((der) => readCertificate(der, malformedFile));
  for (const certificate of read.sort((a, b) => rank(b) - rank(a) || b.notAfter.getTime() - a.notAfter.getTime())) {
    for (const pkcs8 of keys) if (await opensWhatIsSealedTo(certificate, pkcs8)) return { certificate: certificate.der, pkcs8 };
  }
  return null;
}

const rank = ({ keyUsage }: Certificate): number =>
  (keyUsage === null || keyUsage.has(keyUsageBits.keyEncipherment) || keyUsage.has(keyUsageBits.keyAgreement) ? 1 : 0);

/** Tried, not compared: the secret parts of a key stay in WebCrypto and in bytes that can be zeroed. */
async function opensWhatIsSealedTo(certificate: Certificate, pkcs8: Bytes): Promise<boolean> {
  const { algorithm, curve, bits } = readPublicKey(certificate.spki, malformedFile);
  try {
    if (algorithm === oid.rsaEncryption) return await isRsaPair(certificate.spki as Bytes, pkcs8);
    const namedCurve = curves[curve ?? ''];
    return algorithm === oid.ecPublicKey && namedCurve !== undefined && (await isCurvePair(namedCurve, bits as Bytes, pkcs8));
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

async function isRsaPair(spki: Bytes, pkcs8: Bytes): Promise<boolean> {
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const [open, closed] = [await crypto.subtle.importKey('spki', spki, algorithm, false, ['encrypt']), await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['decrypt'])];
  const sealed = await crypto.subtle.encrypt(algorithm, open, Uint8Array.of(1));
  return (await crypto.subtle.decrypt(algorithm, closed, sealed)).byteLength === 1;
}

async function isCurvePair(namedCurve: string, point: Bytes, pkcs8: Bytes): Promise<boolean> {
  const algorithm = { name: 'ECDH', namedCurve };
  const passing = await crypto.subtle.generateKey(algorithm, false, ['deriveBits']);
  const open = await crypto.subtle.importKey('raw', point, algorithm, false, []);
  const closed = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['deriveBits']);
  const agreed = async (theirs: CryptoKey, ours: CryptoKey): Promise<string> => latin1(new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, ours, 256)));
  return (await agreed(open, passing.privateKey)) === (await agreed(passing.publicKey, closed));
}
