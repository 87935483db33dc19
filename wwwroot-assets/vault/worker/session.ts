// Who is signed in, the vault key while it is unlocked, and when it locks.
import { VaultError, type UnlockSecret } from '../client/contract.ts';
import { ApiClient } from '../core/api.ts';
import type { ApiStoredWrap } from '../core/api-types.ts';
import type { Bytes } from '../core/encoding.ts';
import { importVaultKey } from '../core/vault-key.ts';
import { methodOf, unwrapVaultKey } from '../core/vault-key-wrap.ts';
import { DeviceStore } from './device-store.ts';
import type { InitParams, SessionInfo } from './protocol.ts';

interface Unlocked { readonly key: CryptoKey; readonly keptId: string | null }

export class Session {
  readonly api: ApiClient;
  readonly device = new DeviceStore();
  readonly accountId: string;
  readonly #keepUnlocked: boolean;
  #idleMs: number;
  #lockAt = 0;
  #unlocked: Unlocked | null = null;
  #hasVaultKey = false;

  private constructor(params: InitParams) {
    this.api = new ApiClient(params.origin, params.antiforgery);
    this.accountId = params.accountId;
    this.#keepUnlocked = params.keepUnlocked;
    this.#idleMs = params.idleMs;
  }

  static async start(params: InitParams): Promise<Session> {
    const session = new Session(params);
    const kept = await session.device.restore(params.keptId, params.accountId, Date.now());
    session.#hasVaultKey = (await session.wraps()).length > 0;
    if (kept !== null && session.#hasVaultKey && params.keepUnlocked) {
      session.#unlocked = { key: kept.key, keptId: kept.id };
      await session.#extend();
    }
    return session;
  }

  get hasVaultKey(): boolean {
    return this.#hasVaultKey;
  }

  get isUnlocked(): boolean {
    if (this.#unlocked !== null && Date.now() >= this.#lockAt) this.#unlocked = null;
    return this.#unlocked !== null;
  }

  info(): SessionInfo {
    const unlocked = this.isUnlocked;
    return {
      hasVaultKey: this.#hasVaultKey,
      unlocked,
      lockAt: unlocked ? this.#lockAt : null,
      keptId: unlocked ? (this.#unlocked?.keptId ?? null) : null,
    };
  }

  /** Throws `locked` once the idle time is over, whether or not the page noticed. */
  vaultKey(): CryptoKey {
    if (!this.isUnlocked || this.#unlocked === null) throw new VaultError('locked', 'The vault is locked. Unlock it with your passphrase.');
    return this.#unlocked.key;
  }

  async wraps(): Promise<readonly ApiStoredWrap[]> {
    return (await this.api.get<{ items: readonly ApiStoredWrap[] }>('/vault-key')).items;
  }

  /** Also checks a passphrase anew while unlocked. */
  async unwrap(secret: UnlockSecret): Promise<CryptoKey> {
    return importVaultKey(await this.open(secret, await this.wraps()));
  }

  /** The bytes of the vault key, to wrap it anew; the caller zeroes them. */
  async open(secret: UnlockSecret, wraps: readonly ApiStoredWrap[]): Promise<Bytes> {
    const wrap = wraps.find((w) => w.method === methodOf(secret));
    if (wrap !== undefined) return unwrapVaultKey(secret, wrap);
    throw wraps.length === 0 ? new VaultError('no_vault_key', 'This account has no keys yet. Make them with your first vaultbox.')
      : new VaultError('way_missing', 'This account has no recovery kit. Unlock with the passphrase.');
  }

  async unlock(key: CryptoKey): Promise<void> {
    const keptId = this.#keepUnlocked ? crypto.randomUUID() : null;
    const previous = this.#unlocked?.keptId ?? null;
    this.#hasVaultKey = true;
    this.#unlocked = { key, keptId };
    if (previous !== null) await this.device.forget(previous);
    await this.#extend();
  }

  async touch(idleMs: number): Promise<void> {
    this.#idleMs = idleMs;
    if (this.isUnlocked) await this.#extend();
  }

  async #extend(): Promise<void> {
    this.#lockAt = Date.now() + this.#idleMs;
    const unlocked = this.#unlocked;
    if (unlocked?.keptId == null) return;
    await this.device.keep({ id: unlocked.keptId, accountId: this.accountId, key: unlocked.key, until: this.#lockAt });
  }
}
