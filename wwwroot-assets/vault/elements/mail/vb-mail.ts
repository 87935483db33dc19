// The mail page: vaultbox picker, list and reading pane. The URL says which vaultbox and message; locking wipes what was opened.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Island, icon } from '../island.ts';
import { count, plural, trouble, type Trouble } from '../words.ts';
import { Mailbox } from './mailbox.ts';
import { mailUrl, readMailUrl, type MailPlace } from './mail-url.ts';
import { noVaultboxes, noMessageChosen, noKeysHere, emptyList, failedList, listSkeleton, picker } from './mail-states.ts';
import type { MailList } from './vb-mail-list.ts';
import type { Reader } from './vb-reader.ts';
import type { ApiVaultbox } from '../../core/api-types.ts';
import type { VaultEvent, VaultState } from '../../client/contract.ts';

export class MailPage extends Island {
  /** Used when the URL names no vaultbox. */
  @property({ attribute: 'vaultbox-id' }) vaultboxId = '';
  @state() private boxes: readonly ApiVaultbox[] | null = null;
  @state() private failure: Trouble | null = null;
  @state() private place: MailPlace = { vaultboxId: null, messageId: null };
  @state() private news = '';
  #mailbox: Mailbox | null = null;
  #endArrivals: (() => void) | null = null;
  readonly #onPop = (): void => this.#go(readMailUrl(location.pathname));
  readonly #onKey = (event: KeyboardEvent): void => this.#key(event);

  override connectedCallback(): void {
    super.connectedCallback();
    this.place = readMailUrl(location.pathname);
    window.addEventListener('popstate', this.#onPop);
    // Capture: elements let no key event out.
    document.addEventListener('keydown', this.#onKey, { capture: true });
    void this.#loadBoxes();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.#onPop);
    document.removeEventListener('keydown', this.#onKey, { capture: true });
    this.#endArrivals?.();
    this.#endArrivals = null;
    this.#mailbox = null;
  }

  protected override vaultChanged(vault: VaultState, event: VaultEvent | null): void {
    if (vault.name !== 'unlocked') {
      this.#reader()?.close();
      this.#mailbox?.seal();
    }
    if (vault.name === 'unlocked' && this.querySelector('vb-unlock')?.contains(document.activeElement) === true) this.#focusAfterUnlock();
    if (this.#mailbox === null) this.#showBox();
    else if (event !== null || this.#mailbox.status === 'loading') void this.#mailbox.load();
  }

  protected override render(): TemplateResult {
    if (this.boxes !== null && this.boxes.length === 0) return noVaultboxes();
    const box = this.#box();
    const reading = this.place.messageId !== null;
    return html`<div class="vb-mail" data-pane=${reading ? 'reader' : 'list'}>
      <section class="vb-mail-list" aria-label="Message list">
        <header class="vb-mail-head"><h2>Inbox</h2><span class="vb-muted vb-small">${this.#tally(box)}</span>
          ${this.boxes === null ? nothing : picker(this.boxes, box, (id) => this.#pick(id))}</header>
        ${box?.needsKey === true ? needsKey(box) : nothing}
        ${this.#list()}
      </section>
      <section class="vb-mail-reader" aria-label="Reading">${this.#pane(box)}</section>
      <span class="vb-visually-hidden" role="status">${this.news}</span>
    </div>`;
  }

  #list(): TemplateResult {
    const mailbox = this.#mailbox;
    if (this.failure !== null) return failedList(this.failure, () => void this.#loadBoxes());
    if (this.startFailure !== null) return failedList(trouble(this.startFailure), () => location.reload());
    if (mailbox === null) return listSkeleton();
    if (mailbox.rows.length === 0 && mailbox.status === 'failed' && mailbox.failure !== null) return failedList(mailbox.failure, () => void mailbox.load());
    if (mailbox.rows.length === 0) return mailbox.status === 'loading' ? listSkeleton() : emptyList();
    return html`<vb-mail-list .rows=${mailbox.rows} .openId=${this.place.messageId} .loadingMore=${mailbox.loadingMore}
        @vb-choose=${(e: CustomEvent<{ id: string; byKey: boolean }>) => this.#choose(e.detail.id, e.detail.byKey)} @vb-more=${() => void mailbox.more()}></vb-mail-list>
      ${mailbox.status === 'failed' && mailbox.failure !== null ? failedList(mailbox.failure, () => void mailbox.load()) : nothing}`;
  }

  #pane(box: ApiVaultbox | null): TemplateResult | typeof nothing {
    if (this.vaultState === null) return nothing;
    const back = html`<button type="button" class="vb-button vb-button-quiet vb-pane-back" @click=${() => this.#back()}>${icon('arrow-left')}Inbox</button>`;
    if (this.vaultState.name === 'locked') {
      return html`<div class="vb-pane-centre">${back}<vb-unlock class="vb-card vb-card-raised" .sealedCount=${box?.messageCount ?? 0}></vb-unlock></div>`;
    }
    if (this.vaultState.name === 'none') return html`<div class="vb-pane-centre">${back}${noKeysHere(box)}</div>`;
    if (this.place.messageId === null || this.place.vaultboxId === null) return noMessageChosen();
    return html`<vb-reader .vaultboxId=${this.place.vaultboxId} .messageId=${this.place.messageId}
      @vb-back=${() => this.#back()} @vb-step=${(e: CustomEvent<number>) => this.#step(e.detail)} @vb-opened=${(e: CustomEvent<string>) => void this.#opened(e.detail)}
      @vb-frame-key=${(e: CustomEvent<{ key: string }>) => this.#act(e.detail.key)}></vb-reader>`;
  }

  #tally(box: ApiVaultbox | null): string {
    const mailbox = this.#mailbox;
    if (mailbox === null || box === null) return '';
    if (this.vaultState?.name !== 'unlocked') return `${count(Math.max(box.messageCount, mailbox.rows.length))} sealed`;
    const unread = mailbox.unread;
    return unread === 0 ? '' : `${count(unread)}${mailbox.next === null ? '' : '+'} unread`;
  }

  async #loadBoxes(): Promise<void> {
    this.failure = null;
    try {
      this.boxes = (await this.session.api.vaultboxes()).items;
      this.#showBox();
    } catch (error) {
      this.failure = trouble(error);
    }
  }

  #box(): ApiVaultbox | null {
    const wanted = this.place.vaultboxId ?? this.vaultboxId.toLowerCase();
    return this.boxes?.find((b) => b.id === wanted) ?? (this.place.vaultboxId === null ? this.boxes?.[0] : undefined) ?? null;
  }

  /** Opens the chosen vaultbox's list, once both it and the vault's state are known. */
  #showBox(): void {
    const box = this.#box();
    if (this.boxes === null || this.vaultState === null || !this.isConnected) return;
    if (box === null) {
      if (this.boxes.length > 0) this.failure = { what: 'This vaultbox is not here, or no longer.', next: 'Choose another.', code: 'not_found' };
      return;
    }
    this.failure = null;
    if (this.#mailbox?.vaultboxId === box.id) return;
    if (this.place.vaultboxId === null) this.#replace({ vaultboxId: box.id, messageId: null });
    this.#mailbox = new Mailbox(box.id, this.session, () => this.requestUpdate());
    void this.#mailbox.load();
    this.#endArrivals?.();
    this.#endArrivals = this.session.api.arrivals(box.id, () => void this.#arrived());
  }

  async #arrived(): Promise<void> {
    const fresh = (await this.#mailbox?.refresh()) ?? 0;
    if (fresh === 0) return;
    this.news = plural(fresh, 'new message', 'new messages');
    // The count of sealed messages comes from the server's own number.
    this.boxes = (await this.session.api.vaultboxes().catch(() => null))?.items ?? this.boxes;
  }

  #pick(id: string): void {
    this.#push({ vaultboxId: id, messageId: null });
    this.#showBox();
  }

  #choose(id: string, byKey: boolean): void {
    const box = this.#box();
    if (box === null) return;
    this.#push({ vaultboxId: box.id, messageId: id });
    void this.updateComplete.then(() => this.#focusReader(byKey || this.#onePane()));
  }

  #focusReader(wanted: boolean): void {
    const reader = this.#reader();
    if (reader !== null) reader.focusWhenOpen = wanted;
    else if (wanted) this.querySelector<HTMLElement>('.vb-mail-reader input')?.focus();
  }

  /** The card that held the focus goes: what it stood for takes over. */
  #focusAfterUnlock(): void {
    this.requestUpdate();
    void this.updateComplete.then(() => (this.place.messageId === null ? this.#rows()?.focusRow(null) : this.#focusReader(true)));
  }

  #back(): void {
    const from = this.place.messageId;
    this.#push({ vaultboxId: this.place.vaultboxId, messageId: null });
    void this.updateComplete.then(() => this.#rows()?.focusRow(from));
  }

  /** The message before or after the cursor; opens it when one is being read. */
  #step(by: number): void {
    const list = this.#rows();
    if (list === null) return;
    list.moveBy(by);
    const id = list.activeId;
    if (this.place.messageId === null || id === null || id === this.place.messageId) return;
    const reading = this.#reader()?.contains(document.activeElement) === true;
    this.#replace({ ...this.place, messageId: id });
    this.#focusReader(reading);
  }

  async #opened(id: string): Promise<void> {
    // A flag that could not be set only leaves the dot; the next opening tries again.
    await this.#mailbox?.markSeen(id).catch(() => undefined);
  }

  #key(event: KeyboardEvent): void {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
    if (target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], [popover]:popover-open') !== null) return;
    if (event.key === 'Escape' && target instanceof HTMLElement && target !== document.body && !this.contains(target)) return;
    this.#act(event.key);
  }

  #act(key: string): void {
    if (key === 'j' || key === 'J') this.#step(1);
    else if (key === 'k' || key === 'K') this.#step(-1);
    else if (key === 'Escape' && this.#reader()?.closeFacts() !== true && this.place.messageId !== null) this.#back();
  }

  #push(place: MailPlace): void {
    if (mailUrl(place) !== location.pathname) history.pushState(null, '', mailUrl(place));
    this.place = place;
  }

  #replace(place: MailPlace): void {
    history.replaceState(null, '', mailUrl(place));
    this.place = place;
  }

  #go(place: MailPlace): void {
    this.place = place;
    this.#showBox();
  }

  readonly #onePane = (): boolean => matchMedia('(max-width: 600px)').matches;
  readonly #rows = (): MailList | null => this.querySelector<MailList>('vb-mail-list');
  readonly #reader = (): Reader | null => this.querySelector<Reader>('vb-reader');
}

const needsKey = (box: ApiVaultbox): TemplateResult => html`<div class="vb-alert vb-alert-warn vb-mail-notice" role="status">${icon('triangle-alert')}
  <div><strong>This address has no valid key.</strong> Mail waits at its senders until you <a href="/vaultboxes/${box.id}/keys">add a key</a>.</div></div>`;
