// Opening an old message: only where its reader asks for it, and types the passphrase for it.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Island, icon, uniqueId } from '../island.ts';
import { passphraseInput, wipeInputs } from '../passphrase-input.ts';
import { trouble, type Trouble } from '../words.ts';

export class OldMessage extends Island {
  /** Resolves once the message is shown. */
  @property({ attribute: false }) attempt: (passphrase: string) => Promise<void> = () => Promise.resolve();
  @state() private asking = false;
  @state() private working = false;
  @state() private shown = false;
  @state() private failure: Trouble | null = null;
  readonly #id = uniqueId('vb-old');
  #passphrase = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override render(): TemplateResult {
    if (!this.asking) return html`<button type="button" class="vb-button" @click=${() => void this.#ask()}>Open old message</button>`;
    return html`<form class="vb-setup-form" novalidate aria-label="Open old message" @submit=${(e: Event) => void this.#submitted(e)}>
      <p class="vb-hint">Its key is wrapped by a method that attackers know how to abuse, so your private key leaves the browser's own store for a moment, in this tab alone.</p>
      ${passphraseInput({ id: `${this.#id}-pass`, label: 'Your passphrase, again', shown: this.shown, invalid: this.failure !== null, describedBy: `${this.#id}-error`,
        fresh: false, onInput: (value) => this.#typed(value), onToggle: () => (this.shown = !this.shown) })}
      <p id="${this.#id}-error" class="vb-field-error" role="alert">${this.failure === null ? nothing
        : html`${icon('circle-alert', 'vb-icon-16')}<span>${this.failure.what} ${this.failure.next}</span>`}</p>
      <div class="vb-row vb-row-wrap"><button type="submit" class="vb-button vb-button-primary" aria-disabled=${this.working ? 'true' : 'false'}>
        ${this.working ? html`${icon('loader-circle', 'vb-spin')}Opening` : 'Open it'}</button></div></form>`;
  }

  async #ask(): Promise<void> {
    this.asking = true;
    await this.updateComplete;
    this.querySelector('input')?.focus();
  }

  #typed(value: string): void {
    this.#passphrase = value;
    this.failure = null;
  }

  async #submitted(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working) return;
    this.working = true;
    this.failure = null;
    try {
      await this.attempt(this.#passphrase);
      this.#forget();
    } catch (error) {
      this.failure = trouble(error);
      this.querySelector('input')?.focus();
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
