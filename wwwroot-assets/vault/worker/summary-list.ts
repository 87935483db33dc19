// The list: sealed summaries fetched and opened, each row for itself.
import { VaultError, type SummaryFailure, type SummaryPage, type SummaryRow } from '../client/contract.ts';
import type { ApiSummary, Page } from '../core/api-types.ts';
import { base64Decode, sha256Hex } from '../core/encoding.ts';
import type { HpkeRecipient } from '../core/hpke.ts';
import { openSummary, type Summary } from '../core/summary.ts';
import { WeightedCache } from './cache.ts';
import type { Session } from './session.ts';

const cachedRows = 20_000;
const maxPage = 200;

interface CachedSummary { readonly sealed: string; readonly summary: Summary }

export class SummaryList {
  readonly #session: Session;
  readonly #opened = new WeightedCache<CachedSummary>(cachedRows);
  /** SHA-256 of the sealed summary that the list showed, null where there was none; what the receipt must agree with. */
  readonly #shown = new Map<string, string | null>();

  constructor(session: Session) {
    this.#session = session;
  }

  shownHash(messageId: string): string | null | undefined {
    return this.#shown.get(messageId);
  }

  /** What the list showed of it; its hash is what the receipt must agree with. */
  shown(messageId: string): Summary | null {
    return this.#opened.get(messageId)?.summary ?? null;
  }

  async page(vaultboxId: string, after: string | null, limit: number, keys: readonly HpkeRecipient[]): Promise<SummaryPage> {
    const path = `/vaultboxes/${encodeURIComponent(vaultboxId)}/summaries`;
    const answer = await this.#session.api.get<Page<ApiSummary>>(path, { limit: String(Math.min(Math.max(1, limit), maxPage)), after });
    return { items: await Promise.all(answer.items.map((item) => this.#row(vaultboxId, item, keys))), next: answer.next };
  }

  async #row(vaultboxId: string, item: ApiSummary, keys: readonly HpkeRecipient[]): Promise<SummaryRow> {
    const base = { id: item.id, uid: item.uid, receivedAt: item.receivedAt, size: item.size, flags: item.flags, outerSender: item.sender };
    try {
      const summary = await this.#open(vaultboxId, item, keys);
      return summary === null ? { ...base, opened: false, reason: 'no_summary' } : { ...base, opened: true, ...summary };
    } catch (error) {
      return { ...base, opened: false, reason: failure(error) };
    }
  }

  async #open(vaultboxId: string, item: ApiSummary, keys: readonly HpkeRecipient[]): Promise<Summary | null> {
    if (item.summary === null) {
      this.#shown.set(item.id, null);
      return null;
    }
    const cached = this.#opened.get(item.id);
    if (cached?.sealed === item.summary) return cached.summary;
    const bytes = base64Decode(item.summary);
    const hash = await sha256Hex(bytes);
    this.#shown.set(item.id, hash);
    if (keys.length === 0) throw new VaultError('key_not_held', 'No reading key here.');
    const summary = await openSummary(bytes, keys, { vaultboxId, messageId: item.id, contentSha256: item.contentSha256 });
    this.#opened.set(item.id, { sealed: item.summary, summary }, 1);
    return summary;
  }
}

const failures: readonly SummaryFailure[] = ['no_summary', 'key_not_held', 'summary_malformed', 'summary_unopened'];

/** Whatever went wrong with one row stays with that row. */
function failure(error: unknown): SummaryFailure {
  return (error instanceof VaultError ? failures.find((known) => known === error.code) : undefined) ?? 'summary_malformed';
}
