// Attachments: opened when asked for, and a word of warning before a program is saved.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../island.ts';
import { session } from '../session.ts';
import { fileSize, plural, trouble, type Trouble } from '../words.ts';
import { saveFile } from './save-file.ts';
import { extensionOf, isProgram, safeFileName } from './seal-words.ts';
import type { AttachmentInfo } from '../../client/contract.ts';

export class Attachments extends LitElement {
  @property({ attribute: false }) messageId = '';
  @property({ attribute: false }) items: readonly AttachmentInfo[] = [];
  @state() private busy: string | null = null;
  @state() private warned: string | null = null;
  @state() private failure: (Trouble & { readonly id: string }) | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.items.length === 0) return nothing;
    const total = this.items.reduce((sum, item) => sum + item.size, 0);
    return html`<h2 class="vb-attachments-head">${plural(this.items.length, 'attachment', 'attachments')}
        <span class="vb-muted">${fileSize(total)}, opened on this device</span></h2>
      <ul class="vb-attachments">${this.items.map((item) => this.#tile(item))}</ul>`;
  }

  #tile(item: AttachmentInfo): TemplateResult {
    const extension = extensionOf(item.name).slice(0, 4).toUpperCase();
    return html`<li>
      <button type="button" class="vb-attachment" @click=${() => void this.#save(item, false)}>
        <span class="vb-attachment-kind" data-kind=${kindOf(item)} aria-hidden="true">${extension === '' ? icon('file') : extension}</span>
        <span class="vb-visually-hidden">Save</span>
        <span class="vb-attachment-text"><span class="vb-truncate vb-strong">${item.name === '' ? 'Unnamed file' : item.name}</span>
          <span class="vb-muted">${fileSize(item.size)}</span></span>
        ${this.busy === item.id ? icon('loader-circle', 'vb-spin') : icon('download')}
      </button>
      ${this.warned === item.id ? this.#warning(item) : nothing}
      ${this.failure?.id === item.id ? html`<p class="vb-field-error" role="alert">${this.failure.what} ${this.failure.next}</p>` : nothing}
    </li>`;
  }

  #warning(item: AttachmentInfo): TemplateResult {
    return html`<div class="vb-alert vb-alert-warn vb-attachment-warning" role="alert">${icon('triangle-alert')}
      <div><strong>This file can run as a program.</strong> Opened, it can change anything on this computer. Save it only if you expected it.
        <div class="vb-row"><button type="button" class="vb-button vb-button-sm" @click=${() => void this.#save(item, true)}>Save program</button>
          <button type="button" class="vb-button vb-button-sm vb-button-quiet" @click=${() => (this.warned = null)}>Leave it</button></div></div></div>`;
  }

  async #save(item: AttachmentInfo, sure: boolean): Promise<void> {
    if (this.busy !== null) return;
    if (!sure && isProgram(item.name)) {
      this.warned = item.id;
      return;
    }
    this.warned = null;
    this.failure = null;
    this.busy = item.id;
    try {
      const content = await session().vault.attachment(this.messageId, item.id);
      saveFile(content.bytes, safeFileName(content.name === '' ? item.name : content.name));
    } catch (error) {
      this.failure = { ...trouble(error), id: item.id };
    } finally {
      this.busy = null;
    }
  }
}

function kindOf(item: AttachmentInfo): string {
  if (isProgram(item.name)) return 'program';
  if (item.type === 'application/pdf') return 'pdf';
  return item.type.startsWith('image/') ? 'image' : 'other';
}
