// What this device keeps for an account: the unlocked key of a tab until it goes idle, and the receipt keys it has come to trust.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { ReceiptKey } from '../core/receipt.ts';

export interface KeptKey {
  readonly id: string;
  readonly accountId: string;
  /** AES-GCM, not extractable. */
  readonly key: CryptoKey;
  /** Unix time in ms. */
  readonly until: number;
}

interface TrustedReceiptKeys { readonly accountId: string; readonly keys: readonly ReceiptKey[] }

interface Schema extends DBSchema {
  keptKeys: { key: string; value: KeptKey };
  receiptKeys: { key: string; value: TrustedReceiptKeys };
}

export class DeviceStore {
  readonly #database: Promise<IDBPDatabase<Schema>>;

  constructor() {
    this.#database = openDB<Schema>('vaultbox', 1, {
      upgrade: (database) => {
        database.createObjectStore('keptKeys', { keyPath: 'id' });
        database.createObjectStore('receiptKeys', { keyPath: 'accountId' });
      },
    });
  }

  async keep(record: KeptKey): Promise<void> {
    await (await this.#database).put('keptKeys', record);
  }

  /** The kept key of this tab and account, if it has not expired. Expired ones of every tab and account are deleted. */
  async restore(id: string | null, accountId: string, now: number): Promise<KeptKey | null> {
    const database = await this.#database;
    let found: KeptKey | null = null;
    for (const record of await database.getAll('keptKeys')) {
      if (record.until <= now) await database.delete('keptKeys', record.id);
      else if (record.id === id && record.accountId === accountId) found = record;
    }
    return found;
  }

  async forget(id: string): Promise<void> {
    await (await this.#database).delete('keptKeys', id);
  }

  async forgetAccount(accountId: string): Promise<void> {
    const database = await this.#database;
    for (const record of await database.getAll('keptKeys')) if (record.accountId === accountId) await database.delete('keptKeys', record.id);
  }

  async trustedReceiptKeys(accountId: string): Promise<readonly ReceiptKey[]> {
    return (await (await this.#database).get('receiptKeys', accountId))?.keys ?? [];
  }

  async trustReceiptKey(accountId: string, key: ReceiptKey): Promise<void> {
    const keys = (await this.trustedReceiptKeys(accountId)).filter((known) => known.fingerprint !== key.fingerprint);
    await (await this.#database).put('receiptKeys', { accountId, keys: [...keys, key] });
  }
}
