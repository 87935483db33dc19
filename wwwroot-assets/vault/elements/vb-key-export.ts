// The mail key as a PKCS#12 file for other programs. The passphrase is asked again; the file's password is shown once.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Island, icon, uniqueId } from './island.ts';
import { saveFile } from './mail/save-file.ts';
import { passphraseInput, wipeInputs } from './passphrase-input.ts';
import { trouble, type Trouble } from './words.ts';
import type { Pkcs12Export, VaultState } from '../client/contract.ts';

export class KeyExport extends Island {
  @property({ attribute: 'vaultbox-id' }) vaultboxId = '';
  /** Which key; without it the newest that was made here. */
  @property() fingerprint = '';
  /** Asks for the passphrase at once: it stands where somebody has said already that he wants the file. */
  @property({ type: Boolean }) asks = false;
  @state() private asking = false;
  @state() private working = false;
  @state() private shown = false;
  @state() private older = false;
  @state() private copied = '';
  @state() private failure: Trouble | null = null;
  @state() private made: Pkcs12Export | null = null;
  readonly #id = uniqueId('vb-export');
  #passphrase = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
    this.made = null;
  }

  protected override firstUpdated(): void {
    if (this.asks) this.querySelector('input')?.focus();
  }

  protected override vaultChanged(vault: VaultState): void {
    if (vault.name !== 'unlocked') this.made = null;
  }

  protected override render(): TemplateResult {
    if (this.made !== null) return this.#result(this.made);
    if (this.vaultState?.name === 'none') return html`<p class="vb-muted">There is no key in this account to export yet.</p>`;
    if (!this.asking && !this.asks) {
      return html`<button type="button" class="vb-button" @click=${() => void this.#ask()}>${icon('file-key-2')}Export the mail key</button>`;
    }
    return html`<form class="vb-setup-form" novalidate @submit=${(e: Event) => void this.#make(e)}>
      ${passphraseInput({ id: `${this.#id}-pass`, label: 'Your passphrase, again', shown: this.shown, invalid: this.failure !== null, describedBy: `${this.#id}-error`,
        fresh: false, onInput: (v) => this.#typed(v), onToggle: () => (this.shown = !this.shown) })}
      <p id="${this.#id}-error" class="vb-field-error" role="alert">${this.failure === null ? nothing
        : html`${icon('circle-alert', 'vb-icon-16')}<span>${this.failure.what} ${this.failure.next}</span>`}</p>
      <label class="vb-check"><input type="checkbox" .checked=${this.older} @change=${(e: Event) => e.target instanceof HTMLInputElement && (this.older = e.target.checked)}>
        <span>For older programs<br><span class="vb-caption">Encrypted with 3DES, which GnuPG 2.2 and old Windows need. The password protects the file all the same.</span></span></label>
      <div class="vb-row vb-row-wrap"><button type="submit" class="vb-button vb-button-primary" aria-disabled=${this.working ? 'true' : 'false'}>
          ${this.working ? html`${icon('loader-circle', 'vb-spin')}Making the file` : 'Make the file'}</button>
        ${this.asks ? nothing : html`<button type="button" class="vb-button vb-button-quiet" @click=${() => this.#cancel()}>Cancel</button>`}</div>
    </form>`;
  }

  #result(made: Pkcs12Export): TemplateResult {
    return html`<div class="vb-once"><p class="vb-once-head">${icon('eye', 'vb-icon-16')}Shown once. It is kept nowhere.</p>
      <div class="vb-once-body"><span class="vb-label" id="${this.#id}-label">Password of the file</span>
        <output class="vb-once-secret" aria-labelledby="${this.#id}-label">${made.password}</output>
        <div class="vb-row vb-row-wrap"><button type="button" class="vb-button vb-button-primary" @click=${() => void this.#copy(made.password)}>${icon('copy')}Copy password</button>
          <button type="button" class="vb-button" @click=${() => saveFile(made.bytes, made.fileName)}>${icon('download')}Save ${made.fileName}</button></div>
        <p class="vb-hint" role="status">${this.copied}</p></div></div>
      <p class="vb-hint">Import the file in your mail client and type this password there. Whoever has both reads your mail.</p>
      <button type="button" class="vb-button" @click=${() => (this.made = null)}>I have saved both</button>`;
  }

  async #ask(): Promise<void> {
    this.asking = true;
    await this.updateComplete;
    this.querySelector('input')?.focus();
  }

  #cancel(): void {
    this.#forget();
    this.asking = false;
    this.failure = null;
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
    this.copied = '';
    try {
      if (this.session.vault.state().name !== 'unlocked') await this.session.vault.unlock(this.#passphrase);
      this.made = await this.session.vault.exportPkcs12({
        vaultboxId: this.vaultboxId, passphrase: this.#passphrase, older: this.older, ...(this.fingerprint === '' ? {} : { fingerprint: this.fingerprint }),
      });
      this.#forget();
      this.asking = false;
      await this.updateComplete;
      this.querySelector<HTMLElement>('.vb-once button')?.focus();
    } catch (error) {
      this.failure = trouble(error);
      this.querySelector('input')?.focus();
    } finally {
      this.working = false;
    }
  }

  async #copy(password: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(password);
      this.copied = 'Copied.';
    } catch {
      this.copied = 'The browser did not allow copying. Select the password and copy it by hand.';
    }
  }

  #forget(): void {
    this.#passphrase = '';
    this.shown = false;
    wipeInputs(this);
  }
}
