// Wires the passkey parts of a page, which the server renders hidden: without script or WebAuthn they are not there.
import { confirmIdentity, isSupported, makePasskey, offersInFields, signIn } from './ceremonies.ts';
import type { CreatedPasskey, PasskeyPortal } from './portal.ts';
import { ceremonyProblem } from './problem.ts';

/** A challenge counts for five minutes; the offer in the field is renewed before. */
const renewAfterMs = 4 * 60_000;

export interface Surroundings {
  readonly portal: PasskeyPortal;
  readonly go: (url: string) => void;
}

/** A part, its button and the line for what went wrong. */
interface Part { readonly root: HTMLElement; readonly button: HTMLButtonElement; readonly problem: HTMLElement; readonly words: HTMLElement }

export function wirePage(page: Document, around: Surroundings): void {
  if (!isSupported()) return;
  for (const part of parts(page, 'sign-in')) wireSignIn(part, around);
  for (const part of parts(page, 'confirm')) wireConfirm(part, around);
  for (const part of parts(page, 'create')) wireCreate(part, around);
}

function wireSignIn(part: Part, around: Surroundings): void {
  const returnUrl = part.root.dataset['returnUrl'] ?? '/';
  let question = new AbortController();
  const ask = async (where: 'dialog' | 'field'): Promise<void> => {
    // A browser has one question open at a time.
    question.abort();
    question = new AbortController();
    around.go(await signIn(around.portal, { returnUrl, where, signal: question.signal }));
  };
  // Nobody asked for the offer in the field: it fails in silence, except when a chosen passkey was refused.
  const offerInField = async (): Promise<void> => {
    if (!(await offersInFields())) return;
    await ask('field').catch((error: unknown) => {
      const problem = ceremonyProblem(error);
      if (problem.code === 'refused') show(part, problem.message);
    });
  };
  const renewal = setInterval(() => void offerInField(), renewAfterMs);
  part.button.addEventListener('click', () => {
    clearInterval(renewal);
    void attempt(part, () => ask('dialog'));
  });
  void offerInField();
}

function wireConfirm(part: Part, around: Surroundings): void {
  const next = part.root.dataset['returnUrl'] ?? '/';
  part.button.addEventListener('click', () => void attempt(part, async () => {
    await confirmIdentity(around.portal);
    around.go(next);
  }));
}

function wireCreate(part: Part, around: Surroundings): void {
  const name = part.root.querySelector<HTMLInputElement>('input[name=passkey-name]');
  const here = part.root.dataset['returnUrl'] ?? '/account/security';
  part.root.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(part, async () => {
      const made = await makePasskey(around.portal, name?.value ?? '');
      if (made.recoveryCodes.length > 0 && showCodes(part.root, made)) return;
      around.go(here);
    }, (code) => {
      if (code === 'step_up_required') around.go(`/account/confirm?returnUrl=${encodeURIComponent(here)}`);
      return code === 'step_up_required';
    });
  });
}

/** Puts the codes where the server left room for them. They are shown once, so the page stays until they are saved. */
function showCodes(root: HTMLElement, made: CreatedPasskey): boolean {
  const room = root.ownerDocument.querySelector<HTMLElement>('[data-vb-passkey-codes]');
  const list = room?.querySelector('ol');
  if (room === null || list === null || list === undefined) return false;
  list.replaceChildren(...made.recoveryCodes.map((code) => {
    const item = root.ownerDocument.createElement('li');
    item.append(Object.assign(root.ownerDocument.createElement('code'), { textContent: code }));
    return item;
  }));
  root.hidden = true;
  room.hidden = false;
  room.querySelector<HTMLElement>('[tabindex]')?.focus();
  return true;
}

async function attempt(part: Part, act: () => Promise<void>, elsewhere: (code: string) => boolean = () => false): Promise<void> {
  if (part.button.getAttribute('aria-busy') === 'true') return;
  show(part, '');
  part.button.setAttribute('aria-busy', 'true');
  try {
    await act();
  } catch (error) {
    const problem = ceremonyProblem(error);
    if (problem.code === 'replaced' || elsewhere(problem.code)) return;
    show(part, problem.message);
  } finally {
    part.button.removeAttribute('aria-busy');
  }
}

function show(part: Part, problem: string): void {
  part.words.textContent = problem;
  part.problem.hidden = problem === '';
}

function parts(page: Document, kind: 'sign-in' | 'confirm' | 'create'): Part[] {
  return [...page.querySelectorAll<HTMLElement>(`[data-vb-passkey=${kind}]`)].flatMap((root) => {
    const button = root.querySelector<HTMLButtonElement>('button[data-vb-passkey-go]');
    const problem = root.querySelector<HTMLElement>('[data-vb-passkey-problem]');
    const words = problem?.querySelector<HTMLElement>('[data-vb-passkey-words]') ?? null;
    if (button === null || problem === null || words === null) return [];
    root.hidden = false;
    return [{ root, button, problem, words }];
  });
}
