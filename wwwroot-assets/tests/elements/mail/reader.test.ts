// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { VaultError, type OpenedMessage, type ReceiptVerdict, type VaultClient } from '../../../vault/client/contract.ts';
import { Reader } from '../../../vault/elements/mail/vb-reader.ts';
import { page, press, settled, spy, text } from '../page.ts';

export const opened = (verdict: ReceiptVerdict = 'verified', changes: Partial<OpenedMessage> = {}): OpenedMessage => ({
  id: 'm1', vaultboxId: 'box', headers: { from: [{ name: 'Ada', address: 'ada@example.org' }], to: [], cc: [], replyTo: [], date: null, subject: 'Plans', messageId: null },
  receipt: { verdict, detail: '', receivedAt: null, fingerprints: [], keyId: null }, html: null, text: 'The text of it.', inlineImages: [], remoteImages: 0, attachments: [],
  authResults: [], addedLines: { received: null, authenticationResults: null, outerFields: [] }, keyFingerprint: 'ab', cipher: 'AES-256-GCM', size: 10, ...changes,
});

export async function reading(given: Partial<VaultClient>): Promise<HTMLElement> {
  if (customElements.get('vb-reader') === undefined) customElements.define('vb-reader', Reader);
  page('unlocked', given);
  const element = Object.assign(new Reader(), { vaultboxId: 'box', messageId: 'm1' });
  document.body.replaceChildren(element);
  await settled(element);
  return element;
}

describe('vb-reader', () => {
  test('Open_Verified_ShowsTheMessage', async () => {
    const element = await reading({ openMessage: async () => opened() });
    expect(text(element)).toContain('Plans');
    expect(text(element)).toContain('The text of it.');
    expect(element.querySelector('[role=alert]')).toBeNull();
  });

  test('Open_ReceiptSpeaksAgainstIt_ShowsNothingUntilAskedAndThenTextWithAWarning', async () => {
    const openMessage = spy<VaultClient['openMessage']>(async () => opened('invalid')).mockRejectedValueOnce(new VaultError('receipt_invalid', 'x'));
    const element = await reading({ openMessage });
    expect(element.querySelector('[role=alert] h2')?.textContent).toBe("Receipt doesn't match.");
    expect(text(element)).not.toContain('The text of it.');
    press(element, 'Show it as text only');
    await settled(element);
    expect(openMessage).toHaveBeenLastCalledWith('box', 'm1', { despiteReceipt: true });
    expect(text(element)).toContain('The text of it.');
    expect(element.querySelector('[role=alert]')?.textContent).toContain('Shown as text only');
  });

  test('Open_Fails_SaysWhyAndTriesAgain', async () => {
    const openMessage = spy<VaultClient['openMessage']>(async () => opened()).mockRejectedValueOnce(new VaultError('network', ''));
    const element = await reading({ openMessage });
    expect(text(element)).toContain('The portal cannot be reached.');
    press(element, 'Try again');
    await settled(element);
    expect(openMessage).toHaveBeenLastCalledWith('box', 'm1', {});
    expect(text(element)).toContain('Plans');
  });
});
