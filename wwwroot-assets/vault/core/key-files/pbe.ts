// Encryption by a password: PBES2 (RFC 8018) with PBKDF2 and AES, and what older programs use, 3DES with the derivation of PKCS#12.
import { BerReader } from '../ber-reader.ts';
import { hasAes } from '../cms/aes-support.ts';
import type { Digest } from '../cms/algorithms.ts';
import { readOctetString } from '../cms/octet-string.ts';
import { integer, nullValue, objectIdentifier, octetString, oid, sequence } from '../der-writer.ts';
import { utf8, type Bytes } from '../encoding.ts';
import { decrypt3Des, encrypt3Des } from './des.ts';
import { legacyFile, lockedFile, malformedFile, unknownFile, wrongPassword } from './errors.ts';
import { derivePkcs12, purposes } from './pkcs12-kdf.ts';

/** The password is random (130 bits): iterations need not slow a guesser, and mail clients open the file at once. */
export const writtenIterations = 10_000;
const maxIterations = 10_000_000;
const maxPkcs12Iterations = 2_000_000;
const maxTripleDes = 64 * 1024;

const aesBits: Readonly<Record<string, number>> = { [oid.aes128Cbc]: 128, [oid.aes192Cbc]: 192, [oid.aes256Cbc]: 256 };
const prfs: Readonly<Record<string, Digest>> = { [oid.hmacSha1]: 'SHA-1', [oid.hmacSha256]: 'SHA-256', '1.2.840.113549.2.10': 'SHA-384', '1.2.840.113549.2.11': 'SHA-512' };
/** PBES1 and the RC2 and RC4 of PKCS#12. */
const outdated: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.12.1.1': 'RC4', '1.2.840.113549.1.12.1.2': 'RC4', '1.2.840.113549.1.12.1.4': '3DES with two keys', '1.2.840.113549.1.12.1.5': 'RC2',
  '1.2.840.113549.1.12.1.6': 'RC2', '1.2.840.113549.1.5.1': 'DES', '1.2.840.113549.1.5.3': 'DES', '1.2.840.113549.1.5.6': 'RC2', '1.2.840.113549.1.5.10': 'DES',
  '1.2.840.113549.1.5.11': 'RC2', '1.2.840.113549.3.2': 'RC2', '1.3.14.3.2.7': 'DES',
};

/** The password of a file, and how much may be derived from it: a file can hold thousands of parts that each ask for the most. */
export class FilePassword {
  readonly text: string;
  #iterations = 20_000_000;

  constructor(text: string) {
    this.text = text;
  }

  spend(iterations: number): void {
    this.#iterations -= iterations;
    if (this.#iterations < 0) throw unknownFile('too many iterations');
  }
}

/** Opens what was encrypted by this AlgorithmIdentifier. */
export async function decryptByPassword(algorithm: Uint8Array, sealed: Uint8Array, password: FilePassword): Promise<Bytes> {
  const reader = new BerReader(algorithm, malformedFile);
  reader.enter(0x30, 'encryption');
  const id = reader.objectIdentifier('encryption');
  const opened = id === oid.pbes2 ? await openPbes2(reader, sealed, password) : id === oid.pbeSha3Des ? await open3Des(reader, sealed, password) : undefined;
  if (opened === undefined) throw outdated[id] === undefined ? unknownFile(`algorithm ${id}`) : legacyFile(outdated[id]);
  if (opened === null) throw password.text === '' ? lockedFile() : wrongPassword();
  return opened;
}

export function readIterations(reader: BerReader, most: number): number {
  const bytes = reader.primitive(0x02, 'iterations');
  const count = bytes.length > 4 ? Number.POSITIVE_INFINITY : bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  if (count < 1) throw malformedFile('iterations');
  if (count > most) throw unknownFile('too many iterations');
  return count;
}

async function openPbes2(reader: BerReader, sealed: Uint8Array, password: FilePassword): Promise<Bytes | null> {
  reader.enter(0x30, 'encryption parameters');
  reader.enter(0x30, 'key derivation');
  const kdf = reader.objectIdentifier('key derivation');
  if (kdf !== oid.pbkdf2) throw unknownFile(`key derivation ${kdf}`);
  reader.enter(0x30, 'key derivation');
  const salt = readOctetString(reader, 0x04, 'salt');
  const iterations = readIterations(reader, maxIterations);
  password.spend(iterations);
  if (reader.peek() === 0x02) reader.raw(); // key length: the cipher names it too
  const hash = readPrf(reader);
  reader.leave();
  reader.leave();
  reader.enter(0x30, 'cipher');
  const cipher = reader.objectIdentifier('cipher');
  const bits = cipher === oid.tripleDesCbc ? 192 : aesBits[cipher];
  if (bits === undefined) throw outdated[cipher] === undefined ? unknownFile(`cipher ${cipher}`) : legacyFile(outdated[cipher]);
  const iv = readOctetString(reader, 0x04, 'initialisation vector');
  if (iv.length !== (bits === 192 && cipher === oid.tripleDesCbc ? 8 : 16)) throw malformedFile('initialisation vector');
  if (cipher !== oid.tripleDesCbc && !(await hasAes(bits))) throw unknownFile('AES-192');
  const base = await crypto.subtle.importKey('raw', utf8(password.text), 'PBKDF2', false, ['deriveBits']);
  const raw = new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash, salt: salt as Bytes, iterations }, base, bits));
  const opened = cipher === oid.tripleDesCbc ? openTripleDes(raw, iv, sealed) : await openAes(raw, iv, sealed);
  raw.fill(0);
  return opened;
}

function readPrf(reader: BerReader): Digest {
  if (reader.atEnd()) return 'SHA-1';
  reader.enter(0x30, 'key derivation');
  const id = reader.objectIdentifier('key derivation');
  if (!reader.atEnd()) reader.raw();
  reader.leave();
  const hash = prfs[id];
  if (hash === undefined) throw unknownFile(`key derivation ${id}`);
  return hash;
}

async function openAes(raw: Bytes, iv: Uint8Array, sealed: Uint8Array): Promise<Bytes | null> {
  const key = await crypto.subtle.importKey('raw', raw, 'AES-CBC', false, ['decrypt']);
  return crypto.subtle.decrypt({ name: 'AES-CBC', iv: iv as Bytes }, key, sealed as Bytes).then((bytes) => new Uint8Array(bytes), () => null);
}

async function open3Des(reader: BerReader, sealed: Uint8Array, password: FilePassword): Promise<Bytes | null> {
  reader.enter(0x30, 'encryption parameters');
  const salt = readOctetString(reader, 0x04, 'salt');
  const iterations = readIterations(reader, maxPkcs12Iterations);
  password.spend(2 * iterations);
  const { key, iv } = await keyOf3Des(password.text, salt, iterations);
  const opened = openTripleDes(key, iv, sealed);
  key.fill(0);
  return opened;
}

/** Ours is slow, and a key with its certificates is a few thousand octets. */
function openTripleDes(key: Bytes, iv: Bytes | Uint8Array, sealed: Uint8Array): Bytes | null {
  if (sealed.length > maxTripleDes) throw unknownFile('too much under 3DES');
  return decrypt3Des(key, iv, sealed);
}

async function keyOf3Des(password: string, salt: Uint8Array, iterations: number): Promise<{ key: Bytes; iv: Bytes }> {
  const derivation = { hash: 'SHA-1', password, salt, iterations } as const;
  return { key: await derivePkcs12({ ...derivation, purpose: purposes.key, length: 24 }), iv: await derivePkcs12({ ...derivation, purpose: purposes.iv, length: 8 }) };
}

export interface PasswordEncrypted { readonly algorithm: Bytes; readonly sealed: Bytes }
export type PasswordCipher = 'AES-256' | '3DES';

export async function encryptByPassword(plaintext: Uint8Array, password: string, cipher: PasswordCipher): Promise<PasswordEncrypted> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  if (cipher === '3DES') {
    const { key, iv } = await keyOf3Des(password, salt, writtenIterations);
    const sealed = encrypt3Des(key, iv, plaintext);
    key.fill(0);
    return { algorithm: sequence(objectIdentifier(oid.pbeSha3Des), sequence(octetString(salt), integer(writtenIterations))), sealed };
  }
  const iv = crypto.getRandomValues(new Uint8Array(16));
  const base = await crypto.subtle.importKey('raw', utf8(password), 'PBKDF2', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: writtenIterations }, base, { name: 'AES-CBC', length: 256 }, false, ['encrypt']);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, plaintext as Bytes));
  const kdf = sequence(objectIdentifier(oid.pbkdf2), sequence(
    octetString(salt), integer(writtenIterations), integer(32), sequence(objectIdentifier(oid.hmacSha256), nullValue())));
  return { algorithm: sequence(objectIdentifier(oid.pbes2), sequence(kdf, sequence(objectIdentifier(oid.aes256Cbc), octetString(iv)))), sealed };
}
