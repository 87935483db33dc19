// The card that unlocks the vault by passphrase: on the mail page, in a dialog, and where a step needs keys.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Island, icon, uniqueId } from './island.ts';
import { passphraseInput, wipeInputs } from './passphrase-input.ts';
import { trouble, waitingWords, type Trouble } from './words.ts';

export class Unlock extends Island {
  /** Sealed messages that wait; -1 leaves the number out. */
  @property({ type: Number, attribute: 'sealed-count' }) sealedCount = -1;
  @property({ type: Boolean }) closable = false;
  /** Replaces the sentence under the heading. */
  @property() reason = '';
  @state() private failure: Trouble | null = null;
  @state() private working = false;
  @state() private shown = false;
  readonly #id = uniqueId('vb-unlock');
  #passphrase = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    if (this.closable || this.hasAttribute('focus-first')) this.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    const lead = this.reason !== '' ? this.reason : waitingWords(Math.max(0, this.sealedCount));
    return html`<form class="vb-unlock-card" novalidate aria-labelledby="${this.#id}-title" @submit=${(e: Event) => void this.#submit(e)}>
      ${this.closable ? html`<button type="button" class="vb-button vb-button-quiet vb-button-icon vb-unlock-close" aria-label="Close"
        @click=${() => this.dispatchEvent(new CustomEvent('vb-unlock-closed'))}>${icon('x')}</button>` : nothing}
      <span class="vb-tile" aria-hidden="true">${icon('lock')}</span>
      <div><h2 id="${this.#id}-title">Your vault is locked</h2><p class="vb-muted">${lead}</p></div>
      <div class="vb-stack-sm">
        ${passphraseInput({
          id: `${this.#id}-pass`, label: 'Passphrase', shown: this.shown, invalid: this.failure !== null, describedBy: `${this.#id}-error ${this.#id}-hint`,
          fresh: false, disabled: false, onInput: (value) => this.#typed(value), onToggle: () => (this.shown = !this.shown),
        })}
        <p id="${this.#id}-error" class="vb-field-error" role="alert">${this.failure === null ? nothing
          : html`${icon('circle-alert', 'vb-icon-16')}<span>${this.failure.what} ${this.failure.next}</span>`}</p>
        <p id="${this.#id}-hint" class="vb-hint">Locks again after ${this.vaultState?.idleMinutes ?? 15} minutes without activity.</p>
      </div>
      <button type="submit" class="vb-button vb-button-primary vb-button-lg vb-button-block" aria-disabled=${this.working ? 'true' : 'false'}>
        ${this.working ? html`${icon('loader-circle', 'vb-spin')}Unlocking` : 'Unlock'}</button>
    </form>`;
  }

  #typed(value: string): void {
    this.#passphrase = value;
    if (this.failure !== null) this.failure = null;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working) return;
    if (this.#passphrase === '') {
      this.failure = { what: 'Type your passphrase.', next: '', code: 'passphrase_required' };
      this.querySelector('input')?.focus();
      return;
    }
    this.working = true;
    try {
      await this.session.ready;
      await this.session.vault.unlock(this.#passphrase);
      this.#forget();
      this.dispatchEvent(new CustomEvent('vb-unlocked', { bubbles: true }));
    } catch (error) {
      this.failure = trouble(error);
      const input = this.querySelector('input');
      input?.focus();
      input?.select();
    } finally {
      this.working = false;
    }
  }

  #forget(): void {
    this.#passphrase = '';
    this.shown = false;
    wipeInputs(this);
  }
}
