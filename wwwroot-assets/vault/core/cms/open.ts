// Opening what envelope.ts read. The content key never leaves WebCrypto.
import type { VaultError } from '../../client/contract.ts';
import { concat, type Bytes } from '../encoding.ts';
import { hasAes } from './aes-support.ts';
import type { EnvelopedData } from './envelope.ts';
import { noRecipient, notOpened, otherCipher, oldTransport, otherTransport } from './errors.ts';
import { agreedKey } from './key-agreement.ts';
import type { RecipientKey, RecipientSecret } from './recipient-key.ts';
import { isFor, type Recipient, type Wrapping } from './recipients.ts';

export interface Decrypted { readonly plaintext: Bytes; readonly fingerprint: string }

/** Each costs an opening of the whole content; whoever seals to one key a thousand times over wants nothing but that. */
const maxAttempts = 16;

interface Match { readonly recipient: Recipient; readonly key: RecipientKey }

export const matches = (data: EnvelopedData, keys: readonly RecipientKey[]): Match[] =>
  data.recipients.flatMap((recipient) => keys.filter((key) => isFor(recipient.id, key)).map((key) => ({ recipient, key })));

/** Opens the content with the first of `keys` that it is sealed to. */
export async function decryptEnvelopedData(data: EnvelopedData, keys: readonly RecipientKey[]): Promise<Decrypted> {
  const mine = matches(data, keys);
  if (mine.length === 0) throw noRecipient();
  await requireCipher(data);
  const has192 = await hasAes(192);
  const usable = mine.filter(({ recipient, key }) => fits(recipient.wrapping, key.secret, has192));
  if (usable.length === 0) throw refusal(mine);
  for (const { recipient, key } of usable.slice(0, maxAttempts)) {
    const plaintext = await tryOpen(data, recipient, key);
    if (plaintext !== null) return { plaintext, fingerprint: key.fingerprint };
  }
  throw notOpened(data.tag !== null);
}

/** Said before anything is tried: afterwards it would look as if the message were altered. */
export async function requireCipher({ spec }: EnvelopedData): Promise<void> {
  if (!(await hasAes(spec.bits))) throw otherCipher(`${spec.cipher}, which this browser has none of`);
}

const fits = (wrapping: Wrapping, secret: RecipientSecret, has192: boolean): boolean =>
  (wrapping.kind === 'oaep' && secret.kind === 'RSA') || (wrapping.kind === 'agreement' && secret.kind === 'EC' && (has192 || wrapping.wrapBits !== 192));

function refusal(mine: readonly Match[]): VaultError {
  if (mine.some(({ recipient, key }) => recipient.wrapping.kind === 'pkcs1' && key.secret.kind === 'RSA')) return oldTransport();
  const [first] = mine;
  return otherTransport(first?.recipient.wrapping.kind === 'unknown' ? first.recipient.wrapping.why : 'for another kind of key');
}

/** Null for every failure, whichever step it came from. */
async function tryOpen(data: EnvelopedData, recipient: Recipient, key: RecipientKey): Promise<Bytes | null> {
  try {
    return await decryptContent(data, await unwrap(data, recipient, key.secret));
  } catch {
    return null;
  }
}

async function unwrap(data: EnvelopedData, { wrapping, encryptedKey }: Recipient, secret: RecipientSecret): Promise<CryptoKey> {
  const content = { name: data.spec.mode, length: data.spec.bits };
  const take = (key: CryptoKey, algorithm: AlgorithmIdentifier | RsaOaepParams): Promise<CryptoKey> =>
    crypto.subtle.unwrapKey('raw', encryptedKey as Bytes, key, algorithm, content, false, ['decrypt']);
  if (wrapping.kind === 'oaep' && secret.kind === 'RSA') {
    const key = secret.oaep.get(wrapping.hash);
    if (key === undefined) throw otherTransport(wrapping.hash);
    return take(key, { name: 'RSA-OAEP', ...(wrapping.label.length === 0 ? {} : { label: wrapping.label as Bytes }) });
  }
  if (wrapping.kind === 'agreement' && secret.kind === 'EC') return take(await agreedKey(wrapping, secret.curve, secret.privateKey), 'AES-KW');
  throw otherTransport('for another kind of key');
}

/** With a key of exactly the cipher's size: a shorter one would be taken in silence. */
export async function decryptContent(data: EnvelopedData, key: CryptoKey): Promise<Bytes> {
  if ((key.algorithm as AesKeyAlgorithm).length !== data.spec.bits) throw notOpened(data.tag !== null);
  // WebCrypto takes content and tag in one piece.
  const sealed = data.tag === null ? data.content : concat(data.content, data.tag);
  return new Uint8Array(await crypto.subtle.decrypt({ name: data.spec.mode, iv: data.iv as Bytes }, key, sealed as Bytes));
}
