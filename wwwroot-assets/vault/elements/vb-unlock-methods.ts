// Ways to unlock: the passphrase and the recovery kit, since when each holds, and how to change it. Amber when only one is left.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { dayWords, utcTime } from './dates.ts';
import { Island, alertBox, icon, uniqueId } from './island.ts';
import { trouble, type Trouble } from './words.ts';
import type { UnlockWay } from '../client/contract.ts';

type Open = 'passphrase' | 'kit';

export class UnlockMethods extends Island {
  @state() private ways: readonly UnlockWay[] | null = null;
  @state() private failure: Trouble | null = null;
  @state() private open: Open | null = null;
  @state() private said = '';
  readonly #id = uniqueId('vb-ways');

  protected override vaultChanged(): void {
    if (this.ways === null && this.failure === null) void this.#load();
  }

  protected override render(): TemplateResult {
    const failure = this.startFailure === null ? this.failure : trouble(this.startFailure);
    return html`<section class="vb-card vb-ways-card" aria-labelledby="${this.#id}-title"><h2 id="${this.#id}-title">Ways to unlock</h2>
        ${failure !== null ? this.#failed(failure) : this.ways === null ? html`<span class="vb-skeleton vb-skeleton-live" role="status" aria-label="Loading the ways to unlock"></span>` : this.#list(this.ways)}
        <p class="vb-small vb-muted" role="status">${this.said}</p>
        ${this.ways === null || this.ways.length === 0 ? nothing : this.#verdict(this.ways)}</section>
      ${this.open === null ? nothing : this.#dialog(this.open)}`;
  }

  #list(ways: readonly UnlockWay[]): TemplateResult {
    if (ways.length === 0) return html`<p class="vb-muted">They are made with the keys of your first vaultbox.</p>`;
    const passphrase = ways.find((way) => way.method === 'passphrase');
    const kit = ways.find((way) => way.method === 'recovery_kit');
    return html`<ul class="vb-ways">
      <li>${icon('text-cursor-input')}<span>Passphrase</span>${since('set', passphrase)}
        <button type="button" class="vb-button vb-button-sm" data-way="passphrase" @click=${() => void this.#show('passphrase')}>Change passphrase</button></li>
      <li>${icon('printer')}<span>Recovery kit</span>${since('made', kit)}
        <button type="button" class="vb-button vb-button-sm" data-way="kit" @click=${() => void this.#show('kit')}>${kit === undefined ? 'Make a kit' : 'Make a new kit'}</button></li></ul>`;
  }

  #verdict(ways: readonly UnlockWay[]): TemplateResult {
    if (ways.length > 1) return alert('ok', 'life-buoy', 'You can lose any one of these.', 'The other still unlocks everything. Lose both and nobody can, including us.');
    return alert('warn', 'triangle-alert', 'Only one way is left.', 'Lose it and nobody can open your mail, including us. Make a recovery kit.');
  }

  #failed(failure: Trouble): TemplateResult {
    return alertBox('error', failure.what, failure.next, html`<button type="button" class="vb-button vb-button-sm" @click=${() => void this.#load()}>Try again</button>`);
  }

  #dialog(open: Open): TemplateResult {
    const closed = (): void => this.querySelector('dialog')?.close();
    return html`<dialog class="vb-dialog vb-way-dialog" aria-label=${open === 'kit' ? 'Recovery kit' : 'Change passphrase'} @close=${() => void this.#closed(open)}>
      ${open === 'kit'
        ? html`<vb-kit-renewal ?replaces=${this.ways?.some((way) => way.method === 'recovery_kit') ?? false} @vb-way-closed=${closed} @vb-way-changed=${() => this.#changed('New kit made. Older words no longer work.')}></vb-kit-renewal>`
        : html`<vb-passphrase-change @vb-way-closed=${closed} @vb-way-changed=${() => this.#changed('Passphrase changed. Other browsers ask for it at their next unlock.')}></vb-passphrase-change>`}</dialog>`;
  }

  async #show(open: Open): Promise<void> {
    this.said = '';
    this.open = open;
    await this.updateComplete;
    this.querySelector('dialog')?.showModal();
  }

  #changed(said: string): void {
    this.said = said;
    this.querySelector('dialog')?.close();
    void this.#load();
  }

  /** Taking the dialog out of the document wipes what was typed and shown in it. */
  async #closed(open: Open): Promise<void> {
    this.open = null;
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-way="${open}"]`)?.focus();
  }

  async #load(): Promise<void> {
    this.failure = null;
    try {
      this.ways = await this.session.vault.unlockMethods();
    } catch (error) {
      this.failure = trouble(error);
    }
  }
}

function since(verb: string, way: UnlockWay | undefined): TemplateResult {
  if (way === undefined) return html`<span class="vb-muted">none yet</span>`;
  const then = new Date(way.since);
  return html`<time class="vb-muted" datetime=${way.since} title=${utcTime(then)}>${verb} ${dayWords(then, new Date())}</time>`;
}

function alert(tone: 'ok' | 'warn', glyph: string, what: string, why: string): TemplateResult {
  return html`<div class="vb-alert vb-alert-${tone}">${icon(glyph)}<div><strong>${what}</strong><br>${why}</div></div>`;
}
