// The vault as the main thread sees it: requests to the worker, the idle lock and sanitising of HTML.
import { checkCertificateText } from '../core/certificate-text.ts';
import { passphraseStrength, suggestPassphrase } from '../core/passphrase.ts';
import {
  VaultError, type CertificateCheck, type GeneratedKeys, type KeyGenerationProgress, type LockReason,
  type OpenedMessage, type PassphraseStrength, type StoredKeys, type SummaryPage,
  type KitAnswer, type UnlockSecret, type UnlockWay, type VaultClient, type VaultInit, type VaultKeyInfo, type VaultListener, type VaultState,
} from './contract.ts';
import { IdleClock } from './idle-clock.ts';
import { WorkerCalls, type WorkerFactory } from './rpc.ts';
import { TabMemory } from './tab-memory.ts';
import type { MethodName, Params, RawMessage, Result, SessionInfo } from '../worker/protocol.ts';

const defaultIdleMinutes = 15;
/** The worker is told of activity at most this often. */
const touchIntervalMs = 5_000;

/** Starts the bundled worker that stands beside the bundled client. */
export const bundledWorker: WorkerFactory = () => new Worker(new URL('./vault.worker.js', import.meta.url), { type: 'module', name: 'vault' });

export class WorkerVaultClient implements VaultClient {
  readonly #factory: WorkerFactory;
  readonly #listeners = new Set<VaultListener>();
  readonly #clock = new IdleClock((msLeft) => this.#onClock(msLeft));
  readonly #tab = new TabMemory((accountId) => this.#onOtherTab(accountId));
  #calls: WorkerCalls | null = null;
  #ready: Promise<void> | null = null;
  #options: VaultInit | null = null;
  #idleMinutes = defaultIdleMinutes;
  #session: SessionInfo = { hasVaultKey: false, unlocked: false, lockAt: null, keptId: null };
  #lastTouch = 0;

  constructor(factory: WorkerFactory = bundledWorker) {
    this.#factory = factory;
  }

  async init(options: VaultInit): Promise<VaultState> {
    this.#options = options;
    this.#idleMinutes = options.idleMinutes ?? this.#tab.idleMinutes() ?? defaultIdleMinutes;
    this.#calls?.end();
    await this.#restart(this.#tab.keptId());
    // Loaded while nothing waits for it: the first message opens without it otherwise.
    void import('../core/sanitize.ts');
    return this.state();
  }

  state(): VaultState {
    const { hasVaultKey, unlocked, lockAt } = this.#session;
    return {
      name: unlocked ? 'unlocked' : hasVaultKey ? 'locked' : 'none',
      lockAt: unlocked ? lockAt : null,
      idleMinutes: this.#idleMinutes,
      keepUnlocked: this.#options?.keepUnlocked ?? true,
    };
  }

  subscribe(listener: VaultListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  generateKeys(options: { vaultboxId: string; address: string }, progress?: (p: KeyGenerationProgress) => void): Promise<GeneratedKeys> {
    return this.#call('generateKeys', options, progress);
  }

  async lockAndStoreKeys(options: { vaultboxId: string; address: string; passphrase?: string }): Promise<StoredKeys> {
    const { stored, session } = await this.#call('lockAndStoreKeys', { ...options, passphrase: options.passphrase ?? null });
    this.#apply(session, null);
    return stored;
  }

  async unlock(passphrase: string): Promise<VaultState> {
    this.#apply(await this.#call('unlock', { secret: { passphrase } }), null);
    return this.state();
  }

  async unlockWithKit(words: string): Promise<VaultState> {
    this.#apply(await this.#call('unlock', { secret: { words } }), null);
    return this.state();
  }

  async tryKit(words: string): Promise<void> {
    await this.#call('trySecret', { secret: { words } });
  }

  unlockMethods(): Promise<readonly UnlockWay[]> {
    return this.#call('unlockMethods', {});
  }

  async changePassphrase(options: { current: UnlockSecret; next: string }): Promise<VaultState> {
    this.touch();
    this.#apply(await this.#call('changePassphrase', options), null);
    return this.state();
  }

  makeRecoveryKit(current: UnlockSecret | null = null): Promise<readonly string[]> {
    this.touch();
    return this.#call('makeKit', { current });
  }

  askRecoveryKit(): Promise<readonly number[]> {
    return this.#call('askKit', {});
  }

  checkRecoveryKit(answers: readonly KitAnswer[]): Promise<readonly number[]> {
    return this.#call('checkKit', { answers });
  }

  async confirmRecoveryKit(): Promise<void> {
    await this.#call('confirmKit', {});
  }

  async forgetRecoveryKit(): Promise<void> {
    await this.#call('forgetKit', {});
  }

  async lock(): Promise<void> {
    await this.#lockNow('user', 'account');
    this.#tab.announceLock(this.#options?.accountId ?? '');
  }

  async signOut(): Promise<void> {
    await this.#lockNow('sign-out', 'account');
    this.#tab.announceLock(this.#options?.accountId ?? '');
  }

  touch(): void {
    const now = Date.now();
    if (!this.#session.unlocked || now - this.#lastTouch < touchIntervalMs) return;
    this.#lastTouch = now;
    this.#call('touch', { idleMs: this.#idleMinutes * 60_000 }).then(
      (session) => {
        if (session.unlocked) this.#apply(session, null);
        else if (this.#session.unlocked) void this.#lockNow('idle', 'tab');
      },
      () => undefined,
    );
  }

  setIdleMinutes(minutes: number): void {
    this.#idleMinutes = Math.min(Math.max(1, Math.round(minutes)), 24 * 60);
    this.#tab.rememberIdleMinutes(this.#idleMinutes);
    this.#lastTouch = 0;
    this.touch();
  }

  listSummaries(vaultboxId: string, options: { after?: string | null; limit?: number } = {}): Promise<SummaryPage> {
    return this.#call('listSummaries', { vaultboxId, after: options.after ?? null, limit: options.limit ?? 50 });
  }

  readonly openMessage: VaultClient['openMessage'] = async (vaultboxId, messageId, options = {}) =>
    this.#sanitised(await this.#active('openMessage', { vaultboxId, messageId, despiteReceipt: options.despiteReceipt ?? false }));
  readonly openOldMessage: VaultClient['openOldMessage'] = async (options) => this.#sanitised(await this.#active('openOldMessage', options));
  readonly attachment: VaultClient['attachment'] = (messageId, attachmentId) => this.#active('attachment', { messageId, attachmentId });
  readonly source: VaultClient['source'] = (messageId) => this.#active('source', { messageId });

  async setFlags(messageId: string, flags: readonly string[]): Promise<void> {
    await this.#call('setFlags', { messageId, flags });
  }

  listKeys(vaultboxId: string): Promise<readonly VaultKeyInfo[]> {
    return this.#call('listKeys', { vaultboxId });
  }

  trustReceiptKey(): Promise<{ fingerprint: string }> {
    return this.#call('trustReceiptKey', {});
  }

  readonly addMailKey: VaultClient['addMailKey'] = (options) => this.#active('addMailKey', options);
  readonly importMailKey: VaultClient['importMailKey'] = (options) => this.#active('importMailKey', options);
  readonly openKeyNote: VaultClient['openKeyNote'] = async (options) => (await this.#active('openKeyNote', options)).code;
  readonly exportPkcs12: VaultClient['exportPkcs12'] = (options) =>
    this.#active('exportPkcs12', { ...options, fingerprint: options.fingerprint ?? null, older: options.older ?? false });

  exportCertificatePem(vaultboxId: string): Promise<{ fileName: string; pem: string }> {
    return this.#call('exportCertificatePem', { vaultboxId });
  }

  checkCertificateText(text: string): CertificateCheck {
    return checkCertificateText(text);
  }

  passphraseStrength(passphrase: string): PassphraseStrength {
    return passphraseStrength(passphrase);
  }

  suggestPassphrase(words = 6): string {
    return suggestPassphrase(words);
  }

  /** A fresh worker. Calls made meanwhile wait for it; a failure (no network) is told to the caller and mended by the next call. */
  #restart(keptId: string | null, forget: { keptId: string | null } | null = null): Promise<void> {
    const calls = new WorkerCalls(this.#factory);
    this.#calls = calls;
    const ready = (async () => {
      const accountId = this.#options?.accountId ?? '';
      if (forget !== null) await calls.call('forget', { accountId, ...forget });
      this.#apply(await this.#begin(calls, keptId), null);
    })();
    this.#ready = ready.catch(() => {
      if (this.#calls === calls) this.#ready = null;
    });
    return ready;
  }

  #begin(calls: WorkerCalls, keptId: string | null): Promise<SessionInfo> {
    const options = this.#options;
    if (options === null) throw new VaultError('internal', 'The vault was not started.');
    return calls.call('init', {
      origin: location.origin,
      antiforgery: options.antiforgery,
      accountId: options.accountId,
      idleMs: this.#idleMinutes * 60_000,
      keepUnlocked: options.keepUnlocked ?? true,
      keptId,
    });
  }

  /** Waits until the worker is started, also when it is exchanged while waiting. */
  async #settled(): Promise<void> {
    let ready: Promise<void> | null;
    do {
      if (this.#ready === null) await this.#restart(null);
      ready = this.#ready;
      await ready;
    } while (ready !== this.#ready);
  }

  /** What somebody does by hand: puts the idle lock off. */
  #active<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
    this.touch();
    return this.#call(method, params);
  }

  async #call<M extends MethodName>(method: M, params: Params<M>, progress?: (p: KeyGenerationProgress) => void): Promise<Result<M>> {
    if (this.#options === null) throw new VaultError('internal', 'The vault was not started.');
    await this.#settled();
    const calls = this.#calls;
    if (calls === null) throw new VaultError('internal', 'The vault was not started.');
    try {
      return await calls.call(method, params, progress);
    } catch (error) {
      if (error instanceof VaultError && error.code === 'locked' && this.#session.unlocked) void this.#lockNow('idle', 'tab');
      throw error;
    }
  }

  async #sanitised(raw: RawMessage): Promise<OpenedMessage> {
    const { rawHtml, ...rest } = raw;
    if (rawHtml === null) return { ...rest, html: null, remoteImages: 0 };
    const { sanitizeHtml } = await import('../core/sanitize.ts');
    const clean = sanitizeHtml(rawHtml);
    return { ...rest, html: clean.html, remoteImages: clean.remoteImages };
  }

  /** A terminated worker is the wipe that can be relied on; a fresh one takes its place and deletes what was kept. */
  async #lockNow(reason: LockReason, scope: 'tab' | 'account'): Promise<void> {
    const { hasVaultKey, keptId } = this.#session;
    this.#calls?.end();
    this.#apply({ hasVaultKey, unlocked: false, lockAt: null, keptId: null }, reason);
    const forget = scope === 'account' ? { keptId: null } : keptId === null ? null : { keptId };
    // Locked is locked: that the fresh worker cannot reach the server yet is told by the next call.
    await this.#restart(null, forget).catch(() => undefined);
  }

  #apply(session: SessionInfo, reason: LockReason | null): void {
    const before = this.state().name;
    this.#session = session;
    this.#tab.keep(session.keptId);
    this.#clock.set(session.unlocked ? session.lockAt : null);
    if (before !== this.state().name) this.#emit('state', reason);
  }

  #onClock(msLeft: number): void {
    if (msLeft <= 0) void this.#lockNow('idle', 'tab');
    else this.#emit('tick', null);
  }

  #onOtherTab(accountId: string): void {
    if (this.#session.unlocked && accountId === this.#options?.accountId) void this.#lockNow('other-tab', 'tab');
  }

  #emit(kind: 'state' | 'tick', reason: LockReason | null): void {
    const state = this.state();
    const msLeft = state.lockAt === null ? null : Math.max(0, state.lockAt - Date.now());
    for (const listener of [...this.#listeners]) listener({ kind, state, msLeft, reason });
  }
}
