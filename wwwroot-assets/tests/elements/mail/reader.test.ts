// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { VaultError, type VaultClient } from '../../../vault/client/contract.ts';
import { press, settled, spy, submit, text, type } from '../page.ts';
import { opened, reading } from './reading.ts';

describe('vb-reader', () => {
  test('Open_Verified_ShowsTheMessage', async () => {
    const element = await reading({ openMessage: async () => opened() });
    expect(text(element)).toContain('Plans');
    expect(text(element)).toContain('The text of it.');
    expect(element.querySelector('[role=alert]')).toBeNull();
  });

  test.each([['invalid', "Receipt doesn't match."], ['missing', 'This message has no receipt.']] as const)('Open_Receipt%s_ShowsNothingUntilAskedAndThenTextWithAWarning', async (verdict, title) => {
    const openMessage = spy<VaultClient['openMessage']>(async () => opened(verdict)).mockRejectedValueOnce(new VaultError(`receipt_${verdict}`, 'x'));
    const element = await reading({ openMessage });
    expect(element.querySelector('[role=alert] h2')?.textContent).toBe(title);
    expect(text(element)).not.toContain('The text of it.');
    press(element, 'Show it as text only');
    await settled(element);
    expect(openMessage).toHaveBeenLastCalledWith('box', 'm1', { despiteReceipt: true });
    expect(text(element)).toContain('The text of it.');
    expect(element.querySelector('[role=alert]')?.textContent).toContain('Shown as text only');
  });

  test.each([['verified', 1, 'https://example.org/', true], ['missing', 0, undefined, false], ['key-changed', 0, undefined, false]] as const)(
    'Open_Receipt%s_IsReadLinkedAndSavedOnlyWithIt', async (verdict, times, href, saved) => {
      const seen = spy(() => undefined);
      document.addEventListener('vb-opened', seen, true);
      const element = await reading({ openMessage: async () => opened(verdict, { text: 'See https://example.org/' }) });
      document.removeEventListener('vb-opened', seen, true);
      expect(seen).toHaveBeenCalledTimes(times);
      expect(text(element)).toContain('See https://example.org/');
      expect(element.querySelector('.vb-reader-text a')?.getAttribute('href') ?? undefined).toBe(href);
      expect(text(element).includes('Save original')).toBe(saved);
    });

  test('Open_HeaderThatNothingProves_SaysSo', async () => {
    expect(text(await reading({ openMessage: async () => opened('verified', { isHeaderProven: false }) }))).toContain('no receipt vouches for them');
    expect(text(await reading({ openMessage: async () => opened() }))).not.toContain('vouches');
  });

  test('Open_FromSeveral_ShowsEach', async () => {
    const from = [{ name: 'CEO', address: 'ceo@bank.example' }, { name: '', address: 'mallory@evil.example' }];
    const message = opened();
    expect(text(await reading({ openMessage: async () => ({ ...message, headers: { ...message.headers, from } }) }))).toContain('and from mallory@evil.example');
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

  test('Open_SealedInTheOldWay_OffersItAndAsksForThePassphrase', async () => {
    const openOldMessage = spy<VaultClient['openOldMessage']>(async () => opened()).mockRejectedValueOnce(new VaultError('passphrase_wrong', ''));
    const element = await reading({ openMessage: () => Promise.reject(new VaultError('cms_pkcs1_only', '')), openOldMessage });
    expect(text(element)).toContain('sealed in an old way');
    press(element, 'Open old message');
    await settled(element);
    expect(document.activeElement?.getAttribute('type')).toBe('password');
    type(element, 'input[type=password]', 'wrong words');
    submit(element);
    await settled(element);
    expect(element.querySelector('.vb-field-error')?.textContent).toContain("That passphrase didn't open your keys.");
    type(element, 'input[type=password]', 'right words');
    submit(element);
    await settled(element);
    expect(openOldMessage).toHaveBeenLastCalledWith({ vaultboxId: 'box', messageId: 'm1', passphrase: 'right words' });
    expect(text(element)).toContain('The text of it.');
    expect(element.querySelector('input[type=password]')).toBeNull();
    expect(document.activeElement?.tagName).toBe('H2');
  });

  test('Open_SealedInTheOldWayAndDespiteItsReceipt_AsksForNoPassphrase', async () => {
    const openMessage = spy<VaultClient['openMessage']>(() => Promise.reject(new VaultError('cms_pkcs1_only', ''))).mockRejectedValueOnce(new VaultError('receipt_missing', ''));
    const element = await reading({ openMessage });
    press(element, 'Show it as text only');
    await settled(element);
    expect(openMessage).toHaveBeenLastCalledWith('box', 'm1', { despiteReceipt: true });
    expect(text(element)).toContain('Open it in your mail client.');
    expect(text(element)).not.toContain('Open old message');
  });
});
