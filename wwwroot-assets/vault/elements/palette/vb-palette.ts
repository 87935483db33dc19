// Ctrl-K: do something, go somewhere, find a mail. What is typed stays in this element.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Island, icon, uniqueId } from '../island.ts';
import { openUnlockDialog } from '../unlock-dialog.ts';
import type { VaultState } from '../../client/contract.ts';
import { commands, matching, pages, type Entry, type Section } from './entries.ts';
import { Sources } from './sources.ts';

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

export class Palette extends Island {
  @property({ type: Boolean, attribute: 'for-admin' }) forAdmin = false;
  @state() private isOpen = false;
  @state() private question = '';
  @state() private chosen = 0;
  readonly #id = uniqueId('vb-palette');
  readonly #sources = new Sources(() => this.requestUpdate());

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#shortcut, { capture: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#shortcut, { capture: true });
  }

  protected override vaultChanged(vault: VaultState): void {
    if (vault.name !== 'unlocked') this.#sources.forgetMail();
  }

  protected override render(): TemplateResult {
    return html`<button type="button" class="vb-palette-open" aria-haspopup="dialog" aria-keyshortcuts="Control+K" @click=${() => void this.#open()}>
        ${icon('search', 'vb-icon-16')}<span>Search or jump to</span><kbd aria-hidden="true">${isApple ? '⌘ K' : 'Ctrl K'}</kbd></button>
      ${this.isOpen ? this.#dialog() : nothing}`;
  }

  #dialog(): TemplateResult {
    const sections = this.#sections();
    const shown = sections.flatMap((section) => section.entries);
    return html`<dialog class="vb-dialog vb-palette" aria-label="Search or jump to" @close=${() => this.#closed()} @click=${(e: Event) => this.#backdrop(e)} @keydown=${(e: KeyboardEvent) => this.#key(e, shown)}>
      <div class="vb-palette-question">${icon('search')}<input type="text" role="combobox" aria-label="Search or jump to" aria-expanded="true" aria-autocomplete="list"
          aria-controls="${this.#id}-list" aria-activedescendant=${shown.length > 0 ? this.#optionId(this.chosen) : nothing} autocomplete="off" spellcheck="false" autofocus
          placeholder="A page, a vaultbox, something to do, a mail" .value=${this.question} @input=${(e: InputEvent) => this.#typed(e)}><kbd aria-hidden="true">Esc</kbd>
        <button type="button" class="vb-button vb-button-quiet vb-button-icon vb-palette-close" aria-label="Close" @click=${() => this.#dialogElement()?.close()}>${icon('x')}</button></div>
      <div class="vb-palette-list" id="${this.#id}-list" role="listbox" aria-label="Results">${this.#groups(sections)}</div>
      ${shown.length === 0 ? html`<p class="vb-palette-none">Nothing here matches. Try a page’s name, an address or a word of a subject.</p>` : nothing}
      <div class="vb-visually-hidden" role="status">${this.question === '' ? '' : shown.length === 1 ? '1 result' : `${shown.length} results`}</div>
      <div class="vb-palette-foot"><span aria-hidden="true"><kbd>↑</kbd> <kbd>↓</kbd> move</span><span aria-hidden="true"><kbd>Enter</kbd> open</span>
        <span class="vb-palette-promise">${icon('eye-off', 'vb-icon-16')}What you type never leaves this device</span></div>
    </dialog>`;
  }

  #groups(sections: readonly Section[]): TemplateResult[] {
    let index = 0;
    return sections.map((section) => html`<div role="group" aria-labelledby="${this.#id}-${section.group}"><p class="vb-palette-caption" id="${this.#id}-${section.group}">${section.label}</p>
      ${section.entries.map((entry) => this.#option(entry, index++))}</div>`);
  }

  #option(entry: Entry, index: number): TemplateResult {
    return html`<div role="option" id=${this.#optionId(index)} class="vb-palette-entry" aria-selected=${index === this.chosen ? 'true' : 'false'}
        @pointermove=${() => (this.chosen = index)} @click=${() => this.#run(entry)}>
      ${icon(entry.icon)}<span class="vb-palette-title">${entry.title}</span><span class="vb-palette-note">${entry.note}</span>
      ${entry.keys.length === 0 ? nothing : html`<span class="vb-palette-keys" aria-hidden="true">${entry.keys.map((key) => html`<kbd>${key}</kbd> `)}</span>`}</div>`;
  }

  readonly #optionId = (index: number): string => `${this.#id}-option-${index}`;

  #sections(): readonly Section[] {
    return matching([...commands(this.vaultState?.name ?? null), ...pages(this.forAdmin), ...this.#sources.vaultboxes, ...this.#sources.mail], this.question);
  }

  readonly #shortcut = (event: KeyboardEvent): void => {
    if (!(isApple ? event.metaKey : event.ctrlKey) || event.shiftKey || event.altKey || event.code !== 'KeyK') return;
    event.preventDefault();
    if (this.isOpen) this.#dialogElement()?.close();
    // Another dialog is open: what it asks comes first.
    else if (document.querySelector('dialog[open]') === null) void this.#open();
  };

  async #open(): Promise<void> {
    this.isOpen = true;
    await this.updateComplete;
    this.#dialogElement()?.showModal();
    await this.#sources.load(this.session);
    this.#sources.openMail(this.session);
  }

  #dialogElement(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }

  #closed(): void {
    this.isOpen = false;
    this.question = '';
    this.chosen = 0;
  }

  #backdrop(event: Event): void {
    if (event.target instanceof HTMLDialogElement) event.target.close();
  }

  #typed(event: InputEvent): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.question = event.target.value;
    this.chosen = 0;
    this.#sources.openMail(this.session);
  }

  #key(event: KeyboardEvent, shown: readonly Entry[]): void {
    const last = shown.length - 1;
    const to = { ArrowDown: this.chosen === last ? 0 : this.chosen + 1, ArrowUp: this.chosen === 0 ? last : this.chosen - 1 }[event.key];
    if (to !== undefined && last >= 0) {
      event.preventDefault();
      this.chosen = to;
      void this.updateComplete.then(() => this.querySelector(`#${this.#optionId(to)}`)?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement && shown[this.chosen] !== undefined) {
      event.preventDefault();
      this.#run(shown[this.chosen]!);
    }
  }

  #run(entry: Entry): void {
    this.#dialogElement()?.close();
    if ('href' in entry.run) go(entry.run.href);
    else if (entry.run.act === 'lock') void this.session.vault.lock();
    else if (entry.run.act === 'unlock') openUnlockDialog(this);
    else document.querySelector<HTMLElement>('[data-vb-theme-toggle]')?.click();
  }
}

/** As a link: the portal's router keeps what it can. */
function go(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  document.body.append(link);
  link.click();
  link.remove();
}
