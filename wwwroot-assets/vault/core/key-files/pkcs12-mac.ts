// The integrity of a PKCS#12 file: an HMAC whose key comes of the password (RFC 7292, 4 and appendix B).
import { BerReader } from '../ber-reader.ts';
import { readHash, type Digest } from '../cms/algorithms.ts';
import { readOctetString } from '../cms/octet-string.ts';
import { integer, nullValue, objectIdentifier, octetString, oid, sequence } from '../der-writer.ts';
import type { Bytes } from '../encoding.ts';
import { malformedFile, unknownFile } from './errors.ts';
import { readIterations, writtenIterations, type FilePassword } from './pbe.ts';
import { derivePkcs12, purposes } from './pkcs12-kdf.ts';

const lengths: Readonly<Record<Digest, number>> = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 };
const maxIterations = 2_000_000;

async function macKey(hash: Digest, password: string, salt: Uint8Array, iterations: number, use: 'sign' | 'verify'): Promise<CryptoKey> {
  const raw = await derivePkcs12({ hash, password, salt, iterations, purpose: purposes.mac, length: lengths[hash] });
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash }, false, [use]);
  raw.fill(0);
  return key;
}

export async function writeMac(safe: Bytes, password: string, hash: 'SHA-1' | 'SHA-256'): Promise<Bytes> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', await macKey(hash, password, salt, writtenIterations, 'sign'), safe));
  const algorithm = sequence(objectIdentifier(hash === 'SHA-1' ? oid.sha1 : oid.sha256), nullValue());
  return sequence(sequence(algorithm, octetString(mac)), octetString(salt), integer(writtenIterations));
}

/** Reads MacData and tells whether it agrees with the contents. */
export async function checkMac(reader: BerReader, safe: Uint8Array, password: FilePassword): Promise<boolean> {
  reader.enter(0x30, 'integrity');
  reader.enter(0x30, 'integrity');
  const hash = readHash(reader);
  const mac = readOctetString(reader, 0x04, 'integrity');
  reader.leave();
  const salt = readOctetString(reader, 0x04, 'salt');
  const iterations = reader.atEnd() ? 1 : readIterations(reader, maxIterations);
  reader.leave();
  if (hash === null) throw unknownFile('the hash of its integrity check');
  if (mac.length !== lengths[hash]) throw malformedFile('integrity');
  password.spend(iterations);
  return crypto.subtle.verify('HMAC', await macKey(hash, password.text, salt, iterations, 'verify'), mac as Bytes, safe as Bytes);
}
