// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { VaultError } from '../../vault/client/contract.ts';
import { checkCertificateText } from '../../vault/core/certificate-text.ts';
import type { CheckedCertificate } from '../../vault/core/api-types.ts';
import type { Portal } from '../../vault/elements/session.ts';
import { page, press, settled, show, spy, submit, text, type } from './page.ts';

const pem = (name: string): string => `-----BEGIN CERTIFICATE-----\n${btoa(`certificate of ${name}`)}\n-----END CERTIFICATE-----\n`;
const privatePem = `-----BEGIN PRIVATE KEY-----\n${btoa('a secret')}\n-----END PRIVATE KEY-----\n`;

const certificate = (name: string, refused = false): CheckedCertificate => ({
  name, algorithm: 'RSA 3072', notAfter: '2028-01-01T00:00:00Z', pem: pem(name), isAccepted: !refused, details: { fingerprintSha256: btoa(name).padEnd(16, '0') },
  steps: [
    { code: 'a', outcome: 'passed', title: 'Reads as a certificate', reason: null },
    refused ? { code: 'b', outcome: 'refused', title: 'It has expired', reason: 'On 1 May.' } : { code: 'b', outcome: 'warned', title: 'Self-signed', reason: null },
  ],
});

/** Each text is one certificate, named as it was made; one named “old” is refused. */
const checks: Portal['checkCertificates'] = async (_, sent) => {
  const name = /certificate of (\w+)/.exec(atob(sent.replace(/-----[^-]+-----|\s/g, '')))?.[1] ?? '';
  return { items: [certificate(name, name === 'old')], issuers: name === 'card' ? 2 : 0 };
};

async function shown(api: Partial<Portal> = {}): Promise<HTMLElement> {
  page('unlocked', { checkCertificateText }, { checkCertificates: checks, uploadCertificate: async () => undefined as never, ...api });
  return show('<vb-certificate-upload vaultbox-id="box" next="/next"></vb-certificate-upload>');
}

async function choose(element: HTMLElement, ...files: readonly File[]): Promise<void> {
  const input = element.querySelector<HTMLInputElement>('input[type=file]');
  if (input === null) throw new Error('no field for files');
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await rest(element);
}

/** Files are read by the browser in its own time. */
async function rest(element: HTMLElement): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await new Promise((resolve) => setImmediate(resolve));
    await settled(element);
  }
}

function file(name: string, content: BlobPart): File {
  const made = new File([content], name);
  // jsdom's files have no arrayBuffer.
  made.arrayBuffer ??= () => new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.readAsArrayBuffer(made);
  });
  return made;
}

describe('vb-certificate-upload', () => {
  test('Choose_GoodExpiredAndTooLarge_SaysOfEachAndOffersTheGoodOnes', async () => {
    const uploadCertificate = spy<Portal['uploadCertificate']>(async () => undefined as never);
    const element = await shown({ uploadCertificate });
    await choose(element, file('card.pem', pem('card')), file('old.pem', pem('old')), file('desk.pem', pem('desk')), file('film.p7b', 'x'.repeat(256 * 1024 + 1)));
    expect([...element.querySelectorAll('section')].map((one) => one.getAttribute('aria-label'))).toEqual(['card.pem', 'old.pem', 'desk.pem', 'film.p7b']);
    expect(text(element)).toContain('It has expiredOn 1 May.');
    expect(text(element)).toContain('It is larger than any.');
    expect(text(element)).toContain('2 certificates of its issuers came along.');
    const told: unknown[] = [];
    element.addEventListener('vb-certificate-added', (event) => told.push((event as CustomEvent<unknown>).detail));
    const [name] = element.querySelectorAll<HTMLInputElement>('input[type=text]');
    type(element, `[id="${name?.id ?? ''}"]`, ' Work card ');
    await settled(element);
    press(element, 'Add all 2 good ones');
    submit(element);
    await rest(element);
    expect(uploadCertificate.mock.calls).toEqual([['box', pem('card'), 'Work card'], ['box', pem('desk'), null]]);
    expect(text(element)).toContain('2 certificates added.');
    expect(told).toHaveLength(2);
    expect(element.querySelector<HTMLAnchorElement>('.vb-card-foot a')?.getAttribute('href')).toBe('/next');
  });

  test('Drop_AFile_IsCheckedAndTheHighlightEnds', async () => {
    const element = await shown();
    const form = element.querySelector('form');
    form?.dispatchEvent(new Event('dragover', { cancelable: true }));
    await settled(element);
    expect(element.querySelector('.vb-drop')?.hasAttribute('data-over')).toBe(true);
    form?.dispatchEvent(Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { files: [file('desk.pem', pem('desk'))] } }));
    await rest(element);
    expect(element.querySelector('.vb-drop')?.hasAttribute('data-over')).toBe(false);
    expect(text(element)).toContain('Self-signed');
  });

  test('Choose_AFileThatIsRefused_SaysWhyAndOffersNothing', async () => {
    const element = await shown({ checkCertificates: async (_, sent) => checkCertificateText(sent) as never });
    await choose(element, file('key.pem', privatePem));
    expect(text(element)).toContain('It contains a private key');
    expect(element.innerHTML).not.toContain(btoa('a secret'));
    expect(element.querySelector('[type=submit]')?.getAttribute('aria-disabled')).toBe('true');
  });

  test('Type_APrivateKey_IsGoneFromThePageAtOnce', async () => {
    const checkCertificates = spy<Portal['checkCertificates']>(checks);
    const element = await shown({ checkCertificates });
    type(element, 'textarea', privatePem);
    expect(element.querySelector('textarea')?.value).toBe('');
    await settled(element);
    expect(text(element)).toContain('It contains a private key');
    expect(element.innerHTML).not.toContain(btoa('a secret'));
    submit(element);
    await rest(element);
    expect(checkCertificates).not.toHaveBeenCalled();
  });

  test('Paste_ACertificate_IsCheckedAndTheFieldEmptied', async () => {
    const element = await shown();
    type(element, 'textarea', pem('desk'));
    await settled(element);
    press(element, 'Check certificate');
    submit(element);
    await rest(element);
    expect(element.querySelector('textarea')?.value).toBe('');
    expect(element.querySelector('section')?.getAttribute('aria-label')).toBe('Pasted text');
    expect(text(element)).toContain('Add certificate');
  });

  test('Take_AFileOffTheList_IsNotAdded', async () => {
    const uploadCertificate = spy<Portal['uploadCertificate']>(async () => undefined as never);
    const element = await shown({ uploadCertificate });
    await choose(element, file('desk.pem', pem('desk')), file('card.pem', pem('card')));
    element.querySelector<HTMLElement>('[aria-label="Take desk.pem off the list"]')?.click();
    await settled(element);
    expect(document.activeElement?.getAttribute('type')).toBe('file');
    submit(element);
    await rest(element);
    expect(uploadCertificate.mock.calls.map((call) => call[1])).toEqual([pem('card')]);
  });

  test('Add_OneIsRefused_SaysWhyGoesOnAndItCanBeTriedAgain', async () => {
    const uploadCertificate = spy<Portal['uploadCertificate']>(async () => undefined as never).mockRejectedValueOnce(new VaultError('too_many_keys', ''));
    const element = await shown({ uploadCertificate });
    await choose(element, file('desk.pem', pem('desk')), file('card.pem', pem('card')));
    submit(element);
    await rest(element);
    expect(text(element)).toContain('It was not addedThis vaultbox has as many keys as it can have.');
    expect(text(element)).toContain('1 certificate added.');
    submit(element);
    await rest(element);
    expect(uploadCertificate).toHaveBeenCalledTimes(3);
    expect(text(element)).toContain('2 certificates added.');
  });

  test('Add_ProofTooOld_WaitsAndGoesOnWhereItWas', async () => {
    const uploadCertificate = spy<Portal['uploadCertificate']>(async () => undefined as never).mockRejectedValueOnce(new VaultError('step_up_required', ''));
    const element = await shown({ uploadCertificate });
    await choose(element, file('desk.pem', pem('desk')), file('card.pem', pem('card')));
    submit(element);
    await rest(element);
    expect(text(element)).toContain('Confirm that it is you.');
    expect(uploadCertificate).toHaveBeenCalledOnce();
    press(element, 'Try again');
    await rest(element);
    expect(uploadCertificate.mock.calls.map((call) => call[1])).toEqual([pem('desk'), pem('desk'), pem('card')]);
    expect(text(element)).not.toContain('Confirm that it is you.');
  });
});
