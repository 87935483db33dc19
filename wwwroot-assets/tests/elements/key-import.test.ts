// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { VaultError, type AddedMailKey, type VaultClient, type VaultStateName } from '../../vault/client/contract.ts';
import { page, settled, show, spy, submit, text, type } from './page.ts';

const made: AddedMailKey = { fingerprint: '4a1c9f07d2e80011', certificatePem: '', isActive: true, ms: 1 };
const bring = (): ReturnType<typeof spy<VaultClient['importMailKey']>> => spy<VaultClient['importMailKey']>(async () => made);

async function shown(name: VaultStateName, given: Partial<VaultClient> = {}): Promise<HTMLElement> {
  page(name, given);
  return show('<vb-key-import vaultbox-id="box" address="mara@vault.test" next="/vaultboxes/box/keys"></vb-key-import>');
}

async function choose(element: HTMLElement, content = 'bytes', size?: number): Promise<void> {
  const input = element.querySelector<HTMLInputElement>('input[type=file]');
  const file = new File([content], 'mine.p12');
  Object.assign(file, { arrayBuffer: async () => new TextEncoder().encode(content).buffer });
  if (size !== undefined) Object.defineProperty(file, 'size', { value: size });
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  input?.dispatchEvent(new Event('change'));
  await settled(element);
}

describe('vb-key-import', () => {
  test('Locked_AsksForThePassphraseAndSaysWhy', async () => {
    const element = await shown('locked');
    expect(element.querySelector('vb-unlock')?.getAttribute('reason')).toContain('Unlock your vault to bring it.');
  });

  test('NoKeysYet_SaysWhatComesFirst', async () => {
    expect(text(await shown('none'))).toContain('This account has no keys yet.');
  });

  test('Submit_NothingChosen_DoesNothing', async () => {
    const importMailKey = bring();
    const element = await shown('unlocked', { importMailKey });
    expect(element.querySelector('[type=submit]')?.getAttribute('aria-disabled')).toBe('true');
    submit(element);
    await settled(element);
    expect(importMailKey).not.toHaveBeenCalled();
  });

  test('Submit_FileAndPassword_ShowsTheFingerprintAndForgetsBoth', async () => {
    const seen: string[] = [];
    const importMailKey = spy<VaultClient['importMailKey']>(async ({ files, password, name, vaultboxId }) => {
      seen.push(new TextDecoder().decode(files[0]), password, name, vaultboxId);
      return made;
    });
    const element = await shown('unlocked', { importMailKey });
    await choose(element);
    expect(text(element)).toContain('mine.p12');
    type(element, 'input[type=password]', 'open sesame');
    submit(element);
    await settled(element);
    expect(seen).toEqual(['bytes', 'open sesame', '', 'box']);
    // The bytes that crossed the page are wiped.
    expect(new Uint8Array(importMailKey.mock.calls[0]?.[0].files[0] ?? new ArrayBuffer(1))).toEqual(new Uint8Array(5));
    expect(element.querySelector('.vb-print')?.textContent).toBe('4a1c 9f07 d2e8 0011');
    expect(document.activeElement?.tagName).toBe('H2');
    expect(element.querySelector('input[type=password]')).toBeNull();
  });

  test('Submit_CertificateRetired_SaysThatOldMailOpens', async () => {
    const element = await shown('unlocked', { importMailKey: async () => ({ ...made, isActive: false }) });
    await choose(element);
    submit(element);
    await settled(element);
    expect(text(element)).toContain('Mail that was sealed to it opens here now.');
  });

  test('Submit_PasswordWrong_SaysSoAtTheFieldAndKeepsTheFile', async () => {
    const element = await shown('unlocked', { importMailKey: () => Promise.reject(new VaultError('key_file_password', '')) });
    await choose(element);
    submit(element);
    await settled(element);
    expect(element.querySelector('.vb-field-error')?.textContent).toContain("That password didn't open the file.");
    expect(document.activeElement).toBe(element.querySelector('input[type=password]'));
    expect(text(element)).toContain('mine.p12');
  });

  test('Submit_Outdated_SaysHowToConvert', async () => {
    const element = await shown('unlocked', { importMailKey: () => Promise.reject(new VaultError('key_file_legacy', '')) });
    await choose(element);
    submit(element);
    await settled(element);
    expect(element.querySelector('.vb-alert-error')?.textContent).toContain('openssl pkcs12 -legacy');
  });

  test('Submit_TooLarge_RefusedUnread', async () => {
    const importMailKey = bring();
    const element = await shown('unlocked', { importMailKey });
    await choose(element, 'bytes', 2_000_000);
    submit(element);
    await settled(element);
    expect(text(element)).toContain('larger than any key');
    expect(importMailKey).not.toHaveBeenCalled();
  });

  test('Submit_ProofTooOld_WaitsAndKeepsTheFile', async () => {
    const importMailKey = bring().mockRejectedValueOnce(new VaultError('step_up_required', ''));
    const element = await shown('unlocked', { importMailKey });
    await choose(element);
    submit(element);
    await settled(element);
    expect(text(element)).toContain('Confirm that it is you.');
    expect(text(element)).toContain('mine.p12');
  });
});
