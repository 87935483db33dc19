// A new passphrase, by the one that holds or by the recovery kit. Nothing that it locks changes: the vault key is wrapped anew.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { Island, alertBox, icon, uniqueId } from './island.ts';
import { kitField, kitTrouble } from './kit-field.ts';
import { NewPassphrase } from './new-passphrase.ts';
import { passphraseInput, wipeInputs } from './passphrase-input.ts';
import { StepUp } from './step-up.ts';
import { trouble, type Trouble } from './words.ts';

const aboutCurrent: readonly string[] = ['passphrase_wrong', 'kit_wrong', 'kit_malformed', 'way_missing'];

export class PassphraseChange extends Island {
  @state() private byKit = false;
  @state() private shown = false;
  @state() private working = false;
  @state() private failure: Trouble | null = null;
  @state() private current = '';
  readonly #id = uniqueId('vb-change');
  readonly #next = new NewPassphrase(this, () => this.session.vault, ['New passphrase', 'New passphrase, again']);
  readonly #stepUp = new StepUp(this, () => void this.#change());

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pagehide', this.#forget);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pagehide', this.#forget);
    this.#forget();
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('input, textarea')?.focus();
  }

  protected override render(): TemplateResult {
    const failure = this.failure !== null && aboutCurrent.includes(this.failure.code) ? this.failure : null;
    return html`<form class="vb-way-form" novalidate aria-labelledby="${this.#id}-title" @submit=${(e: Event) => void this.#submit(e)}>
      <div><h2 id="${this.#id}-title">Change passphrase</h2><p class="vb-muted">Your mail and your keys stay as they are. The old passphrase ends in every browser.</p></div>
      ${this.byKit
        ? kitField({ id: `${this.#id}-kit`, label: 'Recovery kit', words: this.current, failure, onInput: (v) => this.#typed(v) })
        : html`<div>${passphraseInput({ id: `${this.#id}-now`, label: 'Passphrase now', shown: this.shown, invalid: failure !== null, describedBy: `${this.#id}-error`,
            fresh: false, onInput: (v) => this.#typed(v), onToggle: () => (this.shown = !this.shown) })}
          <p id="${this.#id}-error" class="vb-field-error" role="alert">${failure === null ? nothing : html`${icon('circle-alert', 'vb-icon-16')}<span>${failure.what} ${failure.next}</span>`}</p></div>`}
      <button type="button" class="vb-button vb-button-link vb-way-other" @click=${() => void this.#other()}>${this.byKit ? 'Use the passphrase' : 'Forgotten? Use the recovery kit'}</button>
      ${this.#next.fields()}
      ${this.failure === null || failure !== null ? nothing : alertBox('error', this.failure.what, this.failure.next)}${this.#stepUp.card()}
      <div class="vb-card-foot"><button type="button" class="vb-button vb-button-quiet" @click=${() => this.dispatchEvent(new CustomEvent('vb-way-closed'))}>Cancel</button>
        <button type="submit" class="vb-button vb-button-primary" aria-disabled=${this.working ? 'true' : 'false'}>
          ${this.working ? html`${icon('loader-circle', 'vb-spin')}Changing it` : 'Change passphrase'}</button></div>
    </form>`;
  }

  async #other(): Promise<void> {
    this.#forgetCurrent();
    this.byKit = !this.byKit;
    await this.updateComplete;
    this.querySelector<HTMLElement>('textarea, input')?.focus();
  }

  #typed(value: string): void {
    this.current = value;
    this.failure = null;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working) return;
    this.failure = this.byKit ? kitTrouble(this.current)
      : this.current === '' ? { what: 'Type the passphrase that holds now.', next: '', code: 'passphrase_wrong' } : null;
    if (this.failure !== null) {
      this.querySelector<HTMLElement>('textarea, input')?.focus();
      return;
    }
    if (await this.#next.insist()) await this.#change();
  }

  async #change(): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.failure = null;
    try {
      const current = this.byKit ? { words: this.current } : { passphrase: this.current };
      await this.session.vault.changePassphrase({ current, next: this.#next.value });
      this.#stepUp.done();
      this.#forget();
      this.dispatchEvent(new CustomEvent('vb-way-changed'));
    } catch (error) {
      if (this.#stepUp.takes(error)) return;
      this.#stepUp.done();
      this.failure = trouble(error);
      if (aboutCurrent.includes(this.failure.code)) this.querySelector<HTMLElement>('textarea, input')?.focus();
    } finally {
      this.working = false;
    }
  }

  #forgetCurrent(): void {
    this.current = '';
    this.shown = false;
    this.failure = null;
  }

  /** Also when the page is left: it may be kept for the back button. */
  readonly #forget = (): void => {
    this.#forgetCurrent();
    this.#next.forget();
    wipeInputs(this);
  };
}
