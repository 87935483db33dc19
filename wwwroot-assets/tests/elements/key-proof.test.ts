// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { VaultError, type VaultClient, type VaultStateName } from '../../vault/client/contract.ts';
import type { Portal } from '../../vault/elements/session.ts';
import { noteFile } from '../../vault/elements/vb-key-proof.ts';
import { page, settled, show, spy, submit, text, type } from './page.ts';

const proof = { token: 'token', note: 'MIIB'.repeat(40), expiresAt: '2026-11-23T00:10:00Z' };
const proven = {} as Awaited<ReturnType<Portal['finishKeyProof']>>;
let saved: Blob[] = [];

async function shown(name: VaultStateName, held: boolean, api: Partial<Portal> = {}, given: Partial<VaultClient> = {}): Promise<HTMLElement> {
  page(name, given, { startKeyProof: async () => proof, finishKeyProof: async () => proven, ...api });
  return show(`<vb-key-proof vaultbox-id="box" certificate-id="key" ${held ? 'held' : ''}></vb-key-proof>`);
}

async function act(element: HTMLElement): Promise<void> {
  submit(element);
  await settled(element);
  await settled(element);
}

beforeEach(() => {
  saved = [];
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  URL.createObjectURL = (blob) => `blob:${saved.push(blob as Blob)}`;
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('vb-key-proof of a key kept here', () => {
  test('Locked_AsksForThePassphrase', async () => {
    const element = await shown('locked', true);
    expect(element.querySelector('vb-unlock')?.getAttribute('reason')).toContain('opened with your passphrase');
    expect(element.querySelector('form[aria-label="Prove the key"]')).toBeNull();
  });

  test('Open_TheNote_SendsItsCodeAndTellsThePage', async () => {
    const openKeyNote = spy<VaultClient['openKeyNote']>(async () => 'the code');
    const finishKeyProof = spy<Portal['finishKeyProof']>(async () => proven);
    const element = await shown('unlocked', true, { finishKeyProof }, { openKeyNote });
    const told: unknown[] = [];
    document.body.addEventListener('vb-key-proven', (event) => told.push((event as CustomEvent<unknown>).detail), { once: true });
    await act(element);
    expect(openKeyNote).toHaveBeenCalledWith({ vaultboxId: 'box', certificateId: 'key', note: proof.note });
    expect(finishKeyProof).toHaveBeenCalledWith('box', 'key', 'token', 'the code');
    expect(text(element)).toContain('Opened the test note. This key works.');
    expect(told).toEqual([{ certificateId: 'key' }]);
  });

  test('Open_KeyIsNotHere_SaysSoAndSendsNothing', async () => {
    const finishKeyProof = spy<Portal['finishKeyProof']>(async () => proven);
    const element = await shown('unlocked', true, { finishKeyProof }, { openKeyNote: () => Promise.reject(new VaultError('key_not_held', '')) });
    await act(element);
    expect(element.querySelector('[role=alert]')?.textContent).toContain('No key here opens this.');
    expect(finishKeyProof).not.toHaveBeenCalled();
    expect(text(element)).not.toContain('This key works.');
  });
});

describe('vb-key-proof of a key kept elsewhere', () => {
  test('Save_TheNote_IsAMessageThatMailClientsOpenAndAsksForTheCode', async () => {
    // The vault may stay locked: the private part is not here.
    const element = await shown('locked', false);
    await act(element);
    expect(saved.map((blob) => blob.size)).toEqual([noteFile(proof.note).length]);
    expect(text(element)).toContain('openssl cms -decrypt -in test-note.eml');
    expect(document.activeElement).toBe(element.querySelector('input[name=code]'));
  });

  test('NoteFile_LongNote_HasLinesOfAtMost76', () => {
    const [head = '', body = ''] = new TextDecoder().decode(noteFile(proof.note)).split('\r\n\r\n');
    expect(head).toContain('Content-Type: application/pkcs7-mime; smime-type=enveloped-data');
    expect(body.split('\r\n').map((line) => line.length)).toEqual([76, 76, 8, 0]);
    expect(() => noteFile('<not base64>')).toThrow();
  });

  test('Check_TheWrongCode_SaysSoAndKeepsTheNote', async () => {
    const finishKeyProof = spy<Portal['finishKeyProof']>(async () => proven).mockRejectedValueOnce(new VaultError('proof_wrong', ''));
    const startKeyProof = spy<Portal['startKeyProof']>(async () => proof);
    const element = await shown('locked', false, { startKeyProof, finishKeyProof });
    await act(element);
    type(element, 'input[name=code]', ' wrong ');
    await act(element);
    expect(text(element)).toContain("That isn't the code in the test note.");
    expect(element.querySelector('input[name=code]')?.getAttribute('aria-invalid')).toBe('true');
    type(element, 'input[name=code]', ' right ');
    await act(element);
    expect(finishKeyProof.mock.calls.map((call) => call[3])).toEqual(['wrong', 'right']);
    expect(startKeyProof).toHaveBeenCalledOnce();
    expect(text(element)).toContain('This key works.');
  });

  test('Check_NoteTooOld_MakesAFreshOne', async () => {
    const finishKeyProof = spy<Portal['finishKeyProof']>(() => Promise.reject(new VaultError('proof_expired', '')));
    const startKeyProof = spy<Portal['startKeyProof']>(async () => proof);
    const element = await shown('locked', false, { startKeyProof, finishKeyProof });
    await act(element);
    await act(element);
    expect(text(element)).toContain('This test note is too old.');
    expect(text(element)).toContain('Save the test note');
    await act(element);
    expect(startKeyProof).toHaveBeenCalledTimes(2);
  });

  test('Save_PortalAway_SaysSoAndSavesNothing', async () => {
    const element = await shown('locked', false, { startKeyProof: () => Promise.reject(new VaultError('network', '')) });
    await act(element);
    expect(element.querySelector('[role=alert]')?.textContent).toContain('The portal cannot be reached.');
    expect(saved).toEqual([]);
  });
});
