// The card that unlocks the vault, by passphrase or by recovery kit: on the mail page, in a dialog, and where a step needs keys. After
// the kit it offers a new passphrase before it opens, since whoever needs the kit has lost the old one.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Island, alertBox, icon, uniqueId } from './island.ts';
import { kitField, kitTrouble } from './kit-field.ts';
import { NewPassphrase } from './new-passphrase.ts';
import { passphraseInput, wipeInputs } from './passphrase-input.ts';
import { StepUp } from './step-up.ts';
import { trouble, waitingWords, type Trouble } from './words.ts';

type Mode = 'passphrase' | 'kit' | 'renew';

export class Unlock extends Island {
  /** Sealed messages that wait; -1 leaves the number out. */
  @property({ type: Number, attribute: 'sealed-count' }) sealedCount = -1;
  @property({ type: Boolean }) closable = false;
  /** Replaces the sentence under the heading. */
  @property() reason = '';
  @state() private mode: Mode = 'passphrase';
  @state() private failure: Trouble | null = null;
  @state() private working = false;
  @state() private shown = false;
  @state() private words = '';
  readonly #id = uniqueId('vb-unlock');
  readonly #next = new NewPassphrase(this, () => this.session.vault, ['New passphrase', 'New passphrase, again']);
  readonly #stepUp = new StepUp(this, () => void this.#change());
  #passphrase = '';

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pagehide', this.#leave);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pagehide', this.#leave);
    this.#forget();
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    if (this.closable || this.hasAttribute('focus-first')) this.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    return html`<form class="vb-unlock-card" novalidate aria-labelledby="${this.#id}-title" @submit=${(e: Event) => void this.#submit(e)}>
      ${this.closable ? html`<button type="button" class="vb-button vb-button-quiet vb-button-icon vb-unlock-close" aria-label="Close"
        @click=${() => this.dispatchEvent(new CustomEvent('vb-unlock-closed'))}>${icon('x')}</button>` : nothing}
      <span class="vb-tile" aria-hidden="true">${icon(this.mode === 'renew' ? 'circle-check' : 'lock')}</span>
      ${this.mode === 'passphrase' ? this.#byPassphrase() : this.mode === 'kit' ? this.#byKit() : this.#renew()}
    </form>`;
  }

  #byPassphrase(): TemplateResult {
    const lead = this.reason !== '' ? this.reason : waitingWords(Math.max(0, this.sealedCount));
    return html`<div><h2 id="${this.#id}-title">Your vault is locked</h2><p class="vb-muted">${lead}</p></div>
      <div class="vb-stack-sm">
        ${passphraseInput({
          id: `${this.#id}-pass`, label: 'Passphrase', shown: this.shown, invalid: this.failure !== null, describedBy: `${this.#id}-error ${this.#id}-hint`,
          fresh: false, disabled: false, onInput: (value) => this.#typed(value), onToggle: () => (this.shown = !this.shown),
        })}
        <p id="${this.#id}-error" class="vb-field-error" role="alert">${this.failure === null ? nothing
          : html`${icon('circle-alert', 'vb-icon-16')}<span>${this.failure.what} ${this.failure.next}</span>`}</p>
        <p id="${this.#id}-hint" class="vb-hint">Locks again after ${this.vaultState?.idleMinutes ?? 15} minutes without activity.</p>
      </div>
      ${this.#submitButton('Unlock', 'Unlocking')}
      <p class="vb-small vb-muted">Forgot it? <button type="button" class="vb-button vb-button-link" @click=${() => void this.#to('kit')}>Use your recovery kit</button></p>`;
  }

  #byKit(): TemplateResult {
    return html`<div><h2 id="${this.#id}-title">Use your recovery kit</h2><p class="vb-muted">The 24 words on the sheet that you printed or saved. They stay in this browser.</p></div>
      ${kitField({ id: `${this.#id}-kit`, label: 'Words', words: this.words, failure: this.failure, onInput: (words) => this.#typedKit(words) })}
      ${this.#submitButton('Continue', 'Checking the words')}
      <p class="vb-small vb-muted">Found it? <button type="button" class="vb-button vb-button-link" @click=${() => void this.#to('passphrase')}>Use your passphrase</button></p>`;
  }

  #renew(): TemplateResult {
    return html`<div><h2 id="${this.#id}-title" tabindex="-1">Choose a new passphrase</h2>
        <p class="vb-muted">Your kit is right. It stays valid; the old passphrase ends in every browser once there is a new one.</p></div>
      ${this.#next.fields()}
      ${this.failure === null ? nothing : alertBox('error', this.failure.what, this.failure.next)}${this.#stepUp.card()}
      ${this.#submitButton('Set passphrase and unlock', 'Unlocking')}
      <button type="button" class="vb-button vb-button-block" @click=${() => void this.#unlock()}>Unlock without a new one</button>`;
  }

  #submitButton(label: string, busy: string): TemplateResult {
    return html`<button type="submit" class="vb-button vb-button-primary vb-button-lg vb-button-block" aria-disabled=${this.working ? 'true' : 'false'}>
      ${this.working ? html`${icon('loader-circle', 'vb-spin')}${busy}` : label}</button>`;
  }

  async #to(mode: Mode): Promise<void> {
    this.failure = null;
    if (mode !== 'renew') this.#forget();
    this.mode = mode;
    await this.updateComplete;
    this.querySelector<HTMLElement>(mode === 'renew' ? 'h2' : 'input, textarea')?.focus();
  }

  #typed(value: string): void {
    this.#passphrase = value;
    if (this.failure !== null) this.failure = null;
  }

  #typedKit(words: string): void {
    this.words = words;
    this.failure = null;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working) return;
    if (this.mode === 'renew') {
      if (await this.#next.insist()) await this.#change();
      return;
    }
    this.failure = this.mode === 'kit' ? kitTrouble(this.words)
      : this.#passphrase === '' ? { what: 'Type your passphrase.', next: '', code: 'passphrase_required' } : null;
    if (this.failure !== null) this.querySelector<HTMLElement>('input, textarea')?.focus();
    else if (this.mode === 'kit') await this.#try();
    else await this.#unlock();
  }

  /** The words are right: before anything opens, a new passphrase is offered. */
  async #try(): Promise<void> {
    await this.#work(async () => {
      await this.session.vault.tryKit(this.words);
      await this.#to('renew');
    });
  }

  async #unlock(): Promise<void> {
    await this.#work(async () => {
      if (this.mode === 'passphrase') await this.session.vault.unlock(this.#passphrase);
      else await this.session.vault.unlockWithKit(this.words);
      this.#opened();
    });
  }

  async #change(): Promise<void> {
    await this.#work(async () => {
      await this.session.vault.changePassphrase({ current: { words: this.words }, next: this.#next.value });
      this.#stepUp.done();
      this.#opened();
    });
  }

  async #work(act: () => Promise<void>): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.failure = null;
    try {
      await this.session.ready;
      await act();
    } catch (error) {
      if (this.#stepUp.takes(error)) return;
      this.failure = trouble(error);
      if (this.mode === 'renew') return;
      const field = this.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
      field?.focus();
      field?.select();
    } finally {
      this.working = false;
    }
  }

  #opened(): void {
    this.#forget();
    this.mode = 'passphrase';
    this.dispatchEvent(new CustomEvent('vb-unlocked', { bubbles: true }));
  }

  /** The page may be kept for the back button: nothing that was typed is kept with it, and without the words there is nothing to renew. */
  readonly #leave = (): void => {
    this.#forget();
    if (this.mode === 'renew') this.mode = 'kit';
  };

  #forget(): void {
    this.#passphrase = '';
    this.words = '';
    this.shown = false;
    this.#next.forget();
    wipeInputs(this);
  }
}
