// WebAuthn's ceremonies between the browser and the portal. Nothing here touches the page.
import type { CreatedPasskey, PasskeyPortal } from './portal.ts';
import { ceremonyProblem, PasskeyProblem } from './problem.ts';

/** Whether this browser can speak passkeys in JSON (WebAuthn level 3); older ones sign in with the password. */
export const isSupported = (): boolean =>
  typeof PublicKeyCredential === 'function'
  && typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'
  && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';

/** Whether passkeys can be offered in the list that a user-name field shows. */
export async function offersInFields(): Promise<boolean> {
  return isSupported() && typeof PublicKeyCredential.isConditionalMediationAvailable === 'function'
    && PublicKeyCredential.isConditionalMediationAvailable();
}

export async function makePasskey(portal: PasskeyPortal, name: string): Promise<CreatedPasskey> {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(await portal.creationOptions());
  return portal.create(await asJson(() => navigator.credentials.create({ publicKey: options })), name);
}

export interface SignInChoice {
  readonly returnUrl: string;
  /** Ends the question. */
  readonly signal: AbortSignal;
  /** `field`: offered where the user name is typed, and answered whenever the person chooses. */
  readonly where: 'dialog' | 'field';
}

/** Answers where to go then. */
export async function signIn(portal: PasskeyPortal, choice: SignInChoice): Promise<string> {
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(await portal.requestOptions('sign-in'));
  const mediation: CredentialMediationRequirement = choice.where === 'field' ? 'conditional' : 'optional';
  const credential = await asJson(() => navigator.credentials.get({ publicKey: options, signal: choice.signal, mediation }));
  return (await portal.signIn(credential, choice.returnUrl)).redirect;
}

export async function confirmIdentity(portal: PasskeyPortal): Promise<void> {
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(await portal.requestOptions('confirm'));
  await portal.confirm(await asJson(() => navigator.credentials.get({ publicKey: options })));
}

async function asJson(ask: () => Promise<Credential | null>): Promise<unknown> {
  let credential: Credential | null;
  try {
    credential = await ask();
  } catch (error) {
    throw ceremonyProblem(error);
  }
  if (credential === null || !('toJSON' in credential) || typeof credential.toJSON !== 'function') {
    throw new PasskeyProblem('not_supported', 'This browser answered with no passkey. Use another browser.');
  }
  return credential.toJSON() as unknown;
}
