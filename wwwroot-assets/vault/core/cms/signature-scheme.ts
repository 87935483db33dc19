// Signatures that certificates and messages carry: RSA (RFC 8017), RSA-PSS (RFC 4056) and ECDSA (RFC 5753, 2.1), verified by WebCrypto.
import { BerReader } from '../ber-reader.ts';
import { readPublicKey } from '../certificate.ts';
import { bitString, nullValue, objectIdentifier, oid, sequence } from '../der-writer.ts';
import { concat, type Bytes } from '../encoding.ts';
import { readHash, type Digest } from './algorithms.ts';
import { malformed } from './errors.ts';

export type SignatureScheme =
  | { readonly kind: 'RSA' | 'ECDSA'; readonly hash: Digest }
  | { readonly kind: 'RSA-PSS'; readonly hash: Digest; readonly saltLength: number };

const rsaSchemes: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.1.1.5': 'SHA-1', [oid.sha256WithRsa]: 'SHA-256', '1.2.840.113549.1.1.12': 'SHA-384', '1.2.840.113549.1.1.13': 'SHA-512',
};
const ecdsaSchemes: Readonly<Record<string, Digest>> = {
  '1.2.840.10045.4.1': 'SHA-1', '1.2.840.10045.4.3.2': 'SHA-256', '1.2.840.10045.4.3.3': 'SHA-384', '1.2.840.10045.4.3.4': 'SHA-512',
};
const signingCurves: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  [oid.p256]: { name: 'P-256', bytes: 32 }, [oid.p384]: { name: 'P-384', bytes: 48 }, [oid.p521]: { name: 'P-521', bytes: 66 },
};

/** `digest`: the message's own, for an algorithm that names none (RFC 3370, 3.2). Null for what WebCrypto has none of. */
export function signatureScheme(algorithm: Uint8Array, digest: Digest | null): SignatureScheme | null {
  const reader = new BerReader(algorithm, malformed);
  reader.enter(0x30, 'signature algorithm');
  const id = reader.objectIdentifier('signature algorithm');
  if (id === oid.rsaPss) return readPss(reader);
  const rsa = id === oid.rsaEncryption ? digest : rsaSchemes[id];
  if (rsa != null) return { kind: 'RSA', hash: rsa };
  const ecdsa = ecdsaSchemes[id];
  return ecdsa === undefined ? null : { kind: 'ECDSA', hash: ecdsa };
}

/** RSASSA-PSS-params (RFC 4055, 3.1); what is left out is SHA-1, MGF1 with SHA-1, and 20. */
function readPss(reader: BerReader): SignatureScheme | null {
  if (reader.peek() !== 0x30) return null;
  reader.enter(0x30, 'PSS parameters');
  let hash: Digest | null = 'SHA-1';
  let mask: Digest | null = 'SHA-1';
  let saltLength = 20;
  for (let tag = reader.peek(); tag !== null; tag = reader.peek()) {
    reader.enter(tag, 'PSS parameters');
    if (tag === 0xa0) hash = readHash(reader);
    else if (tag === 0xa1) mask = readMask(reader);
    else if (tag === 0xa2) saltLength = reader.primitive(0x02, 'salt length').reduce((sum, byte) => sum * 256 + byte, 0);
    else reader.raw(); // trailer field: there is one only
    reader.leave();
  }
  return hash === null || hash !== mask || saltLength > 1024 ? null : { kind: 'RSA-PSS', hash, saltLength };
}

function readMask(reader: BerReader): Digest | null {
  reader.enter(0x30, 'mask generation');
  const known = reader.objectIdentifier('mask generation') === oid.mgf1;
  const hash = known ? readHash(reader) : null;
  if (!known && !reader.atEnd()) reader.raw();
  reader.leave();
  return hash;
}

export type SignatureCheck = 'good' | 'bad' | 'unknown';

/** `unknown`: with a key that WebCrypto does not take. */
export async function checkSignature(scheme: SignatureScheme, spki: Uint8Array, signature: Uint8Array, data: Uint8Array): Promise<SignatureCheck> {
  const { algorithm, curve, bits } = readPublicKey(spki, malformed);
  if (scheme.kind === 'ECDSA') {
    const known = signingCurves[curve ?? ''];
    if (algorithm !== oid.ecPublicKey || known === undefined) return 'unknown';
    const key = await imported('raw', bits, { name: 'ECDSA', namedCurve: known.name });
    const plain = plainEcdsa(signature, known.bytes);
    return key === null || plain === null ? 'bad' : verdict(await crypto.subtle.verify({ name: 'ECDSA', hash: scheme.hash }, key, plain, data as Bytes));
  }
  if (algorithm !== oid.rsaEncryption && algorithm !== oid.rsaPss) return 'unknown';
  // A key may be marked for PSS alone, which WebCrypto does not import: it is the same key.
  const rsaKey = sequence(sequence(objectIdentifier(oid.rsaEncryption), nullValue()), bitString(bits));
  const name = scheme.kind === 'RSA' ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS';
  const key = await imported('spki', rsaKey, { name, hash: scheme.hash });
  if (key === null) return 'unknown';
  const parameters = scheme.kind === 'RSA-PSS' ? { name, saltLength: scheme.saltLength } : { name };
  return verdict(await crypto.subtle.verify(parameters, key, signature as Bytes, data as Bytes).catch(() => false));
}

const verdict = (good: boolean): SignatureCheck => (good ? 'good' : 'bad');

const imported = (format: 'raw' | 'spki', bytes: Uint8Array, algorithm: RsaHashedImportParams | EcKeyImportParams): Promise<CryptoKey | null> =>
  crypto.subtle.importKey(format, bytes as Bytes, algorithm, false, ['verify']).catch(() => null);

/** ECDSA-Sig-Value (RFC 3279, 2.2.3) as two numbers of the curve's length; null when it is none. */
function plainEcdsa(signature: Uint8Array, length: number): Bytes | null {
  try {
    const reader = new BerReader(signature, malformed);
    reader.enter(0x30, 'signature');
    const numbers = [reader.primitive(0x02, 'signature'), reader.primitive(0x02, 'signature')].map((number) => {
      const start = number.findIndex((byte) => byte !== 0);
      return start < 0 ? new Uint8Array(0) : number.subarray(start);
    });
    reader.leave();
    if (!reader.atEnd() || numbers.some((number) => number.length > length)) return null;
    return concat(...numbers.flatMap((number) => [new Uint8Array(length - number.length), number]));
  } catch {
    return null;
  }
}
