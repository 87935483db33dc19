// Bring your own certificate: a file or pasted text. A private key is refused here, before anything is sent.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { certificateFileText } from '../core/certificate-text.ts';
import { VaultError } from '../client/contract.ts';
import { Island, icon, uniqueId } from './island.ts';
import { StepUp } from './step-up.ts';
import { uploadChecks, type UploadCheck } from './upload-checks.ts';
import { inFours, trouble } from './words.ts';
import type { CertificateUpload as Uploaded } from '../core/api-types.ts';

/** A certificate of 4 KB is large; this leaves room for a chain. */
const largestFile = 256 * 1024;

export class CertificateUpload extends Island {
  @property({ attribute: 'vaultbox-id' }) vaultboxId = '';
  @property() next = '';
  @state() private text = '';
  @state() private fileName = '';
  @state() private over = false;
  @state() private working = false;
  @state() private checks: readonly UploadCheck[] = [];
  @state() private added: Uploaded | null = null;
  @state() private showCertificate = false;
  readonly #id = uniqueId('vb-upload');
  readonly #stepUp = new StepUp(this, () => void this.#upload());

  protected override render(): TemplateResult {
    return html`<form class="vb-setup-form" novalidate aria-label="Upload a certificate" @submit=${(e: Event) => void this.#send(e)}
        @dragover=${(e: DragEvent) => this.#drag(e, true)} @dragleave=${(e: DragEvent) => this.#drag(e, false)} @drop=${(e: DragEvent) => void this.#drop(e)}>
      ${this.added === null ? this.#fields() : nothing}
      ${this.#report()}${this.#stepUp.card()}
      ${this.added === null ? html`<div class="vb-card-foot"><span></span><button type="submit" class="vb-button vb-button-primary" aria-disabled=${this.working ? 'true' : 'false'}>
        ${this.working ? html`${icon('loader-circle', 'vb-spin')}Checking` : 'Add certificate'}</button></div>` : this.#after(this.added)}
    </form>`;
  }

  #fields(): TemplateResult {
    return html`<div class="vb-drop" ?data-over=${this.over}>${icon('upload')}
        <div><label for="${this.#id}-file" class="vb-button vb-button-sm">Choose a file</label>
          <input id="${this.#id}-file" class="vb-visually-hidden" type="file" accept=".pem,.crt,.cer,.der,application/x-x509-ca-cert,application/pem-certificate-chain"
            @change=${(e: Event) => e.target instanceof HTMLInputElement && void this.#read(e.target.files?.[0])}>
          <span class="vb-muted">or drop it here${this.fileName === '' ? '' : html`: <strong>${this.fileName}</strong>`}</span></div></div>
      <div class="vb-field"><label for="${this.#id}-text">Or paste it</label>
        <textarea id="${this.#id}-text" class="vb-mono" rows="6" spellcheck="false" autocomplete="off" placeholder="-----BEGIN CERTIFICATE-----" .value=${this.showCertificate ? this.text : ''}
          aria-invalid=${this.checks.some((c) => c.state === 'error') ? 'true' : 'false'} aria-describedby="${this.#id}-report"
          @input=${(e: InputEvent) => e.target instanceof HTMLTextAreaElement && this.#typed(e.target.value)}></textarea></div>
      <div class="vb-field"><label for="${this.#id}-name">Name <span class="vb-muted">(optional)</span></label>
        <input id="${this.#id}-name" name="friendly" maxlength="100" autocomplete="off" placeholder="Work card"></div>`;
  }

  #report(): TemplateResult {
    const icons = { ok: 'circle-check', warn: 'triangle-alert', error: 'circle-x' } as const;
    return html`<ul id="${this.#id}-report" class="vb-facts" aria-live="polite">${this.checks.map((check) => html`<li data-state=${check.state}>${icon(icons[check.state])}
      <div><span>${check.what}</span>${check.why === '' ? nothing : html`<span>${check.why}</span>`}</div></li>`)}</ul>`;
  }

  #after(added: Uploaded): TemplateResult {
    return html`<p class="vb-caption">Fingerprint, SHA-256<br><span class="vb-print">${inFours(added.fingerprintSha256)}</span></p>
      ${this.next === '' ? nothing : html`<div class="vb-card-foot"><span></span><a class="vb-button vb-button-primary" href=${this.next}>Continue${icon('arrow-right')}</a></div>`}`;
  }

  #drag(event: DragEvent, over: boolean): void {
    event.preventDefault();
    this.over = over;
  }

  async #drop(event: DragEvent): Promise<void> {
    event.preventDefault();
    this.over = false;
    await this.#read(event.dataTransfer?.files[0]);
  }

  async #read(file: File | undefined): Promise<void> {
    if (file === undefined || this.added !== null) return;
    this.fileName = file.name;
    this.showCertificate = false;
    this.checks = [];
    if (file.size > largestFile) {
      this.text = '';
      this.checks = [{ state: 'error', what: 'This file is no certificate.', why: 'It is larger than any. Choose a .pem, .crt, .cer or .der file.' }];
      return;
    }
    this.#accept(certificateFileText(new Uint8Array(await file.arrayBuffer())));
  }

  #typed(value: string): void {
    this.fileName = '';
    this.#accept(value);
  }

  /** Text that holds a private key is dropped at once, from the page as well. */
  #accept(value: string): void {
    this.text = value;
    // Emptying the field takes no refusal back: we empty it ourselves.
    if (value.trim() === '') return;
    this.checks = [];
    try {
      this.session.vault.checkCertificateText(value);
      this.showCertificate = true;
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'private_key_in_clear') {
        this.showCertificate = true;
        return;
      }
      this.text = '';
      this.fileName = '';
      const area = this.querySelector('textarea');
      if (area !== null) area.value = '';
      this.checks = uploadChecks(error);
    }
  }

  async #send(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working) return;
    if (this.text.trim() === '') {
      if (this.checks.length === 0) this.checks = [{ state: 'error', what: 'There is no certificate yet.', why: 'Choose a file or paste its text.' }];
      return;
    }
    await this.#upload();
  }

  async #upload(): Promise<void> {
    if (this.working || this.text.trim() === '') return;
    this.working = true;
    const name = this.querySelector<HTMLInputElement>('input[name=friendly]')?.value.trim() ?? '';
    try {
      this.added = await this.session.api.uploadCertificate(this.vaultboxId, this.text, name === '' ? null : name);
      this.checks = uploadChecks(this.added);
      this.text = '';
      this.#stepUp.done();
      this.dispatchEvent(new CustomEvent('vb-certificate-added', { bubbles: true, detail: { vaultboxId: this.vaultboxId, fingerprint: this.added.fingerprintSha256 } }));
    } catch (error) {
      if (this.#stepUp.takes(error)) return;
      this.#stepUp.done();
      this.checks = error instanceof VaultError ? uploadChecks(error) : [{ state: 'error', what: trouble(error).what, why: trouble(error).next }];
    } finally {
      this.working = false;
    }
  }
}
