// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import type { VaultClient } from '../../vault/client/contract.ts';
import { kit, page, press, settled, show, spy, submit, text, type } from './page.ts';

const passphrase = 'a passphrase that is long enough';
const fingerprints = { mail: 'a'.repeat(64), portal: 'b'.repeat(64), owner: 'c'.repeat(64) };

async function setUp(name: 'none' | 'unlocked', given: Partial<VaultClient> = {}): Promise<HTMLElement> {
  page(name, {
    generateKeys: async () => ({ fingerprints, certificatePem: '', ms: 300 }),
    makeRecoveryKit: async () => kit, askRecoveryKit: async () => [1, 2, 3], checkRecoveryKit: async () => [],
    lockAndStoreKeys: async () => ({ vaultboxId: 'x', fingerprints }), ...given,
  });
  const element = await show('<vb-key-setup vaultbox-id="x" address="mara@vault.test" next-label="Continue to device"></vb-key-setup>');
  await settled(element);
  return element;
}

const passphrases = (element: HTMLElement): void => {
  for (const input of element.querySelectorAll('[data-vb-new] input')) type(element, `#${input.id}`, passphrase);
};

async function checkCopy(element: HTMLElement): Promise<void> {
  const words = element.querySelector<HTMLElement>('vb-recovery-kit');
  if (words === null) throw new Error('no words');
  await settled(words);
  press(words, 'Hide words and check');
  await settled(words);
  submit(words);
  await settled(words);
  await settled(element);
}

describe('vb-key-setup', () => {
  test('Continue_PassphraseWithoutACheckedKit_StoresNothing', async () => {
    const lockAndStoreKeys = spy(async () => ({ vaultboxId: 'x', fingerprints }));
    const element = await setUp('none', { lockAndStoreKeys });
    passphrases(element);
    submit(element);
    await settled(element);
    expect(text(element)).toContain('Check your copy first');
    expect(lockAndStoreKeys).not.toHaveBeenCalled();
  });

  test('Continue_CheckedKitAndPassphrase_StoresAndWipes', async () => {
    const lockAndStoreKeys = spy(async (_: { passphrase?: string }) => ({ vaultboxId: 'x', fingerprints }));
    const forgetRecoveryKit = spy(async () => undefined);
    const element = await setUp('none', { lockAndStoreKeys, forgetRecoveryKit });
    await checkCopy(element);
    submit(element);
    await settled(element);
    expect(lockAndStoreKeys).not.toHaveBeenCalled();
    passphrases(element);
    submit(element);
    await settled(element);
    expect(lockAndStoreKeys).toHaveBeenCalledWith({ vaultboxId: 'x', address: 'mara@vault.test', passphrase });
    expect(text(element)).toContain('Your keys are locked and stored');
    expect(forgetRecoveryKit).toHaveBeenCalled();
    expect(element.querySelector('vb-recovery-kit')).toBeNull();
  });

  test('SecondVaultbox_UnlockedVault_AsksForNoKit', async () => {
    const makeRecoveryKit = spy(async () => kit);
    const element = await setUp('unlocked', { makeRecoveryKit });
    expect(element.querySelector('vb-recovery-kit')).toBeNull();
    submit(element);
    await settled(element);
    expect(text(element)).toContain('Your keys are locked and stored');
    expect(makeRecoveryKit).not.toHaveBeenCalled();
  });

  test('Leave_ThePage_TheKitIsForgotten', async () => {
    const forgetRecoveryKit = spy(async () => undefined);
    const element = await setUp('none', { forgetRecoveryKit });
    expect(element.querySelector('vb-recovery-kit')).not.toBeNull();
    window.dispatchEvent(new Event('pagehide'));
    await settled(element);
    expect(element.querySelector('vb-recovery-kit')).toBeNull();
    expect(forgetRecoveryKit).toHaveBeenCalled();
  });
});
