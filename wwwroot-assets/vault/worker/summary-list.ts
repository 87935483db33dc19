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

/** What the list showed of a message: the sealed summary, its SHA-256, what it was to be bound to, and what came out; all of one answer. */
interface Shown { readonly sealed: string | null; readonly hash: string | null; readonly binding: string; readonly summary: Summary | null }

export class SummaryList {
  readonly #session: Session;
  readonly #shown = new WeightedCache<Shown>(cachedRows);

  constructor(session: Session) {
    this.#session = session;
  }

  /** SHA-256 of the sealed summary that the list showed, null where there was none; what the receipt must agree with. */
  shownHash(messageId: string): string | null | undefined {
    return this.#shown.get(messageId)?.hash;
  }

  /** The sealed summary itself, base64. */
  shownSealed(messageId: string): string | null {
    return this.#shown.get(messageId)?.sealed ?? null;
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
    const binding = `${vaultboxId} ${item.contentSha256}`;
    const known = this.#shown.get(item.id);
    if (known?.summary != null && known.sealed === item.summary && known.binding === binding) return known.summary;
    this.#shown.delete(item.id);
    const bytes = item.summary === null ? null : base64Decode(item.summary);
    const shown = { sealed: item.summary, hash: bytes === null ? null : await sha256Hex(bytes), binding };
    this.#shown.set(item.id, { ...shown, summary: null }, 1);
    if (bytes === null) return null;
    if (keys.length === 0) throw new VaultError('key_not_held', 'No reading key here.');
    const summary = await openSummary(bytes, keys, { vaultboxId, messageId: item.id, contentSha256: item.contentSha256 });
    this.#shown.set(item.id, { ...shown, summary }, 1);
    return summary;
  }
}

const failures: readonly SummaryFailure[] = ['no_summary', 'key_not_held', 'summary_malformed', 'summary_unopened'];

/** Whatever went wrong with one row stays with that row. */
function failure(error: unknown): SummaryFailure {
  return (error instanceof VaultError ? failures.find((known) => known === error.code) : undefined) ?? 'summary_malformed';
}
