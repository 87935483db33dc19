// Base of all elements: plain DOM styled by the theme, redrawn when the vault's state changes, and closed to the circuit.
import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { session, type Session } from './session.ts';
import type { VaultEvent, VaultState } from '../client/contract.ts';

/** Events that carry what was typed, pasted or chosen. They end at the element: nothing above it hears them. */
const inward = ['input', 'beforeinput', 'change', 'keydown', 'keyup', 'keypress', 'paste', 'copy', 'cut', 'drop', 'dragover',
  'dragenter', 'dragleave', 'compositionstart', 'compositionupdate', 'compositionend', 'submit', 'select', 'search'] as const;

export abstract class Island extends LitElement {
  /** Null until the session answered. */
  protected vaultState: VaultState | null = null;
  protected msLeft: number | null = null;
  protected startFailure: unknown = null;
  protected session: Session = session();
  #unsubscribe: (() => void) | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.session = session();
    for (const name of inward) this.addEventListener(name, stop);
    this.#unsubscribe = this.session.vault.subscribe((event) => this.#onVault(event));
    this.session.ready.then(
      () => this.#started(),
      (error: unknown) => {
        this.startFailure = error;
        this.requestUpdate();
      },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const name of inward) this.removeEventListener(name, stop);
    this.#unsubscribe?.();
    this.#unsubscribe = null;
  }

  /** Called once the state is known, and at each change of its name. */
  protected vaultChanged(_state: VaultState, _event: VaultEvent | null): void {
    // Elements that act on a change override this; all are redrawn anyway.
  }

  #started(): void {
    if (!this.isConnected) return;
    this.vaultState = this.session.vault.state();
    this.msLeft = this.vaultState.lockAt === null ? null : Math.max(0, this.vaultState.lockAt - Date.now());
    this.vaultChanged(this.vaultState, null);
    this.requestUpdate();
  }

  #onVault(event: VaultEvent): void {
    if (this.vaultState === null && event.kind === 'tick') return;
    this.vaultState = event.state;
    this.msLeft = event.msLeft;
    if (event.kind === 'state') this.vaultChanged(event.state, event);
    this.requestUpdate();
  }
}

const stop = (event: Event): void => event.stopPropagation();

/** An icon of the theme's sprite. */
export function icon(name: string, classes = ''): TemplateResult {
  return html`<svg class="vb-icon ${classes}" aria-hidden="true">${svg`<use href="/theme/icons.svg#${name}"></use>`}</svg>`;
}

/** A message that must be read out; empty regions stay in the document so that later text is announced. */
export function alertBox(tone: 'ok' | 'warn' | 'error' | 'info', what: string, next: string, action: TemplateResult | typeof nothing = nothing): TemplateResult {
  const icons = { ok: 'circle-check', warn: 'triangle-alert', error: 'circle-alert', info: 'info' } as const;
  return html`<div class="vb-alert vb-alert-${tone}" role=${tone === 'error' ? 'alert' : 'status'}>
    ${icon(icons[tone])}<div><strong>${what}</strong> ${next}</div>${action}</div>`;
}

export function uniqueId(prefix: string): string {
  serial += 1;
  return `${prefix}-${serial}`;
}
let serial = 0;
