// What can go wrong in a passkey ceremony, in words for people.

export type PasskeyProblemCode =
  | 'cancelled' | 'replaced' | 'not_supported' | 'already_registered' | 'no_user_verification' | 'wrong_address' | 'network' | 'signed_out' | 'step_up_required' | 'refused';

export class PasskeyProblem extends Error {
  override readonly name = 'PasskeyProblem';
  readonly code: PasskeyProblemCode;

  constructor(code: PasskeyProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}

const words: Readonly<Record<string, readonly [PasskeyProblemCode, string]>> = {
  // Browsers answer cancelling, waiting too long and having no passkey alike, so that no page learns which.
  NotAllowedError: ['cancelled', 'No passkey was used: it was cancelled, took too long, or there is none on this device. Try again.'],
  AbortError: ['replaced', 'The question was withdrawn.'],
  InvalidStateError: ['already_registered', 'This device has a passkey for your account already.'],
  NotSupportedError: ['not_supported', 'This device cannot make a passkey that fits. Use another device or a security key.'],
  ConstraintError: ['no_user_verification', 'This device cannot check that it is you. Set up its screen lock, fingerprint or PIN first.'],
  SecurityError: ['wrong_address', 'Passkeys do not work at this address. Open the portal by its host name, over HTTPS.'],
};

/** Of what `navigator.credentials` throws (WebAuthn sections 5.1.3 and 5.1.4). */
export function ceremonyProblem(error: unknown): PasskeyProblem {
  if (error instanceof PasskeyProblem) return error;
  const known = words[nameOf(error)];
  return known === undefined
    ? new PasskeyProblem('refused', 'The passkey did not work. Reload the page and try again.')
    : new PasskeyProblem(known[0], known[1]);
}

const nameOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string' ? error.name : '';
