// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { VaultError, type UnlockSecret, type VaultClient } from '../../vault/client/contract.ts';
import { kit, page, press, settled, show, spy, state, submit, text, type } from './page.ts';

const words = kit.join(' ');
const next = 'a passphrase that is long enough';

async function byKit(given: Partial<VaultClient>): Promise<HTMLElement> {
  page('locked', given);
  const element = await show('<vb-unlock></vb-unlock>');
  press(element, 'Use your recovery kit');
  await settled(element);
  return element;
}

describe('vb-unlock by passphrase', () => {
  test('PageLeft_WithAPassphraseTyped_NothingIsKept', async () => {
    const unlock = spy(async (_: string) => state('unlocked'));
    page('locked', { unlock });
    const element = await show('<vb-unlock></vb-unlock>');
    type(element, 'input', next);
    window.dispatchEvent(new Event('pagehide'));
    expect(element.querySelector('input')?.value).toBe('');
    submit(element);
    await settled(element);
    expect(text(element)).toContain('Type your passphrase.');
    expect(unlock).not.toHaveBeenCalled();
  });

  test('Removed_PageLeftLater_IsNoMatterOfIts', async () => {
    page('locked');
    const element = await show('<vb-unlock></vb-unlock>');
    element.remove();
    const input = element.querySelector('input');
    if (input !== null) input.value = 'kept';
    window.dispatchEvent(new Event('pagehide'));
    expect(input?.value).toBe('kept');
  });
});

describe('vb-unlock by recovery kit', () => {
  test('Submit_WordOutsideTheList_SaidBeforeAnythingIsTried', async () => {
    const tryKit = spy(async () => undefined);
    const element = await byKit({ tryKit });
    type(element, 'textarea', words.replace(kit[6] ?? '', 'vaultbox'));
    submit(element);
    await settled(element);
    expect(text(element)).toContain('is not in the list');
    expect(tryKit).not.toHaveBeenCalled();
  });

  test('Submit_AnotherAccountsKit_SaysSoAndKeepsTheWords', async () => {
    const element = await byKit({ tryKit: () => Promise.reject(new VaultError('kit_wrong', '')) });
    type(element, 'textarea', words);
    submit(element);
    await settled(element);
    expect(text(element)).toContain("not this account's");
    expect(element.querySelector('textarea')?.value).toBe(words);
  });

  test('Submit_RightWords_OffersANewPassphraseAndThenUnlocks', async () => {
    const changePassphrase = spy(async (_: { current: UnlockSecret; next: string }) => state('unlocked'));
    const element = await byKit({ tryKit: async () => undefined, changePassphrase });
    let unlocked = 0;
    element.addEventListener('vb-unlocked', () => unlocked++);
    type(element, 'textarea', words);
    submit(element);
    await settled(element);
    expect(text(element)).toContain('Choose a new passphrase');
    for (const input of element.querySelectorAll('input')) type(element, `#${input.id}`, next);
    submit(element);
    await settled(element);
    expect(changePassphrase).toHaveBeenCalledWith({ current: { words }, next });
    expect(unlocked).toBe(1);
    expect(element.innerHTML).not.toContain(kit.slice(0, 3).join(' '));
  });

  test('Unlock_WithoutANewPassphrase_ChangesNothing', async () => {
    const unlockWithKit = spy(async (_: string) => state('unlocked'));
    const element = await byKit({ tryKit: async () => undefined, unlockWithKit });
    type(element, 'textarea', words);
    submit(element);
    await settled(element);
    press(element, 'Unlock without a new one');
    await settled(element);
    expect(unlockWithKit).toHaveBeenCalledWith(words);
  });

  test('PageLeft_WithWordsOrANewPassphraseTyped_NothingIsKept', async () => {
    const changePassphrase = spy(async (_: { current: UnlockSecret; next: string }) => state('unlocked'));
    const element = await byKit({ tryKit: async () => undefined, changePassphrase });
    type(element, 'textarea', words);
    submit(element);
    await settled(element);
    const fields = [...element.querySelectorAll('input')];
    for (const input of fields) type(element, `#${input.id}`, next);
    window.dispatchEvent(new Event('pagehide'));
    await settled(element);
    expect(fields.map((input) => input.value)).toEqual(['', '']);
    expect(text(element)).toContain('Use your recovery kit');
    expect(element.querySelector('textarea')?.value).toBe('');
    submit(element);
    await settled(element);
    expect(text(element)).not.toContain('Choose a new passphrase');
    expect(changePassphrase).not.toHaveBeenCalled();
  });

  test('Back_ToThePassphrase_ForgetsTheWords', async () => {
    const element = await byKit({});
    type(element, 'textarea', words);
    press(element, 'Use your passphrase');
    await settled(element);
    press(element, 'Use your recovery kit');
    await settled(element);
    expect(element.querySelector('textarea')?.value).toBe('');
    expect(text(element)).not.toContain('24 words, in order');
  });
});
