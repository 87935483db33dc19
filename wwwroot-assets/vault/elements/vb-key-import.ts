// A key that somebody has already: its file is read here, the private part is locked before it leaves the browser.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Island, alertBox, icon, uniqueId } from './island.ts';
import { keyAdded } from './key-added-view.ts';
import { passphraseInput, wipeInputs } from './passphrase-input.ts';
import { StepUp } from './step-up.ts';
import { trouble, type Trouble } from './words.ts';
import type { AddedMailKey, VaultState } from '../client/contract.ts';

const accepted = '.p12,.pfx,.pem,.key,.der,.crt,.cer,application/x-pkcs12,application/pkcs8,application/x-pem-file';
/** A key with a long chain is 20 KB. */
const largestFile = 1024 * 1024;
const ofThePassword = new Set(['key_file_locked', 'key_file_password']);

export class KeyImport extends Island {
  @property({ attribute: 'vaultbox-id' }) vaultboxId = '';
  @property() address = '';
  @property() next = '';
  @state() private files: readonly File[] = [];
  @state() private name = '';
  @state() private shown = false;
  @state() private working = false;
  @state() private made: AddedMailKey | null = null;
  @state() private failure: Trouble | null = null;
  readonly #id = uniqueId('vb-key-import');
  readonly #stepUp = new StepUp(this, () => void this.#import());
  #password = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override vaultChanged(vault: VaultState): void {
    if (vault.name !== 'unlocked') this.#forget();
  }

  protected override render(): TemplateResult {
    if (this.startFailure !== null) return problem(trouble(this.startFailure));
    if (this.made !== null) return keyAdded('The key is locked and stored', this.made, this.address, this.next);
    if (this.vaultState?.name === 'locked') return html`<vb-unlock reason="The key is locked with the passphrase that you have. Unlock your vault to bring it."></vb-unlock>`;
    if (this.vaultState?.name === 'none') return html`<p class="vb-muted">This account has no keys yet. Make all of them first.</p>`;
    const onPassword = this.failure !== null && ofThePassword.has(this.failure.code);
    return html`<form class="vb-setup-form" novalidate aria-label="Key from a file" @submit=${(e: Event) => this.#submitted(e)}>
      ${this.#fileField()}
      ${passphraseInput({ id: `${this.#id}-password`, label: 'Password of the file', mark: nothing, shown: this.shown, invalid: onPassword, describedBy: `${this.#id}-error`, fresh: false,
        onInput: (value) => this.#typed(value), onToggle: () => (this.shown = !this.shown) })}
      <p id="${this.#id}-error" class="vb-field-error" role="alert">${this.failure === null || !onPassword ? nothing
        : html`${icon('circle-alert', 'vb-icon-16')}<span>${this.failure.what} ${this.failure.next}</span>`}</p>
      <div class="vb-field"><label for="${this.#id}-name">Name <span class="vb-muted">(optional)</span></label>
        <input id="${this.#id}-name" type="text" maxlength="100" autocomplete="off" placeholder="Work card" .value=${this.name}
          @input=${(e: InputEvent) => e.target instanceof HTMLInputElement && (this.name = e.target.value)}></div>
      ${this.failure === null || onPassword ? nothing : problem(this.failure)}${this.#stepUp.card()}
      <div class="vb-card-foot"><span></span><button type="submit" class="vb-button vb-button-primary" aria-disabled=${this.working || this.files.length === 0 ? 'true' : 'false'}>
        ${this.working ? html`${icon('loader-circle', 'vb-spin')}Locking the key` : 'Lock and store the key'}</button></div></form>`;
  }

  #fileField(): TemplateResult {
    return html`<div class="vb-field"><div class="vb-drop">${icon('file-key-2')}
        <div><button type="button" class="vb-button vb-button-sm" aria-describedby="${this.#id}-files" @click=${() => this.querySelector<HTMLInputElement>('input[type=file]')?.click()}>Choose files</button>
          <input hidden type="file" multiple accept=${accepted} @change=${(e: Event) => e.target instanceof HTMLInputElement && this.#chosen(e.target)}>
          <span id="${this.#id}-files" class="vb-muted" aria-live="polite">${this.files.length === 0 ? 'P12 or PFX, or PEM with key and certificate' : this.files.map((file) => file.name).join(', ')}</span></div></div>
      <p class="vb-hint">The file is read in this browser. Its private key leaves it only locked.</p></div>`;
  }

  #chosen(input: HTMLInputElement): void {
    this.files = [...(input.files ?? [])];
    this.failure = null;
    // The same file can be chosen again once it was mended.
    input.value = '';
  }

  #typed(value: string): void {
    this.#password = value;
    this.failure = null;
  }

  #submitted(event: Event): void {
    event.preventDefault();
    void this.#import();
  }

  async #import(): Promise<void> {
    if (this.working || this.made !== null || this.files.length === 0) return;
    this.working = true;
    this.failure = null;
    let files: readonly ArrayBuffer[] = [];
    try {
      if (this.files.some((file) => file.size > largestFile)) {
        this.failure = { what: 'This file is larger than any key.', next: 'Choose a .p12, .pfx, .pem, .key or .der file.', code: 'too_large' };
        return;
      }
      files = await Promise.all(this.files.map((file) => file.arrayBuffer()));
      this.made = await this.session.vault.importMailKey({ vaultboxId: this.vaultboxId, files, password: this.#password, name: this.name });
      this.#forget();
      this.#stepUp.done();
      this.dispatchEvent(new CustomEvent('vb-key-added', { bubbles: true, detail: { vaultboxId: this.vaultboxId, fingerprint: this.made.fingerprint } }));
      await this.updateComplete;
      this.querySelector<HTMLElement>('h2')?.focus();
    } catch (error) {
      if (this.#stepUp.takes(error)) return;
      this.#stepUp.done();
      this.failure = trouble(error);
      if (ofThePassword.has(this.failure.code)) this.querySelector<HTMLElement>(`#${this.#id}-password`)?.focus();
    } finally {
      for (const file of files) new Uint8Array(file).fill(0);
      this.working = false;
    }
  }

  #forget(): void {
    this.#password = '';
    this.files = [];
    this.shown = false;
    wipeInputs(this);
  }
}

const problem = (failure: Trouble): TemplateResult => alertBox('error', failure.what, failure.next);
