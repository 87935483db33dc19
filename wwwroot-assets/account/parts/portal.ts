// The portal's side of the ceremonies: offers and answers under /account/passkeys.
import { PasskeyProblem } from './problem.ts';

export type Purpose = 'sign-in' | 'confirm';

export interface CreatedPasskey {
  readonly name: string;
  /** Shown once; empty unless this is the account's first second factor. */
  readonly recoveryCodes: readonly string[];
}

export interface PasskeyPortal {
  creationOptions(): Promise<PublicKeyCredentialCreationOptionsJSON>;
  create(credential: unknown, name: string): Promise<CreatedPasskey>;
  requestOptions(purpose: Purpose): Promise<PublicKeyCredentialRequestOptionsJSON>;
  signIn(credential: unknown, returnUrl: string): Promise<{ readonly redirect: string }>;
  confirm(credential: unknown): Promise<void>;
}

export function passkeyPortal(antiforgery: string, origin: string = location.origin): PasskeyPortal {
  const post = async (path: string, body: unknown): Promise<unknown> => {
    let response: Response;
    try {
      response = await fetch(`${origin}/account/passkeys${path}`, {
        method: 'POST',
        headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'X-Vaultbox-Antiforgery': antiforgery },
        body: JSON.stringify(body),
        credentials: 'same-origin',
        // The sign-in page, when the session has ended.
        redirect: 'manual',
        cache: 'no-store',
      });
    } catch {
      throw new PasskeyProblem('network', 'The portal cannot be reached. Check the connection, then try again.');
    }
    if (response.type === 'opaqueredirect' || response.status === 401) throw new PasskeyProblem('signed_out', 'You are signed out. Sign in again.');
    if (!response.ok) throw await refusal(response);
    return response.status === 204 ? null : response.json();
  };
  return {
    creationOptions: async () => (await post('/creation-options', {})) as PublicKeyCredentialCreationOptionsJSON,
    create: async (credential, name) => (await post('', { credential, name })) as CreatedPasskey,
    requestOptions: async (purpose) => (await post('/request-options', { purpose })) as PublicKeyCredentialRequestOptionsJSON,
    signIn: async (credential, returnUrl) => (await post('/sign-in', { credential, returnUrl })) as { redirect: string },
    confirm: async (credential) => {
      await post('/confirm', { credential });
    },
  };
}

async function refusal(response: Response): Promise<PasskeyProblem> {
  const body: unknown = await response.json().catch(() => null);
  const field = (name: string): string | null => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : null;
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const code = field('code') === 'step_up_required' ? 'step_up_required' : 'refused';
  return new PasskeyProblem(code, field('detail') ?? `The portal answered ${response.status}. Try again.`);
}
