// One code per way to fail. What each means to a reader stands in elements/words.ts.
import { VaultError } from '../../client/contract.ts';

export const malformed = (what: string): VaultError =>
  new VaultError('cms_malformed', `The sealed message is damaged (${what}).`);
export const limit = (what: string): VaultError =>
  new VaultError('cms_limit', `The sealed message is beyond what the browser opens (${what}).`);

/** A structure that is no sealed message at all, or keeps its content elsewhere. */
export const otherType = (what: string): VaultError =>
  new VaultError('cms_type_unsupported', `This is no message that the browser opens (${what}).`);
export const otherCipher = (what: string): VaultError =>
  new VaultError('cms_cipher_unsupported', `The message is encrypted in a way that the browser does not open (${what}).`);
export const otherTransport = (what: string): VaultError =>
  new VaultError('cms_key_unsupported', `The key of the message is wrapped in a way that the browser does not open (${what}).`);
export const oldTransport = (): VaultError =>
  new VaultError('cms_pkcs1_only', 'The key of the message is wrapped with RSA PKCS#1 v1.5 alone, which the browser opens only on request.');

export const noRecipient = (): VaultError => new VaultError('key_not_held', 'No key here opens this message.');

/** One answer for whatever step failed, so that nobody learns from it which one did. */
export const notOpened = (authenticated: boolean): VaultError => (authenticated
  ? new VaultError('cms_authentication_failed', 'The sealed message was altered or damaged: its authentication tag does not agree.')
  : new VaultError('cms_decrypt_failed', 'The sealed message was altered or damaged: it does not open with its key.'));
