// The list: a grid with one tab stop, drawn only where it is looked at.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { dayGroup, listTime, utcTime } from '../dates.ts';
import { icon, uniqueId } from '../island.ts';
import { plural } from '../words.ts';
import { listWindow, offsets, scrollToShow, toLines, type Line } from './list-window.ts';
import { rowWords, type MailRow, type RowWords } from './row-words.ts';

const narrow = matchMedia('(max-width: 600px)');

export class MailList extends LitElement {
  @property({ attribute: false }) rows: readonly MailRow[] = [];
  @property({ attribute: false }) openId: string | null = null;
  @property({ attribute: false }) loadingMore = false;
  @property() label = 'Messages';
  readonly #id = uniqueId('vb-rows');
  #lines: readonly Line<MailRow>[] = [];
  #tops = new Float64Array(1);
  #active = 0;
  #now = new Date();
  #observer: ResizeObserver | null = null;
  readonly #onNarrow = (): void => this.#measure();

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new ResizeObserver(() => this.requestUpdate());
    this.#observer.observe(this);
    narrow.addEventListener('change', this.#onNarrow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    narrow.removeEventListener('change', this.#onNarrow);
  }

  /** Puts the cursor on a row and the focus on the grid. */
  focusRow(id: string | null): void {
    const index = this.rows.findIndex((row) => row.id === id);
    if (index >= 0) this.#active = index;
    this.#grid()?.focus();
    this.#reveal();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rows')) {
      const before = changed.get('rows')?.[this.#active]?.id;
      const at = this.rows.findIndex((row) => row.id === before);
      this.#active = Math.max(0, at >= 0 ? at : Math.min(this.#active, this.rows.length - 1));
      this.#measure();
    }
    if (changed.has('openId') && this.openId !== null) {
      const at = this.rows.findIndex((row) => row.id === this.openId);
      if (at >= 0) this.#active = at;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('openId') && this.openId !== null) this.#reveal();
    this.#askForMore();
  }

  protected override render(): TemplateResult {
    const view = listWindow(this.#tops, this.scrollTop, this.clientHeight);
    const height = this.#tops[this.#tops.length - 1] ?? 0;
    return html`<div role="grid" class="vb-mail-rows" tabindex="0" aria-label=${this.label} aria-rowcount=${this.rows.length}
        aria-activedescendant=${this.rows.length === 0 ? nothing : this.#rowId(this.#active)} .style=${`height:${height}px`}
        @keydown=${(e: KeyboardEvent) => this.#key(e)} @focus=${() => this.#reveal()}>
      <div role="rowgroup" class="vb-mail-window" .style=${`transform:translateY(${view.top}px)`}>
        ${this.#lines.slice(view.from, view.to).map((line) => (line.row === null ? heading(line.heading) : this.#row(line.row, line.index)))}
      </div>
    </div>
    ${this.loadingMore ? html`<p class="vb-mail-more vb-caption">${icon('loader-circle', 'vb-icon-16 vb-spin')} Loading older mail</p>` : nothing}`;
  }

  #row(row: MailRow, index: number): TemplateResult {
    const words = rowWords(row);
    const at = new Date(row.receivedAt);
    const time = listTime(at, this.#now);
    const classes = `vb-mail-row${words.unread ? ' vb-unread' : ''}${index === this.#active ? ' vb-active' : ''}`;
    return html`<div role="row" id=${this.#rowId(index)} class=${classes} aria-rowindex=${index + 1} aria-selected=${row.id === this.openId ? 'true' : 'false'}
        @click=${() => this.#choose(index, false)}>
      <div role="gridcell" class="vb-mail-cell">
        ${words.unread && row.sealed !== true ? html`<span class="vb-visually-hidden">Unread</span>` : nothing}
        ${row.sealed === true ? sealedContent(row, words) : openContent(words)}
        <time class="vb-mail-time" datetime=${row.receivedAt} title=${utcTime(at)}>${words.attachments > 0 ? html`${icon('paperclip', 'vb-icon-16')}<span class="vb-visually-hidden">${plural(words.attachments, 'attachment', 'attachments')},</span>` : nothing}${time}</time>
      </div>
    </div>`;
  }

  #measure(): void {
    this.#now = new Date();
    const heights = narrow.matches ? { heading: 32, row: 84 } : { heading: 30, row: 78 };
    this.#lines = toLines(this.rows, (row) => dayGroup(new Date(row.receivedAt), this.#now));
    this.#tops = offsets(this.#lines, heights);
    this.requestUpdate();
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.clientHeight / 78) - 1);
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.rows.length, End: this.rows.length };
    const move = moves[event.key];
    if (move !== undefined) this.moveBy(move);
    else if (event.key === 'Enter' || event.key === ' ') this.#choose(this.#active, true);
    else return;
    event.preventDefault();
  }

  moveBy(step: number): void {
    this.#active = Math.min(Math.max(0, this.#active + step), Math.max(0, this.rows.length - 1));
    this.#reveal();
  }

  get activeId(): string | null {
    return this.rows[this.#active]?.id ?? null;
  }

  #choose(index: number, byKey: boolean): void {
    const row = this.rows[index];
    if (row === undefined) return;
    this.#active = index;
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('vb-choose', { detail: { id: row.id, byKey } }));
  }

  #reveal(): void {
    const line = this.#lines.findIndex((l) => l.row !== null && l.index === this.#active);
    if (line >= 0) this.scrollTop = scrollToShow(this.#tops, line, this.scrollTop, this.clientHeight);
    this.requestUpdate();
  }

  /** Scrolling is wired by the class itself: the element is its own scroll port. */
  constructor() {
    super();
    this.addEventListener('scroll', () => this.requestUpdate(), { passive: true });
  }

  #askForMore(): void {
    const left = (this.#tops[this.#tops.length - 1] ?? 0) - this.scrollTop - this.clientHeight;
    if (left < 1200) this.dispatchEvent(new CustomEvent('vb-more'));
  }

  readonly #rowId = (index: number): string => `${this.#id}-${index}`;
  readonly #grid = (): HTMLElement | null => this.querySelector<HTMLElement>('[role=grid]');
}

const heading = (text: string): TemplateResult =>
  html`<div role="row" class="vb-mail-group"><span role="rowheader">${text}</span></div>`;

function openContent(words: RowWords): TemplateResult {
  return html`<span class="vb-mail-who">${words.who}</span><span class="vb-mail-subject">${words.subject}</span>
    <span class="vb-mail-text">${words.mark === null ? nothing : html`<span class="vb-chip vb-chip-warn">${icon('triangle-alert')}${words.mark}</span>`}
      <span class="vb-truncate">${words.text}</span></span>`;
}

/** Bars whose widths come from the id: the same row always looks the same, and says nothing. */
function sealedContent(row: MailRow, words: RowWords): TemplateResult {
  const seed = Number.parseInt(row.id.slice(-4), 16) || 0;
  return html`${icon('mail', 'vb-mail-sealed')}<span class="vb-skeleton" .style=${`width:${24 + (seed % 17)}%`}></span>
    <span class="vb-skeleton" .style=${`width:${60 + ((seed >> 5) % 32)}%`}></span><span class="vb-mail-text">${words.text}</span>`;
}
