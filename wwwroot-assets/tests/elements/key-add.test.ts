// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { VaultError, type AddedMailKey, type VaultClient, type VaultStateName } from '../../vault/client/contract.ts';
import { page, press, settled, show, spy, submit, text, type } from './page.ts';

const made: AddedMailKey = { fingerprint: '4a1c9f07d2e80011', certificatePem: '', isActive: true, ms: 1 };
const add = (): ReturnType<typeof spy<VaultClient['addMailKey']>> => spy<VaultClient['addMailKey']>(async () => made);

async function shown(name: VaultStateName, given: Partial<VaultClient> = {}, next = ''): Promise<HTMLElement> {
  page(name, given);
  return show(`<vb-key-add vaultbox-id="box" address="mara@vault.test" next="${next}"></vb-key-add>`);
}

describe('vb-key-add', () => {
  test('Locked_AsksForThePassphraseAndSaysWhy', async () => {
    const element = await shown('locked');
    expect(element.querySelector('vb-unlock')?.getAttribute('reason')).toContain('Unlock your vault to make it.');
    expect(element.querySelector('form[aria-label="New key"]')).toBeNull();
  });

  test('NoKeysYet_SaysWhatComesFirst', async () => {
    const element = await shown('none');
    expect(text(element)).toContain('This account has no keys yet.');
    expect(element.querySelector('button')).toBeNull();
  });

  test('NoSession_SaysSo', async () => {
    const element = await shown('unlocked', { init: () => Promise.reject(new VaultError('signed_out', '')) });
    expect(element.querySelector('[role=alert]')?.textContent).toContain('You are signed out.');
  });

  test('Submit_Named_ShowsTheFingerprintTellsThePageAndOffersTheWayOn', async () => {
    const addMailKey = add();
    const element = await shown('unlocked', { addMailKey }, '/vaultboxes/box/keys');
    const told: unknown[] = [];
    document.body.addEventListener('vb-key-added', (event) => told.push((event as CustomEvent<unknown>).detail), { once: true });
    type(element, 'input', 'Laptop 2027');
    submit(element);
    await settled(element);
    expect(addMailKey).toHaveBeenCalledWith({ vaultboxId: 'box', address: 'mara@vault.test', name: 'Laptop 2027' });
    expect(text(element)).toContain('New mail to mara@vault.test is sealed to it from now on.');
    expect(element.querySelector('.vb-print')?.textContent).toBe('4a1c 9f07 d2e8 0011');
    expect(element.querySelector('a')?.getAttribute('href')).toBe('/vaultboxes/box/keys');
    expect(document.activeElement?.tagName).toBe('H2');
    expect(told).toEqual([{ vaultboxId: 'box', fingerprint: made.fingerprint }]);
  });

  test('Submit_WhileItIsMade_MakesOne', async () => {
    let finish: (key: AddedMailKey) => void = () => undefined;
    const addMailKey = spy<VaultClient['addMailKey']>(() => new Promise((resolve) => (finish = resolve)));
    const element = await shown('unlocked', { addMailKey });
    submit(element);
    submit(element);
    await settled(element);
    expect(text(element)).toContain('Making the key');
    expect(element.querySelector('[type=submit]')?.getAttribute('aria-disabled')).toBe('true');
    finish(made);
    await settled(element);
    expect(addMailKey).toHaveBeenCalledOnce();
  });

  test('Submit_Refused_SaysWhyAndKeepsTheName', async () => {
    const element = await shown('unlocked', { addMailKey: () => Promise.reject(new VaultError('too_many_keys', '')) });
    type(element, 'input', 'Laptop 2027');
    submit(element);
    await settled(element);
    expect(element.querySelector('[role=alert]')?.textContent).toContain('This vaultbox has as many keys as it can have.');
    expect(element.querySelector('input')?.value).toBe('Laptop 2027');
    expect(element.querySelector('[type=submit]')?.getAttribute('aria-disabled')).toBe('false');
  });

  test('Submit_ProofTooOld_WaitsAndTriesAgain', async () => {
    const addMailKey = add().mockRejectedValueOnce(new VaultError('step_up_required', ''));
    const element = await shown('unlocked', { addMailKey });
    submit(element);
    await settled(element);
    expect(text(element)).toContain('Confirm that it is you.');
    press(element, 'Try again');
    await settled(element);
    expect(text(element)).toContain('The key is made, locked and stored');
    expect(addMailKey).toHaveBeenCalledTimes(2);
  });
});
