// The ways to unlock: which there are, a new passphrase, and a recovery kit from its words to its wrap. The vault key stays the same
// throughout: it is not extractable, so each new wrap begins by opening an old one.
import { VaultError, type KitAnswer, type UnlockSecret, type UnlockWay } from '../client/contract.ts';
import type { ApiReplaceWrap, ApiVaultKeyWrap } from '../core/api-types.ts';
import { passphraseStrength } from '../core/passphrase.ts';
import { kitLength, kitWord, newKitWords } from '../core/recovery-kit.ts';
import { importVaultKey } from '../core/vault-key.ts';
import { wrapVaultKey } from '../core/vault-key-wrap.ts';
import type { Session } from './session.ts';

const questionsAsked = 3;

interface KitDraft {
  readonly words: readonly string[];
  /** Null for an account's first keys: there is no vault key to wrap yet. */
  readonly wrap: ApiVaultKeyWrap | null;
  /** createdAt of the kit that it takes the place of. */
  readonly replaces: string | null;
  asked: readonly number[];
  checked: boolean;
}

export class UnlockWays {
  readonly #session: Session;
  #draft: KitDraft | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  async list(): Promise<UnlockWay[]> {
    return (await this.#session.wraps()).map(({ method, createdAt }) => ({ method, since: createdAt }));
  }

  /** New words. Nothing is sent until they were checked and confirmed. */
  async makeKit(current: UnlockSecret | null): Promise<readonly string[]> {
    this.forgetKit();
    const words = newKitWords();
    const wraps = await this.#session.wraps();
    if (wraps.length === 0) {
      this.#draft = { words, wrap: null, replaces: null, asked: [], checked: false };
      return words;
    }
    if (current === null) throw new VaultError('passphrase_required', 'Type your passphrase: a new kit opens what it opens.');
    const raw = await this.#session.open(current, wraps);
    const wrap = await wrapVaultKey(raw, { words: words.join(' ') });
    raw.fill(0);
    const replaces = wraps.find((old) => old.method === 'recovery_kit')?.createdAt ?? null;
    this.#draft = { words, wrap, replaces, asked: [], checked: false };
    return words;
  }

  /** Three positions, counted from 1, by chance and in order. */
  askKit(): readonly number[] {
    const draft = this.#kit();
    const positions = new Set<number>();
    // 24 divides 240: what is above would favour the first words.
    while (positions.size < questionsAsked) {
      const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
      if (byte < 240) positions.add((byte % kitLength) + 1);
    }
    draft.asked = [...positions].sort((a, b) => a - b);
    return draft.asked;
  }

  /** Those of the asked positions whose word was another; none when the copy is right, and then it stays so. */
  checkKit(answers: readonly KitAnswer[]): readonly number[] {
    const draft = this.#kit();
    const wrong = draft.asked.filter((position) => {
      const word = draft.words[position - 1];
      return word === undefined || kitWord(answers.find((answer) => answer.position === position)?.word ?? '') !== word;
    });
    draft.checked ||= draft.asked.length > 0 && wrong.length === 0;
    return wrong;
  }

  /** The kit of an account that has keys: from now on these words unlock, and older ones no more. */
  async confirmKit(): Promise<void> {
    const { wrap, replaces } = this.#checkedKit();
    if (wrap === null) throw new VaultError('no_vault_key', 'The kit is stored with the first keys.');
    await this.#put(wrap, replaces);
    this.forgetKit();
  }

  /** The wrap that goes with an account's first keys. */
  wrapFirst(raw: Uint8Array<ArrayBuffer>): Promise<ApiVaultKeyWrap> {
    return wrapVaultKey(raw, { words: this.#checkedKit().words.join(' ') });
  }

  forgetKit(): void {
    this.#draft = null;
  }

  async changePassphrase(current: UnlockSecret, next: string): Promise<void> {
    const strength = passphraseStrength(next);
    if (!strength.ok) throw new VaultError('passphrase_weak', strength.hint);
    const wraps = await this.#session.wraps();
    const raw = await this.#session.open(current, wraps);
    const wrap = await wrapVaultKey(raw, { passphrase: next });
    const key = await importVaultKey(raw);
    await this.#put(wrap, wraps.find((old) => old.method === 'passphrase')?.createdAt ?? null);
    if (!this.#session.isUnlocked) await this.#session.unlock(key);
  }

  async #put(wrap: ApiVaultKeyWrap, replaces: string | null): Promise<void> {
    const body: ApiReplaceWrap = { kdf: wrap.kdf, wrapped: wrap.wrapped, replaces };
    try {
      await this.#session.api.send('PUT', `/vault-key/${wrap.method}`, body);
    } catch (error) {
      // The answer may be what was lost: then ours is there already, and the words or the passphrase that it goes with must not be dropped.
      const ours = (await this.#session.wraps().catch(() => [])).some((held) => held.method === wrap.method && held.wrapped === wrap.wrapped);
      if (!ours) throw error;
    }
  }

  /** A first kit was shown here while another window made the account's keys: what was written down opens nothing. */
  refuseLateFirstKit(): void {
    if (this.#draft?.wrap !== null) return;
    this.forgetKit();
    throw new VaultError('kit_void', 'Your account was given its keys, and another recovery kit, in another window. The words shown here open nothing: destroy your copy of them, then reload the page.');
  }

  #kit(): KitDraft {
    if (this.#draft === null) throw new VaultError('kit_gone', 'The new words are no longer here. Make them again.');
    return this.#draft;
  }

  #checkedKit(): KitDraft {
    const draft = this.#kit();
    if (!draft.checked) throw new VaultError('kit_unchecked', 'Check your copy of the words first.');
    return draft;
  }
}
