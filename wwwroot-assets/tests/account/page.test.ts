import { JSDOM } from 'jsdom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wirePage } from '../../account/parts/page.ts';
import type { PasskeyPortal } from '../../account/parts/portal.ts';
import { PasskeyProblem } from '../../account/parts/problem.ts';

const part = (kind: string, inner = ''): string => {
  const [tag, type] = kind === 'create' ? ['form', 'submit'] : ['div', 'button'];
  return `<${tag} data-vb-passkey="${kind}" data-return-url="/after" hidden>${inner}<div data-vb-passkey-problem hidden><i></i><div data-vb-passkey-words></div></div><button data-vb-passkey-go type="${type}">Go</button></${tag}>`;
};

const portal = {
  creationOptions: vi.fn<PasskeyPortal['creationOptions']>(),
  create: vi.fn<PasskeyPortal['create']>(),
  requestOptions: vi.fn<PasskeyPortal['requestOptions']>(),
  signIn: vi.fn<PasskeyPortal['signIn']>(),
  confirm: vi.fn<PasskeyPortal['confirm']>(),
};
const go = vi.fn();

function open(body: string): Document {
  const { window } = new JSDOM(body);
  wirePage(window.document, { portal, go });
  return window.document;
}

const element = (page: Document, selector: string): HTMLElement => page.querySelector<HTMLElement>(selector) ?? expect.fail(`no ${selector}`);
// jsdom submits no forms by itself.
const click = (page: Document): void => {
  const form = page.querySelector('form');
  if (form === null) element(page, 'button').click();
  else form.dispatchEvent(new (page.defaultView ?? expect.fail('no window')).Event('submit', { cancelable: true }));
};
const shown = (page: Document): Promise<string> => vi.waitFor(() => {
  const line = element(page, '[data-vb-passkey-problem]');
  if (line.hidden) throw new Error('nothing is shown');
  return line.textContent ?? '';
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  vi.resetAllMocks();
  vi.stubGlobal('PublicKeyCredential', Object.assign(function () { /* never called */ }, {
    parseCreationOptionsFromJSON: (o: unknown) => o, parseRequestOptionsFromJSON: (o: unknown) => o, isConditionalMediationAvailable: async () => false,
  }));
  const answer = async (): Promise<unknown> => ({ toJSON: () => ({ id: 'AQ' }) });
  vi.stubGlobal('navigator', { credentials: { create: vi.fn(answer), get: vi.fn(answer) } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('passkeys on a page', () => {
  it('wirePage_WithoutWebAuthn_LeavesEverythingHidden', () => {
    vi.stubGlobal('PublicKeyCredential', undefined);
    expect(element(open(part('sign-in')), 'div').hidden).toBe(true);
  });

  it('signIn_Clicked_GoesWhereThePortalSays', async () => {
    portal.signIn.mockResolvedValue({ redirect: '/mail' });
    const page = open(part('sign-in'));
    expect(element(page, 'div').hidden).toBe(false);
    click(page);
    await vi.waitFor(() => expect(go).toHaveBeenCalledWith('/mail'));
    expect(portal.signIn).toHaveBeenCalledWith({ id: 'AQ' }, '/after');
  });

  it('signIn_Refused_SaysWhyAndCanBeTriedAgain', async () => {
    portal.signIn.mockRejectedValueOnce(new PasskeyProblem('refused', 'That passkey was not accepted. Try again.')).mockResolvedValue({ redirect: '/' });
    const page = open(part('sign-in'));
    click(page);
    expect(await shown(page)).toBe('That passkey was not accepted. Try again.');
    click(page);
    await vi.waitFor(() => expect(go).toHaveBeenCalledWith('/'));
    expect(element(page, '[data-vb-passkey-problem]').hidden).toBe(true);
  });

  it('signIn_WhereFieldsOfferPasskeys_AsksAtOnceAndAgainBeforeTheChallengeEnds', async () => {
    const get = vi.fn((_: CredentialRequestOptions) => new Promise<Credential>(() => undefined));
    vi.stubGlobal('navigator', { credentials: { get } });
    Object.assign(PublicKeyCredential, { isConditionalMediationAvailable: async () => true });
    open(part('sign-in'));
    await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(1));
    vi.advanceTimersByTime(4 * 60_000);
    await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(2));
    expect(get.mock.calls[0]?.[0].signal?.aborted).toBe(true);
    expect(get.mock.calls.map(([options]) => options.mediation)).toEqual(['conditional', 'conditional']);
  });

  it('confirm_ClickedTwice_AsksOnce', async () => {
    const page = open(part('confirm'));
    click(page);
    click(page);
    await vi.waitFor(() => expect(go).toHaveBeenCalled());
    expect(portal.requestOptions).toHaveBeenCalledOnce();
  });

  it('confirm_Clicked_GoesOn', async () => {
    const page = open(part('confirm'));
    click(page);
    await vi.waitFor(() => expect(go).toHaveBeenCalledWith('/after'));
  });

  it('create_WithTheFirstFactor_ShowsTheCodesAndStays', async () => {
    portal.create.mockResolvedValue({ name: 'Laptop', recoveryCodes: ['AAAAAA-BBBBBB', '<b>'] });
    const page = open(`${part('create', '<input name="passkey-name" value="Laptop">')}<div data-vb-passkey-codes hidden><h3 tabindex="-1">Codes</h3><ol></ol></div>`);
    click(page);
    await vi.waitFor(() => expect(element(page, '[data-vb-passkey-codes]').hidden).toBe(false));
    expect([...page.querySelectorAll('li code')].map((code) => code.textContent)).toEqual(['AAAAAA-BBBBBB', '<b>']);
    expect(portal.create).toHaveBeenCalledWith({ id: 'AQ' }, 'Laptop');
    expect(go).not.toHaveBeenCalled();
  });

  it('create_WithAnOldProof_LeadsToTheConfirmation', async () => {
    portal.creationOptions.mockRejectedValue(new PasskeyProblem('step_up_required', 'Confirm.'));
    const page = open(part('create'));
    click(page);
    await vi.waitFor(() => expect(go).toHaveBeenCalledWith('/account/confirm?returnUrl=%2Fafter'));
    expect(element(page, '[data-vb-passkey-problem]').hidden).toBe(true);
  });
});
