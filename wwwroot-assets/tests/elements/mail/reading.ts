// The reader in a document, with a vault that says what a test needs.
import type { OpenedMessage, ReceiptVerdict, VaultClient } from '../../../vault/client/contract.ts';
import { OldMessage } from '../../../vault/elements/mail/vb-old-message.ts';
import { Reader } from '../../../vault/elements/mail/vb-reader.ts';
import { page, settled } from '../page.ts';

export const opened = (verdict: ReceiptVerdict = 'verified', changes: Partial<OpenedMessage> = {}): OpenedMessage => ({
  id: 'm1', vaultboxId: 'box', headers: { from: [{ name: 'Ada', address: 'ada@example.org' }], to: [], cc: [], replyTo: [], date: null, subject: 'Plans', messageId: null }, isHeaderProven: true,
  receipt: { verdict, detail: '', receivedAt: null, isSealedBySender: false, fingerprints: [], keyId: null }, html: null, text: 'The text of it.', inlineImages: [], remoteImages: 0, attachments: [],
  authResults: [], signature: null, addedLines: { received: null, authenticationResults: null, outerFields: [] }, keyFingerprint: 'ab', cipher: 'AES-256-GCM', size: 10, ...changes,
});

export async function reading(given: Partial<VaultClient>): Promise<HTMLElement> {
  if (customElements.get('vb-reader') === undefined) customElements.define('vb-reader', Reader);
  if (customElements.get('vb-old-message') === undefined) customElements.define('vb-old-message', OldMessage);
  page('unlocked', given);
  const element = Object.assign(new Reader(), { vaultboxId: 'box', messageId: 'm1' });
  document.body.replaceChildren(element);
  await settled(element);
  return element;
}
