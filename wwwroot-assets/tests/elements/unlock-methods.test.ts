// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { VaultError, type UnlockSecret, type VaultClient } from '../../vault/client/contract.ts';
import { kit, page, press, settled, show, spy, state, submit, text, type } from './page.ts';

const today = new Date().toISOString();
const both = [{ method: 'passphrase', since: '2025-03-12T10:00:00Z' }, { method: 'recovery_kit', since: today }];
const next = 'a passphrase that is long enough';

async function card(given: Partial<VaultClient>): Promise<HTMLElement> {
  page('unlocked', given);
  return show('<vb-unlock-methods></vb-unlock-methods>');
}

describe('vb-unlock-methods', () => {
  test('Both_SaysSinceWhenAndThatOneMayBeLost', async () => {
    const element = await card({ unlockMethods: async () => both });
    expect(text(element)).toMatch(/Passphrase ?set 12 Mar 2025 .*Recovery kit ?made today/);
    expect(text(element)).toContain('You can lose any one of these.');
  });

  test('PassphraseAlone_IsAmberAndOffersAKit', async () => {
    const element = await card({ unlockMethods: async () => both.slice(0, 1) });
    expect(element.querySelector('.vb-alert-warn')?.textContent).toContain('Only one way is left.');
    press(element, 'Make a kit');
    await settled(element);
    expect(text(element)).not.toContain('stop working');
  });

  test('NoKeysYet_SaysWhenTheyAreMade', async () => {
    expect(text(await card({ unlockMethods: async () => [] }))).toContain('made with the keys of your first vaultbox');
  });

  test('LoadFails_ThenTriesAgain', async () => {
    const unlockMethods = spy(async () => both).mockRejectedValueOnce(new VaultError('network', ''));
    const element = await card({ unlockMethods });
    expect(text(element)).toContain('The portal cannot be reached.');
    press(element, 'Try again');
    await settled(element);
    expect(text(element)).toMatch(/Recovery kit ?made today/);
  });

  test('ChangePassphrase_WrongThenRight_SaysWhatOtherBrowsersDo', async () => {
    const changePassphrase = spy(async (_: { current: UnlockSecret; next: string }) => state('unlocked')).mockRejectedValueOnce(new VaultError('passphrase_wrong', ''));
    const element = await card({ unlockMethods: async () => both, changePassphrase });
    press(element, 'Change passphrase');
    await settled(element);
    const dialog = element.querySelector<HTMLElement>('vb-passphrase-change');
    if (dialog === null) throw new Error('no dialog');
    await settled(dialog);
    const [now, ...fresh] = [...dialog.querySelectorAll('input')].map((input) => `#${input.id}`);
    type(dialog, now ?? '', 'what it is now');
    for (const field of fresh) type(dialog, field, next);
    submit(dialog);
    await settled(dialog);
    expect(text(dialog)).toContain("That passphrase didn't open your keys.");
    submit(dialog);
    await settled(dialog);
    await settled(element);
    expect(changePassphrase).toHaveBeenLastCalledWith({ current: { passphrase: 'what it is now' }, next });
    expect(text(element)).toContain('Passphrase changed.');
    expect(element.querySelector('dialog')).toBeNull();
  });

  test('PageLeft_WithPassphrasesTyped_NothingIsKept', async () => {
    const changePassphrase = spy(async (_: { current: UnlockSecret; next: string }) => state('unlocked'));
    const element = await card({ unlockMethods: async () => both, changePassphrase });
    press(element, 'Change passphrase');
    await settled(element);
    const dialog = element.querySelector<HTMLElement>('vb-passphrase-change');
    if (dialog === null) throw new Error('no dialog');
    await settled(dialog);
    const fields = [...dialog.querySelectorAll('input')];
    for (const input of fields) type(dialog, `#${input.id}`, next);
    window.dispatchEvent(new Event('pagehide'));
    await settled(dialog);
    expect(fields.map((input) => input.value)).toEqual(['', '', '']);
    submit(dialog);
    await settled(dialog);
    expect(text(dialog)).toContain('Type the passphrase that holds now.');
    expect(changePassphrase).not.toHaveBeenCalled();
  });

  test('NewKit_ConfirmedAfterTheCheckAlone', async () => {
    const confirmRecoveryKit = spy(async () => undefined);
    const element = await card({
      unlockMethods: async () => both, makeRecoveryKit: async () => kit, askRecoveryKit: async () => [1, 2, 3], checkRecoveryKit: async () => [], confirmRecoveryKit,
    });
    press(element, 'Make a new kit');
    await settled(element);
    const dialog = element.querySelector<HTMLElement>('vb-kit-renewal');
    if (dialog === null) throw new Error('no dialog');
    await settled(dialog);
    expect(text(dialog)).toContain('stop working');
    type(dialog, 'input', 'what it is now');
    submit(dialog);
    await settled(dialog);
    press(dialog, 'Use these words');
    expect(confirmRecoveryKit).not.toHaveBeenCalled();
    const words = dialog.querySelector<HTMLElement>('vb-recovery-kit');
    if (words === null) throw new Error('no words');
    await settled(words);
    press(words, 'Hide words and check');
    await settled(words);
    submit(words);
    await settled(words);
    await settled(dialog);
    press(dialog, 'Use these words');
    await settled(dialog);
    await settled(element);
    expect(confirmRecoveryKit).toHaveBeenCalledOnce();
    expect(text(element)).toContain('Older words no longer work.');
    expect(element.innerHTML).not.toContain(`<b>${kit[0] ?? ''}`);
  });
});
