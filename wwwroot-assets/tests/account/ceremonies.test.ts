import { afterEach, describe, expect, it, vi } from 'vitest';
import { confirmIdentity, isSupported, makePasskey, signIn } from '../../account/parts/ceremonies.ts';
import { passkeyPortal, type PasskeyPortal } from '../../account/parts/portal.ts';
import { ceremonyProblem, PasskeyProblem } from '../../account/parts/problem.ts';

const credential = { toJSON: () => ({ id: 'AQ', type: 'public-key' }) };

function browser(answer: () => Promise<unknown>): { create: ReturnType<typeof vi.fn>; get: ReturnType<typeof vi.fn> } {
  const made = { create: vi.fn(answer), get: vi.fn(answer) };
  vi.stubGlobal('PublicKeyCredential', Object.assign(function () { /* a constructor that pages never call */ }, {
    parseCreationOptionsFromJSON: (options: unknown) => ({ parsed: options }),
    parseRequestOptionsFromJSON: (options: unknown) => ({ parsed: options }),
  }));
  vi.stubGlobal('navigator', { credentials: made });
  return made;
}

function portal(overrides: Partial<PasskeyPortal> = {}): PasskeyPortal {
  return {
    creationOptions: vi.fn(async () => ({ challenge: 'Yw' }) as PublicKeyCredentialCreationOptionsJSON),
    create: vi.fn(async () => ({ name: 'Laptop', recoveryCodes: [] })),
    requestOptions: vi.fn(async () => ({ challenge: 'Zw' }) as PublicKeyCredentialRequestOptionsJSON),
    signIn: vi.fn(async () => ({ redirect: '/mail' })),
    confirm: vi.fn(async () => undefined),
    ...overrides,
  };
}

const problemOf = async (act: Promise<unknown>): Promise<PasskeyProblem> => act.then(() => { throw new Error('it went through'); }, (error: unknown) => error as PasskeyProblem);
const dom = (name: string): Error => Object.assign(new Error(name), { name });

afterEach(() => vi.unstubAllGlobals());

describe('passkey ceremonies', () => {
  it('makePasskey_WithAnAnswer_SendsItWithTheName', async () => {
    const navigator = browser(async () => credential);
    const one = portal();
    await makePasskey(one, 'Laptop');
    expect(navigator.create).toHaveBeenCalledWith({ publicKey: { parsed: { challenge: 'Yw' } } });
    expect(one.create).toHaveBeenCalledWith({ id: 'AQ', type: 'public-key' }, 'Laptop');
  });

  it.each([['dialog', 'optional'], ['field', 'conditional']] as const)('signIn_In a %s_AsksWithMediation %s', async (where, mediation) => {
    const navigator = browser(async () => credential);
    const one = portal();
    const signal = new AbortController().signal;
    expect(await signIn(one, { returnUrl: '/mail', where, signal })).toBe('/mail');
    expect(navigator.get).toHaveBeenCalledWith({ publicKey: { parsed: { challenge: 'Zw' } }, signal, mediation });
    expect(one.requestOptions).toHaveBeenCalledWith('sign-in');
    expect(one.signIn).toHaveBeenCalledWith({ id: 'AQ', type: 'public-key' }, '/mail');
  });

  it('confirmIdentity_WithAnAnswer_AsksForThatPurpose', async () => {
    browser(async () => credential);
    const one = portal();
    await confirmIdentity(one);
    expect(one.requestOptions).toHaveBeenCalledWith('confirm');
    expect(one.confirm).toHaveBeenCalledOnce();
  });

  it.each([
    ['NotAllowedError', 'cancelled'], ['InvalidStateError', 'already_registered'], ['NotSupportedError', 'not_supported'], ['AbortError', 'replaced'],
    ['SecurityError', 'wrong_address'], ['ConstraintError', 'no_user_verification'], ['OperationError', 'refused'],
  ])('makePasskey_OnA%s_Is%s', async (name, code) => {
    browser(async () => { throw dom(name); });
    const one = portal();
    const problem = await problemOf(makePasskey(one, ''));
    expect(problem.code).toBe(code);
    expect(problem.message).not.toContain(name);
    expect(one.create).not.toHaveBeenCalled();
  });

  it('signIn_WithoutToJSON_SaysThatTheBrowserDoesNotFit', async () => {
    browser(async () => ({}));
    expect((await problemOf(confirmIdentity(portal()))).code).toBe('not_supported');
  });

  it('isSupported_WithoutWebAuthn_IsFalse', () => {
    expect(isSupported()).toBe(false);
    browser(async () => credential);
    expect(isSupported()).toBe(true);
  });

  it('ceremonyProblem_OfOneOfOurs_KeepsIt', () => {
    const ours = new PasskeyProblem('network', 'Away.');
    expect(ceremonyProblem(ours)).toBe(ours);
  });
});

describe('the portal behind it', () => {
  const answer = (status: number, body: unknown): ReturnType<typeof vi.fn> => {
    const fetch = vi.fn(async () => new Response(body === null ? null : JSON.stringify(body), { status }));
    vi.stubGlobal('fetch', fetch);
    return fetch;
  };

  it('post_Always_BringsTheAntiforgeryTokenAndFollowsNoRedirect', async () => {
    const fetch = answer(204, null);
    await passkeyPortal('token', 'https://portal.example').confirm({ id: 'AQ' });
    const [url, init] = fetch.mock.calls[0] as [string, RequestInit];
    expect(url).toBe('https://portal.example/account/passkeys/confirm');
    expect(new Headers(init.headers).get('X-Vaultbox-Antiforgery')).toBe('token');
    expect(init).toMatchObject({ method: 'POST', redirect: 'manual', credentials: 'same-origin', body: '{"credential":{"id":"AQ"}}' });
  });

  it.each([
    [403, { code: 'step_up_required', detail: 'Confirm.' }, 'step_up_required', 'Confirm.'],
    [422, { code: 'passkey_refused', detail: 'Not accepted.' }, 'refused', 'Not accepted.'],
    [500, 'oh', 'refused', 'The portal answered 500. Try again.'],
    [401, {}, 'signed_out', 'You are signed out. Sign in again.'],
  ])('post_Refused%i_IsAProblem', async (status, body, code, message) => {
    answer(status, body);
    expect(await problemOf(passkeyPortal('token', 'https://portal.example').requestOptions('sign-in'))).toMatchObject({ code, message });
  });

  it('post_WithoutANetwork_SaysSo', async () => {
    vi.stubGlobal('fetch', vi.fn(async () => { throw new TypeError('Failed to fetch'); }));
    expect((await problemOf(passkeyPortal('token', 'https://portal.example').creationOptions())).code).toBe('network');
  });
});
