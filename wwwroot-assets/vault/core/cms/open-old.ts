// Old mail, sealed with PKCS#1 v1.5 alone. Only ever where somebody asks for it, with the passphrase, in the worker.
import type { Bytes } from '../encoding.ts';
import type { EnvelopedData } from './envelope.ts';
import { noRecipient, notOpened } from './errors.ts';
import { readRsaPrivateKey, unwrapOldKey } from './old-rsa.ts';
import { decryptContent, matches, requireCipher, type Decrypted } from './open.ts';
import type { RecipientKey } from './recipient-key.ts';

/** Those of `keys` that this is wrapped for in the old way. */
export const oldRecipients = (data: EnvelopedData, keys: readonly RecipientKey[]): RecipientKey[] =>
  matches(data, keys).filter(({ recipient, key }) => recipient.wrapping.kind === 'pkcs1' && key.secret.kind === 'RSA').map(({ key }) => key);

/** One error for whatever goes wrong once there is a key: padding, key or content. The caller zeroes `pkcs8`. */
export async function decryptOldEnvelopedData(data: EnvelopedData, key: RecipientKey, pkcs8: Uint8Array): Promise<Decrypted> {
  const match = matches(data, [key]).find(({ recipient }) => recipient.wrapping.kind === 'pkcs1');
  const rsa = match === undefined ? null : readRsaPrivateKey(pkcs8);
  if (match === undefined || rsa === null) throw noRecipient();
  await requireCipher(data);
  const raw = await unwrapOldKey(rsa, match.recipient.encryptedKey, data.spec.bits / 8);
  const plaintext = raw === null ? null : await decryptWith(data, raw).catch(() => null);
  if (plaintext === null) throw notOpened(data.tag !== null);
  return { plaintext, fingerprint: key.fingerprint };
}

async function decryptWith(data: EnvelopedData, raw: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', raw, data.spec.mode, false, ['decrypt']);
  raw.fill(0);
  return decryptContent(data, key);
}
