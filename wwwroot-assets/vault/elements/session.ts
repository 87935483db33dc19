// The page's one vault and API, shared by all elements. Started once, when the module loads.
import { PortalApi, vault, VaultError, type VaultClient, type VaultState } from '../client/index.ts';

export type Portal = Pick<PortalApi,
  'me' | 'vaultboxes' | 'vaultbox' | 'certificates' | 'summaries' | 'uploadCertificate' | 'checkCertificates' | 'startKeyProof' | 'finishKeyProof' | 'sendTestMail' | 'passport' | 'arrivals'>;

export interface Session {
  readonly vault: VaultClient;
  readonly api: Portal;
  /** Settles when the vault's state is known. */
  readonly ready: Promise<VaultState>;
}

let current: Session | null = null;

const meta = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';

/** Elements may be in the document before a session is; they ask for it when they are connected. */
export function session(): Session {
  current ??= startSession(vault, new PortalApi({ antiforgery: meta('antiforgery') }), meta('antiforgery'), meta('vb-account'));
  return current;
}

/** Replaces the page's session: for tests and for pages without a server. */
export function provideSession(client: VaultClient, api: Portal): Session {
  current = startSession(client, api, '', 'test');
  return current;
}

function startSession(client: VaultClient, api: Portal, antiforgery: string, accountId: string): Session {
  const ready = accountId === ''
    ? Promise.reject(new VaultError('signed_out', 'You are signed out. Sign in again.'))
    : client.init({ antiforgery, accountId });
  // Elements show a failure where they need the vault; without one on the page nobody does.
  ready.catch(() => undefined);
  watchActivity(client);
  document.addEventListener('vb-session-ended', (event) => {
    if (event instanceof CustomEvent) (event as CustomEvent<{ waitFor(work: Promise<unknown>): void }>).detail.waitFor(client.lock());
  });
  return { vault: client, api, ready };
}

/** Typing, pointing and scrolling anywhere on the page put the idle lock off. */
function watchActivity(client: VaultClient): void {
  const touch = (): void => client.touch();
  for (const name of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const) {
    document.addEventListener(name, touch, { capture: true, passive: true });
  }
  // Capture: elements let no key event out.
  document.addEventListener('keydown', (event) => {
    if (!event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey || event.code !== 'KeyL') return;
    if (client.state().name !== 'unlocked') return;
    event.preventDefault();
    void client.lock();
  }, { capture: true });
}
