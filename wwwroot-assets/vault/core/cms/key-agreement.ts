// Ephemeral-static ECDH (RFC 5753, 3.1): the X9.63 derivation, and the AES key that it wraps with.
import { context, octetString, sequence } from '../der-writer.ts';
import { concat, concatAll, type Bytes } from '../encoding.ts';
import type { AgreementCurve } from './algorithms.ts';
import type { KeyAgreement } from './recipients.ts';

const fieldBits: Readonly<Record<AgreementCurve, number>> = { 'P-256': 256, 'P-384': 384 };

/** An AES-KW key, usage `unwrapKey`. Throws whatever WebCrypto throws, for a point off the curve for instance. */
export async function agreedKey(agreement: KeyAgreement, curve: AgreementCurve, privateKey: CryptoKey): Promise<CryptoKey> {
  const theirs = await crypto.subtle.importKey('raw', agreement.point as Bytes, { name: 'ECDH', namedCurve: curve }, false, []);
  const secret = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, privateKey, fieldBits[curve]));
  const raw = await derive(secret, agreement);
  secret.fill(0);
  const key = await crypto.subtle.importKey('raw', raw, 'AES-KW', false, ['unwrapKey']);
  raw.fill(0);
  return key;
}

/** ANSI X9.63 (SEC 1, 3.6.1) over ECC-CMS-SharedInfo (RFC 5753, 7.2). */
async function derive(secret: Uint8Array, { hash, wrapBits, keyInfo, ukm }: KeyAgreement): Promise<Bytes> {
  const suppPubInfo = octetString(Uint8Array.of(0, 0, wrapBits >> 8, wrapBits & 255));
  const shared = sequence(keyInfo, ...(ukm === null ? [] : [context(0, octetString(ukm))]), context(2, suppPubInfo));
  const blocks: Uint8Array[] = [];
  for (let counter = 1, bits = 0; bits < wrapBits; counter++) {
    const input = concat(secret, Uint8Array.of(0, 0, 0, counter), shared);
    const block = new Uint8Array(await crypto.subtle.digest(hash, input));
    input.fill(0);
    blocks.push(block);
    bits += block.length * 8;
  }
  const all = concatAll(blocks);
  const raw = all.slice(0, wrapBits / 8);
  for (const block of [all, ...blocks]) block.fill(0);
  return raw;
}
