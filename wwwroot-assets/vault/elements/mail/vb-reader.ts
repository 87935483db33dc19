// One opened message. What it shows was opened in the worker and lives nowhere but here; `close` forgets it.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../island.ts';
import { session } from '../session.ts';
import { trouble, type Trouble } from '../words.ts';
import { messageBody, messageHead } from './message-view.ts';
import { saveFile } from './save-file.ts';
import { safeFileName } from './seal-words.ts';
import { sealChip } from './seal-chip.ts';
import { signatureView } from './signature-view.ts';
import { VaultError, type OpenedMessage, type VaultKeyInfo } from '../../client/contract.ts';

export class Reader extends LitElement {
  @property({ attribute: false }) vaultboxId = '';
  @property({ attribute: false }) messageId = '';
  @state() private message: OpenedMessage | null = null;
  @state() private failure: Trouble | null = null;
  @state() private factsOpen = false;
  @state() private asText = false;
  @state() private keys: readonly VaultKeyInfo[] = [];
  @state() private saveFailure: Trouble | null = null;
  /** The subject takes the focus once it is there. */
  focusWhenOpen = false;
  #turn = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('messageId') || changed.has('vaultboxId')) void this.#open();
  }

  /** Forgets all that was opened, at once. */
  close(): void {
    this.#turn += 1;
    this.message = null;
    this.failure = null;
    this.renderRoot.querySelector('vb-message-frame')?.remove();
  }

  /** Answers whether there was something to close. */
  closeFacts(): boolean {
    const open = this.factsOpen;
    this.factsOpen = false;
    return open;
  }

  protected override render(): TemplateResult {
    return html`${this.#bar()}<article class="vb-reader-scroll" @pointerdown=${(e: Event) => this.#outside(e)} aria-busy=${this.message === null && this.failure === null ? 'true' : 'false'}>
      ${this.failure !== null ? this.#failed(this.failure) : this.message === null ? waiting() : this.#opened(this.message)}</article>`;
  }

  #bar(): TemplateResult {
    const both = this.message?.html != null && this.message.text != null;
    return html`<div class="vb-reader-bar" role="toolbar" aria-label="Message">
      <button type="button" class="vb-button vb-button-quiet vb-reader-back" aria-label="Back to the list" @click=${() => this.#tell('vb-back')}>${icon('arrow-left')}</button>
      ${both ? html`<div class="vb-segments" role="group" aria-label="Show as">
        <button type="button" aria-pressed=${this.asText ? 'false' : 'true'} @click=${() => (this.asText = false)}>Formatted</button>
        <button type="button" aria-pressed=${this.asText ? 'true' : 'false'} @click=${() => (this.asText = true)}>Plain text</button></div>` : nothing}
      <span class="vb-spacer"></span>
      ${this.#barButton('chevron-up', 'Previous message', () => this.#tell('vb-step', -1))}
      ${this.#barButton('chevron-down', 'Next message', () => this.#tell('vb-step', 1))}
      <button type="button" class="vb-button vb-button-quiet vb-button-icon" aria-label="Save message" title="Save message" ?disabled=${this.message === null}
        popovertarget="vb-save-menu">${icon('download')}</button>
      <div id="vb-save-menu" popover class="vb-menu vb-save-menu" @toggle=${(e: ToggleEvent) => placeMenu(e, this)}>
        ${this.message?.receipt.verdict === 'verified' ? this.#saveItem('mail-open', 'Save original (.eml)', 'Opened on this device, as its sender sent it', 'original') : nothing}
        ${this.#saveItem('mail', 'Save sealed (.eml)', 'As the server stores it; opens with your key', 'sealed')}
      </div>
    </div>`;
  }

  #barButton(glyph: string, label: string, act: () => void): TemplateResult {
    return html`<button type="button" class="vb-button vb-button-quiet vb-button-icon" aria-label=${label} title=${label} @click=${act}>${icon(glyph)}</button>`;
  }

  #saveItem(glyph: string, label: string, hint: string, kind: 'original' | 'sealed'): TemplateResult {
    return html`<button type="button" class="vb-menu-item vb-menu-item-two" @click=${() => void this.#save(kind)}>${icon(glyph)}
      <span>${label}<br><span class="vb-caption">${hint}</span></span></button>`;
  }

  #opened(message: OpenedMessage): TemplateResult {
    return html`${messageHead(message)}
      ${sealChip({ message, keys: this.keys, open: this.factsOpen, onToggle: () => this.#toggleFacts(message),
        onTrust: message.receipt.verdict === 'key-changed' ? () => void this.#trust() : null })}
      ${signatureView(message.signature)}
      ${this.saveFailure === null ? nothing : html`<div class="vb-alert vb-alert-error" role="alert">${icon('circle-alert')}
        <div><strong>${this.saveFailure.what}</strong> ${this.saveFailure.next}</div></div>`}
      ${messageBody(message, this.asText)}
      <vb-attachments .messageId=${message.id} .items=${message.attachments}></vb-attachments>`;
  }

  #failed(failure: Trouble): TemplateResult {
    return html`<div class="vb-empty" role="alert">${icon('file-warning')}<h2 tabindex="-1">${failure.what}</h2><p>${failure.next}</p>
      ${this.#wayOn(failure)}
      <p class="vb-caption">Reason: <span class="vb-mono">${failure.code}</span>, message <span class="vb-mono">${this.messageId}</span></p></div>`;
  }

  #wayOn(failure: Trouble): TemplateResult {
    if (failure.code === 'receipt_invalid' || failure.code === 'receipt_missing') return html`<button type="button" class="vb-button" @click=${() => void this.#open({ despiteReceipt: true })}>Show it as text only</button>`;
    if (failure.code === 'cms_pkcs1_only') return html`<vb-old-message .attempt=${(passphrase: string) => this.#openOld(passphrase)}></vb-old-message>`;
    return html`<button type="button" class="vb-button" @click=${() => void this.#open()}>Try again</button>`;
  }

  /** Throws what the form says: the passphrase may have been another. */
  async #openOld(passphrase: string): Promise<void> {
    const turn = this.#turn;
    const message = await session().vault.openOldMessage({ vaultboxId: this.vaultboxId, messageId: this.messageId, passphrase });
    if (turn !== this.#turn) return;
    Object.assign(this, { message, failure: null });
    this.#shown(message);
    await this.updateComplete;
    this.querySelector<HTMLElement>('h2')?.focus();
  }

  async #open(options: { despiteReceipt?: boolean } = {}): Promise<void> {
    const turn = ++this.#turn;
    Object.assign(this, { message: null, failure: null, saveFailure: null, factsOpen: false, asText: false });
    try {
      const message = await session().vault.openMessage(this.vaultboxId, this.messageId, options);
      if (turn !== this.#turn) return;
      this.message = message;
      this.#shown(message);
    } catch (error) {
      if (turn !== this.#turn) return;
      // The passphrase is not asked for what will be refused with it.
      const isInVain = options.despiteReceipt === true && error instanceof VaultError && error.code === 'cms_pkcs1_only';
      this.failure = trouble(isInVain ? new VaultError('old_message_unvouched', '') : error);
    }
    await this.updateComplete;
    if (this.focusWhenOpen) this.querySelector<HTMLElement>('h2')?.focus();
    this.focusWhenOpen = false;
  }

  /** What nothing vouches for stays unread: whether it opened is not told to the server that may have altered it. */
  #shown(message: OpenedMessage): void {
    if (message.receipt.verdict === 'verified') this.#tell('vb-opened', this.messageId);
  }

  #toggleFacts(message: OpenedMessage): void {
    this.factsOpen = !this.factsOpen;
    if (!this.factsOpen || this.keys.length > 0) return;
    // Names are a comfort: without them the fingerprints stand alone.
    session().vault.listKeys(message.vaultboxId).then((keys) => (this.keys = keys), () => undefined);
  }

  #outside(event: Event): void {
    if (event.target instanceof Element && event.target.closest('.vb-seal') === null) this.closeFacts();
  }

  async #trust(): Promise<void> {
    await session().vault.trustReceiptKey();
    await this.#open();
  }

  async #save(kind: 'original' | 'sealed'): Promise<void> {
    this.querySelector<HTMLElement>('#vb-save-menu')?.hidePopover();
    const message = this.message;
    if (message === null) return;
    try {
      const source = await session().vault.source(message.id);
      const subject = kind === 'original' ? message.headers.subject.slice(0, 60) : `sealed-${message.id.slice(0, 8)}`;
      const bytes = source[kind];
      if (bytes !== null) saveFile(bytes, `${safeFileName(subject, 'message')}.eml`);
    } catch (error) {
      this.saveFailure = trouble(error);
    }
  }

  #tell(name: string, detail: unknown = null): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function placeMenu(event: ToggleEvent, host: HTMLElement): void {
  const menu = event.target;
  const button = host.querySelector('[popovertarget=vb-save-menu]');
  if (event.newState !== 'open' || !(menu instanceof HTMLElement) || button === null) return;
  const box = button.getBoundingClientRect();
  menu.style.top = `${box.bottom + 6}px`;
  menu.style.right = `${Math.max(8, document.documentElement.clientWidth - box.right)}px`;
  menu.querySelector<HTMLElement>('button')?.focus();
}

function waiting(): TemplateResult {
  return html`<div class="vb-reader-waiting" role="status"><span class="vb-visually-hidden">Opening the message</span>
    ${[42, 28, 0, 88, 94, 71, 90, 36].map((width) => html`<span class="vb-skeleton vb-skeleton-live" .style=${`width:${width}%`}></span>`)}</div>`;
}
