// A new recovery kit: made after the passphrase, shown, checked, and only then put in the place of the old one.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Island, alertBox, icon, uniqueId } from './island.ts';
import { passphraseInput, wipeInputs } from './passphrase-input.ts';
import { StepUp } from './step-up.ts';
import { trouble, type Trouble } from './words.ts';

export class KitRenewal extends Island {
  /** Whether there is an old kit that ends. */
  @property({ type: Boolean }) replaces = false;
  @state() private words: readonly string[] | null = null;
  @state() private shown = false;
  @state() private checked = false;
  @state() private working = false;
  @state() private failure: Trouble | null = null;
  readonly #id = uniqueId('vb-renewal');
  readonly #stepUp = new StepUp(this, () => void this.#confirm());
  #passphrase = '';

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
    this.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    return this.words === null ? this.#asking() : this.#showing(this.words);
  }

  #asking(): TemplateResult {
    return html`<form class="vb-way-form" novalidate aria-labelledby="${this.#id}-title" @submit=${(e: Event) => void this.#make(e)}>
      <div><h2 id="${this.#id}-title">${this.#title}</h2><p class="vb-muted">24 words on paper that open your mail when the passphrase is lost.
        ${this.replaces ? 'The words that you have now stop working once the new ones are checked.' : nothing}</p></div>
      <div>${passphraseInput({ id: `${this.#id}-pass`, label: 'Your passphrase', shown: this.shown, invalid: this.failure !== null, describedBy: `${this.#id}-error`, fresh: false,
          onInput: (v) => this.#typed(v), onToggle: () => (this.shown = !this.shown) })}
        <p id="${this.#id}-error" class="vb-field-error" role="alert">${this.failure === null ? nothing
          : html`${icon('circle-alert', 'vb-icon-16')}<span>${this.failure.what} ${this.failure.next}</span>`}</p></div>
      <div class="vb-card-foot">${this.#cancel('Cancel')}<button type="submit" class="vb-button vb-button-primary" aria-disabled=${this.working ? 'true' : 'false'}>
        ${this.working ? html`${icon('loader-circle', 'vb-spin')}Making the words` : 'Make the words'}</button></div></form>`;
  }

  #showing(words: readonly string[]): TemplateResult {
    return html`<div class="vb-way-form" role="group" aria-labelledby="${this.#id}-title">
      <div><h2 id="${this.#id}-title" tabindex="-1">${this.#title}</h2><p class="vb-muted">${this.replaces ? 'Until your copy is checked, the old words hold.' : 'It holds once your copy is checked.'}</p></div>
      <vb-recovery-kit .words=${words} @vb-kit-checked=${() => (this.checked = true)}></vb-recovery-kit>
      ${this.failure === null ? nothing : alertBox('error', this.failure.what, this.failure.next)}${this.#stepUp.card()}
      <div class="vb-card-foot">${this.#cancel(this.replaces ? 'Keep the old words' : 'Cancel')}
        <button type="button" class="vb-button vb-button-primary" aria-disabled=${this.checked && !this.working ? 'false' : 'true'} @click=${() => void this.#confirm()}>
          ${this.working ? html`${icon('loader-circle', 'vb-spin')}Storing it` : 'Use these words'}</button></div></div>`;
  }

  #cancel(label: string): TemplateResult {
    return html`<button type="button" class="vb-button vb-button-quiet" @click=${() => this.dispatchEvent(new CustomEvent('vb-way-closed'))}>${label}</button>`;
  }

  get #title(): string {
    return this.replaces ? 'Make a new recovery kit' : 'Make a recovery kit';
  }

  #typed(value: string): void {
    this.#passphrase = value;
    this.failure = null;
  }

  async #make(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working) return;
    this.working = true;
    this.failure = null;
    try {
      this.words = await this.session.vault.makeRecoveryKit({ passphrase: this.#passphrase });
      this.#passphrase = '';
      wipeInputs(this);
      await this.updateComplete;
      this.querySelector<HTMLElement>('h2')?.focus();
    } catch (error) {
      this.failure = trouble(error);
      this.querySelector('input')?.focus();
    } finally {
      this.working = false;
    }
  }

  async #confirm(): Promise<void> {
    if (this.working || !this.checked) return;
    this.working = true;
    this.failure = null;
    try {
      await this.session.vault.confirmRecoveryKit();
      this.#stepUp.done();
      this.dispatchEvent(new CustomEvent('vb-way-changed'));
    } catch (error) {
      if (this.#stepUp.takes(error)) return;
      this.#stepUp.done();
      this.failure = trouble(error);
    } finally {
      this.working = false;
    }
  }

  readonly #forget = (): void => {
    this.words = null;
    this.#passphrase = '';
    wipeInputs(this);
    void this.session.vault.forgetRecoveryKit().catch(() => undefined);
  };
}
