// The rows of one vaultbox as far as they are loaded: opened while the vault is unlocked, sealed while it is locked.
import type { Session } from '../session.ts';
import { trouble, type Trouble } from '../words.ts';
import type { MailRow, SealedRow } from './row-words.ts';
import { isUnread } from './row-words.ts';

/** Rows asked for at a time. */
const pageSize = 100;

interface LoadedPage { readonly items: readonly MailRow[]; readonly next: string | null }
type Source = Pick<Session, 'vault' | 'api'>;

export class Mailbox {
  rows: readonly MailRow[] = [];
  next: string | null = null;
  status: 'loading' | 'ready' | 'failed' = 'loading';
  failure: Trouble | null = null;
  loadingMore = false;
  /** A later load makes the answers of an earlier one void. */
  #turn = 0;

  constructor(
    readonly vaultboxId: string,
    private readonly source: Source,
    private readonly changed: () => void,
  ) {}

  get unread(): number {
    return this.rows.filter(isUnread).length;
  }

  /** Loads from the top; rows already shown stay until the answer is there. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    this.status = 'loading';
    this.failure = null;
    this.loadingMore = false;
    this.changed();
    try {
      this.#accept(turn, await this.#page(null), (page) => page.items);
    } catch (error) {
      this.#fail(turn, error);
    }
  }

  async more(): Promise<void> {
    if (this.next === null || this.loadingMore || this.status !== 'ready') return;
    const turn = this.#turn;
    this.loadingMore = true;
    this.changed();
    try {
      this.#accept(turn, await this.#page(this.next), (page) => append(this.rows, page.items));
    } catch (error) {
      this.#fail(turn, error);
    }
  }

  /** New mail on top; answers how many rows are new. */
  async refresh(): Promise<number> {
    const turn = this.#turn;
    if (this.status !== 'ready') return 0;
    const page = await this.#page(null).catch(() => null);
    if (page === null || turn !== this.#turn) return 0;
    const known = new Set(this.rows.map((row) => row.id));
    const fresh = page.items.filter((row) => !known.has(row.id));
    const joins = page.items.length !== fresh.length || this.rows.length === 0;
    this.rows = joins ? mergeTop(this.rows, page.items) : page.items;
    if (!joins || known.size === 0) this.next = page.next;
    this.changed();
    return fresh.length;
  }

  /** At once and without asking anyone: nothing opened stays in memory here. What was being loaded is dropped, and is still to be loaded. */
  seal(): void {
    this.#turn += 1;
    this.rows = this.rows.map(sealed);
    this.loadingMore = false;
    this.changed();
  }

  async markSeen(id: string): Promise<void> {
    const row = this.rows.find((r) => r.id === id);
    if (row === undefined || !isUnread(row)) return;
    const flags = [...row.flags, '\\Seen'];
    await this.source.vault.setFlags(id, flags);
    this.rows = this.rows.map((r) => (r.id === id ? { ...r, flags } : r));
    this.changed();
  }

  async #page(after: string | null): Promise<LoadedPage> {
    if (this.source.vault.state().name === 'unlocked') return this.source.vault.listSummaries(this.vaultboxId, { after, limit: pageSize });
    const page = await this.source.api.summaries(this.vaultboxId, { after, limit: pageSize });
    return { items: page.items.map(sealed), next: page.next };
  }

  #accept(turn: number, page: LoadedPage, rowsOf: (page: LoadedPage) => readonly MailRow[]): void {
    if (turn !== this.#turn) return;
    this.rows = rowsOf(page);
    this.next = page.next;
    this.status = 'ready';
    this.loadingMore = false;
    this.changed();
  }

  #fail(turn: number, error: unknown): void {
    if (turn !== this.#turn) return;
    this.failure = trouble(error);
    this.status = 'failed';
    this.loadingMore = false;
    this.changed();
  }
}

function sealed(row: Pick<MailRow, 'id' | 'uid' | 'receivedAt' | 'size' | 'flags'>): SealedRow {
  return { id: row.id, uid: row.uid, receivedAt: row.receivedAt, size: row.size, flags: row.flags, sealed: true };
}

/** Rows that moved between pages while loading appear once. */
function append(rows: readonly MailRow[], more: readonly MailRow[]): readonly MailRow[] {
  const known = new Set(rows.map((row) => row.id));
  return [...rows, ...more.filter((row) => !known.has(row.id))];
}

function mergeTop(rows: readonly MailRow[], top: readonly MailRow[]): readonly MailRow[] {
  const ids = new Set(top.map((row) => row.id));
  return [...top, ...rows.filter((row) => !ids.has(row.id))];
}
