// One test mail from sending to opening. Each step is reported when it happened, never before.
import type { Session } from './session.ts';
import { trouble, type Trouble } from './words.ts';
import type { ApiPassportEntry } from '../core/api-types.ts';

export type TestStep = 'accepted' | 'sealed' | 'stored' | 'opened';
export const testSteps: readonly TestStep[] = ['accepted', 'sealed', 'stored', 'opened'];

export interface TestProgress {
  /** When each step happened, or null. */
  readonly at: Readonly<Record<TestStep, Date | null>>;
  readonly detail: Readonly<Partial<Record<TestStep, string>>>;
  readonly messageId: string | null;
  readonly failure: (Trouble & { readonly step: TestStep }) | null;
  /** The vault is locked, or holds no key for this: the last step waits. */
  readonly waitsFor: 'unlock' | 'other-client' | null;
}

export const noProgress: TestProgress = { at: { accepted: null, sealed: null, stored: null, opened: null }, detail: {}, messageId: null, failure: null, waitsFor: null };

/** How long an accepted mail may take to be announced before the list is asked instead. */
const announceMs = 10_000;

export class TestMailRun {
  progress: TestProgress = noProgress;
  #ended = false;
  #subject = '';
  readonly #candidates: string[] = [];
  #wake: (() => void) | null = null;
  #endArrivals: (() => void) | null = null;

  constructor(
    private readonly session: Session,
    private readonly vaultboxId: string,
    private readonly changed: () => void,
  ) {}

  /** Ends listening; answers of earlier requests are ignored. */
  end(): void {
    this.#ended = true;
    this.#endArrivals?.();
    this.#wake?.();
  }

  async start(): Promise<void> {
    // Listen first: the mail may be stored before the answer is here.
    this.#endArrivals = this.session.api.arrivals(this.vaultboxId, (id) => {
      this.#candidates.push(id);
      this.#wake?.();
    });
    try {
      const answer = await this.session.api.sendTestMail(this.vaultboxId);
      this.#subject = answer.subject;
      this.#set({ detail: { accepted: answer.reply } });
    } catch (error) {
      this.#fail('accepted', error);
      return;
    }
    const id = await this.#find();
    if (this.#ended) return;
    if (id === null) {
      this.#reach('accepted', new Date());
      this.#set({ failure: { what: 'It was accepted, but it is not in the list yet.', next: 'Look at Mail in a minute, or send another.', code: 'not_announced', step: 'stored' } });
      return;
    }
    this.#set({ messageId: id });
    await this.#passport(id);
    await this.open();
  }

  /** The last step; again after an unlock. */
  async open(): Promise<void> {
    const id = this.progress.messageId;
    if (id === null || this.#ended || this.progress.at.opened !== null) return;
    const state = this.session.vault.state().name;
    this.#set({ failure: null, waitsFor: state === 'locked' ? 'unlock' : state === 'none' ? 'other-client' : null });
    if (state !== 'unlocked') return;
    try {
      const message = await this.session.vault.openMessage(this.vaultboxId, id);
      if (message.receipt.verdict !== 'verified') {
        this.#set({ failure: { what: "It opened, but its receipt doesn't match.", next: message.receipt.detail, code: `receipt_${message.receipt.verdict}`, step: 'opened' } });
        return;
      }
      this.#reach('opened', new Date(), 'in this browser; receipt verified');
    } catch (error) {
      if (trouble(error).code === 'key_not_held') this.#set({ waitsFor: 'other-client' });
      else this.#fail('opened', error);
    }
  }

  /** The announced message that is ours. Unlocked, its subject tells; locked, the first announced after sending is taken. */
  async #find(): Promise<string | null> {
    const deadline = Date.now() + announceMs;
    while (!this.#ended && Date.now() < deadline) {
      const id = this.#candidates.shift();
      if (id === undefined) await this.#nextArrival(deadline - Date.now());
      else if (await this.#isOurs(id)) return id;
    }
    return this.#ended ? null : this.#lookUp();
  }

  #nextArrival(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, ms));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #isOurs(id: string): Promise<boolean> {
    if (this.session.vault.state().name !== 'unlocked') return true;
    const page = await this.session.vault.listSummaries(this.vaultboxId, { limit: 20 }).catch(() => null);
    const row = page?.items.find((item) => item.id === id);
    return row === undefined || !row.opened || row.subject === this.#subject;
  }

  async #lookUp(): Promise<string | null> {
    if (this.session.vault.state().name !== 'unlocked') return null;
    const page = await this.session.vault.listSummaries(this.vaultboxId, { limit: 20 }).catch(() => null);
    return page?.items.find((item) => item.opened && item.subject === this.#subject)?.id ?? null;
  }

  async #passport(id: string): Promise<void> {
    const entries = (await this.session.api.passport(id).catch(() => null))?.items ?? [];
    if (this.#ended) return;
    for (const step of ['accepted', 'sealed', 'stored'] as const) {
      const entry = entries.find((e) => e.stage === step);
      if (entry !== undefined) this.#reach(step, new Date(entry.occurredAt), entryDetail(step, entry));
    }
    // It is announced only after it was stored, and stored only sealed: without a passport these are still true.
    for (const step of ['accepted', 'sealed', 'stored'] as const) if (this.progress.at[step] === null) this.#reach(step, new Date());
  }

  #reach(step: TestStep, at: Date, detail?: string): void {
    this.#set({ at: { ...this.progress.at, [step]: at }, detail: detail === undefined ? this.progress.detail : { ...this.progress.detail, [step]: detail } });
    if (step === 'opened') this.#endArrivals?.();
  }

  #fail(step: TestStep, error: unknown): void {
    this.#set({ failure: { ...trouble(error), step } });
  }

  #set(change: Partial<TestProgress>): void {
    if (this.#ended) return;
    this.progress = { ...this.progress, ...change };
    this.changed();
  }
}

function entryDetail(step: TestStep, entry: ApiPassportEntry): string | undefined {
  if (entry.reason !== null && entry.reason !== '') return entry.reason;
  if (step !== 'accepted' || entry.smtpCode === null) return undefined;
  return [entry.smtpCode, entry.enhancedCode].filter((part) => part !== null).join(' ');
}
