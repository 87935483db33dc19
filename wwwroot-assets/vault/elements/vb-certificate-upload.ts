// Bring your own certificates: files or pasted text, each checked before anything is kept. A private key is refused here, before anything is sent.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { certificateFileText } from '../core/certificate-text.ts';
import { VaultError } from '../client/contract.ts';
import { utcDay } from './dates.ts';
import { Island, icon, uniqueId } from './island.ts';
import { StepUp } from './step-up.ts';
import { added, checkedFile, checking, ready, refusedFile, withItem, type UploadFile, type UploadItem } from './upload-files.ts';
import { inFours, plural, trouble } from './words.ts';
import type { CertificateStep } from '../core/api-types.ts';

/** A certificate of 4 KB is large; this leaves room for a chain. */
const largestFile = 256 * 1024;
const accepted = '.pem,.crt,.cer,.der,.p7b,.p7c,application/x-x509-ca-cert,application/pem-certificate-chain,application/x-pkcs7-certificates';
const glyphs = { passed: 'circle-check', warned: 'triangle-alert', refused: 'circle-x' } as const;
const tones = { passed: 'ok', warned: 'warn', refused: 'error' } as const;

export class CertificateUpload extends Island {
  @property({ attribute: 'vaultbox-id' }) vaultboxId = '';
  @property() next = '';
  @state() private files: readonly UploadFile[] = [];
  @state() private text = '';
  @state() private over = false;
  @state() private working = false;
  readonly #id = uniqueId('vb-upload');
  readonly #stepUp = new StepUp(this, () => void this.#addAll());
  #serial = 0;

  protected override render(): TemplateResult {
    return html`<form class="vb-setup-form" novalidate aria-label="Upload certificates" @submit=${(e: Event) => this.#submitted(e)}
        @dragover=${(e: DragEvent) => this.#drag(e, true)} @dragleave=${(e: DragEvent) => this.#drag(e, false)} @drop=${(e: DragEvent) => void this.#drop(e)}>
      ${this.#fields()}
      <div id="${this.#id}-report" class="vb-upload-files" aria-live="polite">${this.files.map((file) => this.#file(file))}</div>
      ${this.#stepUp.card()}${this.#foot()}
    </form>`;
  }

  #fields(): TemplateResult {
    return html`<div class="vb-drop" ?data-over=${this.over}>${icon('upload')}
        <div><button type="button" class="vb-button vb-button-sm" @click=${() => this.querySelector<HTMLInputElement>('input[type=file]')?.click()}>Choose files</button>
          <input hidden type="file" multiple accept=${accepted}
            @change=${(e: Event) => e.target instanceof HTMLInputElement && void this.#chosen(e.target)}>
          <span class="vb-muted">or drop them here: PEM, DER or P7B</span></div></div>
      <div class="vb-field"><label for="${this.#id}-text">Or paste it</label>
        <textarea id="${this.#id}-text" class="vb-mono" rows="4" spellcheck="false" autocomplete="off" placeholder="-----BEGIN CERTIFICATE-----" .value=${this.text}
          aria-describedby="${this.#id}-report" @input=${(e: InputEvent) => e.target instanceof HTMLTextAreaElement && this.#typed(e.target)}></textarea></div>`;
  }

  #file(file: UploadFile): TemplateResult {
    const lone = file.items.length === 1;
    return html`<section class="vb-upload-file" aria-label=${file.name}><header>${icon('file-text')}<strong class="vb-truncate">${file.name}</strong>
        ${file.state === 'checking' ? html`<span class="vb-muted">${icon('loader-circle', 'vb-spin vb-icon-16')} Checking</span>` : nothing}
        ${file.items.some((item) => item.state === 'added' || item.state === 'adding') ? nothing : html`<button type="button" class="vb-button vb-button-quiet vb-button-icon vb-button-sm" aria-label="Take ${file.name} off the list" @click=${() => this.#drop1(file)}>${icon('x', 'vb-icon-16')}</button>`}</header>
      ${file.refusal === null ? nothing : html`<ul class="vb-facts">${line(file.refusal)}</ul>`}
      ${file.items.map((item) => this.#item(item, lone))}
      ${file.issuers === 0 ? nothing : html`<p class="vb-hint">${plural(file.issuers, 'certificate of its issuers came along. It is', 'certificates of its issuers came along. They are')} not needed and not kept.</p>`}</section>`;
  }

  #item(item: UploadItem, lone: boolean): TemplateResult {
    const { certificate } = item;
    const notable = certificate.steps.filter((step) => step.outcome !== 'passed');
    const passed = certificate.steps.filter((step) => step.outcome === 'passed');
    return html`<div class="vb-upload-item"><p class="vb-upload-name"><strong>${certificate.name}</strong> <span class="vb-muted">${certificate.algorithm}, until ${utcDay(certificate.notAfter)}</span></p>
      <p class="vb-caption">Fingerprint, SHA-256<br><span class="vb-print">${inFours(certificate.details.fingerprintSha256)}</span></p>
      <ul class="vb-facts">${notable.map(line)}${lone || notable.length > 0 ? passed.map(line) : nothing}${outcome(item)}</ul>
      ${item.state === 'ready' || item.state === 'failed' ? this.#name(item) : nothing}</div>`;
  }

  #name(item: UploadItem): TemplateResult {
    const fingerprint = item.certificate.details.fingerprintSha256;
    return html`<div class="vb-field"><label for="${this.#id}-${fingerprint}">Name <span class="vb-muted">(optional)</span></label>
      <input id="${this.#id}-${fingerprint}" type="text" maxlength="100" autocomplete="off" placeholder="Work card" .value=${item.name}
        @input=${(e: InputEvent) => e.target instanceof HTMLInputElement && this.#set(fingerprint, { name: e.target.value })}></div>`;
  }

  #foot(): TemplateResult {
    if (this.text.trim() !== '') return html`<div class="vb-card-foot"><span></span><button type="submit" class="vb-button vb-button-primary">Check certificate</button></div>`;
    const waiting = ready(this.files).length;
    const done = added(this.files).length;
    return html`<div class="vb-card-foot"><span role="status">${done === 0 ? nothing : html`${plural(done, 'certificate', 'certificates')} added.`}</span>
      ${waiting > 0 || done === 0 ? html`<button type="submit" class="vb-button vb-button-primary" aria-disabled=${this.working || waiting === 0 ? 'true' : 'false'}>
          ${this.working ? html`${icon('loader-circle', 'vb-spin')}Adding` : waiting > 1 ? `Add all ${waiting} good ones` : 'Add certificate'}</button>`
        : this.next === '' ? nothing : html`<a class="vb-button vb-button-primary" href=${this.next}>Continue${icon('arrow-right')}</a>`}</div>`;
  }

  #drag(event: DragEvent, over: boolean): void {
    event.preventDefault();
    this.over = over;
  }

  async #drop(event: DragEvent): Promise<void> {
    event.preventDefault();
    this.over = false;
    await this.#take([...(event.dataTransfer?.files ?? [])]);
  }

  async #chosen(input: HTMLInputElement): Promise<void> {
    const files = [...(input.files ?? [])];
    // The same file can be chosen again once it was mended.
    input.value = '';
    await this.#take(files);
  }

  async #take(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const entry = this.#list(file.name);
      if (file.size > largestFile) this.#replace(refusedFile(entry, new VaultError('too_large', 'It is larger than any. Choose a .pem, .crt, .cer, .der or .p7b file.')));
      else await this.#check(entry, certificateFileText(new Uint8Array(await file.arrayBuffer())));
    }
  }

  /** Text that holds a private key is dropped at once, from the page as well. */
  #typed(area: HTMLTextAreaElement): void {
    this.text = area.value;
    try {
      this.session.vault.checkCertificateText(this.text);
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'private_key_in_clear') return;
      this.text = '';
      area.value = '';
      this.#replace(refusedFile(this.#list('Pasted text'), error));
    }
  }

  async #pasted(): Promise<void> {
    const { text } = this;
    if (text.trim() === '') return;
    this.text = '';
    await this.#check(this.#list('Pasted text'), text);
  }

  #submitted(event: Event): void {
    event.preventDefault();
    if (this.text.trim() !== '') void this.#pasted();
    else void this.#addAll();
  }

  #list(name: string): UploadFile {
    this.#serial += 1;
    const entry = checking(this.#serial, name);
    this.files = [...this.files, entry];
    return entry;
  }

  #replace(changed: UploadFile): void {
    this.files = this.files.map((file) => (file.id === changed.id ? changed : file));
  }

  /** A certificate is ready in one file at most. */
  #set(fingerprint: string, change: Partial<UploadItem>): void {
    const file = this.files.find((one) => one.items.some((item) => item.certificate.details.fingerprintSha256 === fingerprint));
    if (file !== undefined) this.#replace(withItem(file, fingerprint, change));
  }

  #drop1(gone: UploadFile): void {
    this.files = this.files.filter((file) => file.id !== gone.id);
    this.querySelector<HTMLElement>('input[type=file]')?.focus();
  }

  async #check(entry: UploadFile, text: string): Promise<void> {
    try {
      const answer = await this.session.api.checkCertificates(this.vaultboxId, text);
      this.#replace(checkedFile(entry, answer, this.files));
    } catch (error) {
      this.#replace(refusedFile(entry, error));
    }
  }

  async #addAll(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (const file of this.files) {
        for (const item of file.items.filter((one) => one.state === 'ready' || one.state === 'failed')) {
          if (!(await this.#add(item))) return;
        }
      }
      this.#stepUp.done();
    } finally {
      this.working = false;
    }
  }

  /** False when a proof of identity is asked for first. */
  async #add(item: UploadItem): Promise<boolean> {
    const fingerprint = item.certificate.details.fingerprintSha256;
    const set = (change: Partial<UploadItem>): void => this.#set(fingerprint, change);
    set({ state: 'adding' });
    try {
      await this.session.api.uploadCertificate(this.vaultboxId, item.certificate.pem, item.name.trim() === '' ? null : item.name.trim());
      set({ state: 'added' });
      this.dispatchEvent(new CustomEvent('vb-certificate-added', { bubbles: true, detail: { vaultboxId: this.vaultboxId, fingerprint } }));
      return true;
    } catch (error) {
      if (this.#stepUp.takes(error)) {
        set({ state: 'ready' });
        return false;
      }
      const words = trouble(error);
      set({ state: 'failed', failure: `${words.what} ${words.next}`.trim() });
      return true;
    }
  }
}

const line = (step: CertificateStep): TemplateResult => html`<li data-state=${tones[step.outcome]}>${icon(glyphs[step.outcome])}
  <div><span>${step.title}</span>${step.reason === null ? nothing : html`<span>${step.reason}</span>`}</div></li>`;

function outcome(item: UploadItem): TemplateResult | typeof nothing {
  if (item.state === 'added') return html`<li data-state="ok">${icon('circle-check')}<div><span>Added. New mail is sealed to it from now on.</span></div></li>`;
  if (item.state === 'adding') return html`<li data-state="active">${icon('loader-circle', 'vb-spin')}<div><span>Adding</span></div></li>`;
  if (item.state === 'failed') return html`<li data-state="error">${icon('circle-x')}<div><span>It was not added</span><span>${item.failure}</span></div></li>`;
  return nothing;
}
