// The worker's methods. One place decides what each needs; the work is done elsewhere.
import { VaultError, type KeyGenerationProgress } from '../client/contract.ts';
import { DeviceStore } from './device-store.ts';
import { addMailKey, importMailKey } from './extra-key.ts';
import { openKeyNote } from './key-note.ts';
import { KeyRing, describeKeys } from './key-ring.ts';
import { KeyStore } from './key-store.ts';
import { MessageStore } from './message-store.ts';
import type { MethodName, Params, Result } from './protocol.ts';
import { Session } from './session.ts';
import { SummaryList } from './summary-list.ts';
import { UnlockWays } from './unlock-ways.ts';

type Progress = (p: KeyGenerationProgress) => void;
type Handlers = { readonly [M in MethodName]: (params: Params<M>, progress: Progress) => Promise<Result<M>> };

interface Open { readonly session: Session; readonly keys: KeyStore; readonly ways: UnlockWays; readonly summaries: SummaryList; readonly messages: MessageStore }

export class VaultService {
  #open: Open | null = null;
  readonly #rings = new Map<string, Promise<KeyRing>>();

  readonly #handlers: Handlers = {
    init: async (params) => {
      const session = await Session.start(params);
      const summaries = new SummaryList(session);
      const messages = new MessageStore(session, summaries, (vaultboxId, fresh) => this.#ring(vaultboxId, fresh));
      const ways = new UnlockWays(session);
      this.#open = { session, keys: new KeyStore(session, ways), ways, summaries, messages };
      return session.info();
    },
    generateKeys: ({ vaultboxId, address }, progress) => this.#started.keys.generate(vaultboxId, address, progress),
    lockAndStoreKeys: async ({ vaultboxId, address, passphrase }) => {
      const { session, keys } = this.#started;
      const stored = await keys.lockAndStore(vaultboxId, address, passphrase);
      this.#rings.delete(vaultboxId);
      return { stored, session: session.info() };
    },
    unlock: async ({ secret }) => {
      const { session } = this.#started;
      await session.unlock(await session.unwrap(secret));
      return session.info();
    },
    trySecret: async ({ secret }) => {
      await this.#started.session.unwrap(secret);
      return null;
    },
    unlockMethods: () => this.#started.ways.list(),
    makeKit: ({ current }) => this.#started.ways.makeKit(current),
    askKit: async () => this.#started.ways.askKit(),
    checkKit: async ({ answers }) => this.#started.ways.checkKit(answers),
    confirmKit: async () => {
      await this.#started.ways.confirmKit();
      return null;
    },
    forgetKit: async () => {
      this.#open?.ways.forgetKit();
      return null;
    },
    changePassphrase: async ({ current, next }) => {
      const { session, ways } = this.#started;
      await ways.changePassphrase(current, next);
      return session.info();
    },
    touch: async ({ idleMs }) => {
      await this.#started.session.touch(idleMs);
      return this.#started.session.info();
    },
    // Works before `init`, so that locking does not depend on the server.
    forget: async ({ accountId, keptId }) => {
      const device = new DeviceStore();
      await (keptId === null ? device.forgetAccount(accountId) : device.forget(keptId));
      return null;
    },
    listSummaries: async ({ vaultboxId, after, limit }) => {
      const ring = await this.#ring(vaultboxId, false);
      return this.#started.summaries.page(vaultboxId, after, limit, ring.portal);
    },
    openMessage: ({ vaultboxId, messageId, despiteReceipt }) => this.#started.messages.open(vaultboxId, messageId, despiteReceipt),
    openOldMessage: async ({ vaultboxId, messageId, passphrase }) => {
      const { session, messages } = this.#started;
      return messages.openOld(vaultboxId, messageId, await session.unwrap({ passphrase }));
    },
    attachment: ({ messageId, attachmentId }) => this.#started.messages.attachment(messageId, attachmentId),
    source: ({ messageId }) => this.#started.messages.source(messageId),
    setFlags: async ({ messageId, flags }) => {
      await this.#started.session.api.send('PATCH', `/messages/${encodeURIComponent(messageId)}`, { flags });
      return null;
    },
    listKeys: ({ vaultboxId }) => describeKeys(this.#started.session, vaultboxId),
    trustReceiptKey: async () => {
      const trusted = await this.#started.messages.receipts.trustCurrent();
      this.#started.messages.forgetUnverified();
      return trusted;
    },
    addMailKey: async ({ vaultboxId, address, name }) => {
      const added = await addMailKey(this.#started.session, vaultboxId, address, name);
      this.#rings.delete(vaultboxId);
      return added;
    },
    importMailKey: async ({ vaultboxId, files, password, name }) => {
      const added = await importMailKey(this.#started.session, vaultboxId, files, password, name);
      this.#rings.delete(vaultboxId);
      return added;
    },
    openKeyNote: async ({ vaultboxId, certificateId, note }) => ({ code: await openKeyNote(await this.#ring(vaultboxId, false), certificateId, note) }),
    exportPkcs12: ({ vaultboxId, passphrase, fingerprint, older }) => this.#started.keys.exportPkcs12(vaultboxId, passphrase, fingerprint, older ? '3DES' : 'AES-256'),
    exportCertificatePem: ({ vaultboxId }) => this.#started.keys.exportCertificatePem(vaultboxId),
  };

  async handle<M extends MethodName>(method: M, params: Params<M>, progress: Progress): Promise<Result<M>> {
    return this.#handlers[method](params, progress);
  }

  get #started(): Open {
    if (this.#open === null) throw new VaultError('internal', 'The vault was not started.');
    return this.#open;
  }

  async #ring(vaultboxId: string, fresh: boolean): Promise<KeyRing> {
    const { session } = this.#started;
    session.vaultKey();
    if (fresh) this.#rings.delete(vaultboxId);
    const ring = this.#rings.get(vaultboxId) ?? KeyRing.load(session, vaultboxId);
    this.#rings.set(vaultboxId, ring);
    return ring.catch((error: unknown) => {
      this.#rings.delete(vaultboxId);
      throw error;
    });
  }
}
