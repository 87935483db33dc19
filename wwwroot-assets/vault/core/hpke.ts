// HPKE base mode (RFC 9180), opening only: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-GCM, one message per context.
import { concat, utf8, type Bytes } from './encoding.ts';

export const encapsulatedKeyLength = 65;

export interface HpkeRecipient {
  /** ECDH P-256, usage `deriveBits`. */
  readonly privateKey: CryptoKey;
  /** Uncompressed point, 65 bytes. */
  readonly publicKey: Uint8Array;
}

const version = utf8('HPKE-v1');
const kemSuite = concat(utf8('KEM'), Uint8Array.of(0x00, 0x10));
/** RFC 9180, section 7.3. The portal's is AES-256-GCM; the RFC's own P-256 vectors have AES-128-GCM. */
const aeads = { 'AES-128-GCM': { id: 1, keyLength: 16 }, 'AES-256-GCM': { id: 2, keyLength: 32 } } as const;
type Aead = keyof typeof aeads;
const empty = new Uint8Array(0);
/** HMAC with an empty key equals HMAC with zeros (RFC 2104), and WebCrypto takes no empty key. */
const emptySalt = new Uint8Array(32);

const hmacKey = (key: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', key as Bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

async function hmac(key: CryptoKey, ...data: readonly Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, concat(...data)));
}

/** RFC 9180, section 4, LabeledExtract. */
async function extract(salt: Uint8Array, suiteId: Uint8Array, label: string, ikm: Uint8Array): Promise<CryptoKey> {
  const prk = await hmac(await hmacKey(salt), version, suiteId, utf8(label), ikm);
  const key = await hmacKey(prk);
  prk.fill(0);
  return key;
}

/** RFC 9180, section 4, LabeledExpand, for at most one hash length. */
async function expand(prk: CryptoKey, suiteId: Uint8Array, label: string, info: Uint8Array, length: number): Promise<Bytes> {
  const block = await hmac(prk, Uint8Array.of(length >> 8, length & 255), version, suiteId, utf8(label), info, Uint8Array.of(1));
  return block.slice(0, length);
}

/** RFC 9180, section 5.1, key_schedule_context of base mode: mode, hash of the empty psk_id, hash of info. */
async function scheduleContext(suite: Uint8Array, info: Uint8Array): Promise<Bytes> {
  const salt = await hmacKey(emptySalt);
  return concat(
    Uint8Array.of(0),
    await hmac(salt, version, suite, utf8('psk_id_hash')),
    await hmac(salt, version, suite, utf8('info_hash'), info));
}

/** Opens many messages under one `info`: what depends on it alone is computed once. */
export class HpkeOpener {
  readonly #suite: Bytes;
  readonly #keyLength: number;
  readonly #context: Promise<Bytes>;

  constructor(info: Uint8Array, aead: Aead = 'AES-256-GCM') {
    this.#suite = concat(utf8('HPKE'), Uint8Array.of(0x00, 0x10, 0x00, 0x01, 0x00, aeads[aead].id));
    this.#keyLength = aeads[aead].keyLength;
    this.#context = scheduleContext(this.#suite, info);
  }

  /** Rejects (with WebCrypto's errors) when anything was altered. RFC 9180, sections 4.1 (Decap), 5.1 and 5.2. */
  async open(recipient: HpkeRecipient, enc: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Promise<Bytes> {
    const { key, nonce } = await this.#schedule(recipient, enc);
    const plaintext = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad as Bytes }, key, ciphertext as Bytes);
    return new Uint8Array(plaintext);
  }

  async #schedule(recipient: HpkeRecipient, enc: Uint8Array): Promise<{ key: CryptoKey; nonce: Bytes }> {
    const sender = await crypto.subtle.importKey('raw', enc as Bytes, { name: 'ECDH', namedCurve: 'P-256' }, false, []);
    const dh = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: sender }, recipient.privateKey, 256));
    const eaePrk = await extract(emptySalt, kemSuite, 'eae_prk', dh);
    dh.fill(0);
    const shared = await expand(eaePrk, kemSuite, 'shared_secret', concat(enc, recipient.publicKey), 32);
    const secret = await extract(shared, this.#suite, 'secret', empty);
    shared.fill(0);
    const context = await this.#context;
    const [keyBytes, nonce] = await Promise.all([
      expand(secret, this.#suite, 'key', context, this.#keyLength),
      expand(secret, this.#suite, 'base_nonce', context, 12),
    ]);
    const key = await crypto.subtle.importKey('raw', keyBytes, { name: 'AES-GCM' }, false, ['decrypt']);
    keyBytes.fill(0);
    return { key, nonce };
  }
}
