// Messages between the client and the worker. A method's request and answer are typed here once.
import type {
  AddedLines, AddedMailKey, AttachmentContent, AttachmentInfo, AuthResult, ContentCipher, GeneratedKeys, InlineImage, KeyGenerationProgress, KitAnswer,
  MessageHeaders, MessageSource, Pkcs12Export, ReceiptReport, StoredKeys, SummaryPage, UnlockSecret, UnlockWay, VaultKeyInfo,
} from '../client/contract.ts';
import type { SignatureReport } from '../client/signature-report.ts';

export interface SessionInfo {
  readonly hasVaultKey: boolean;
  readonly unlocked: boolean;
  /** Unix time in ms. */
  readonly lockAt: number | null;
  /** Names the kept key of this tab; stands in sessionStorage. */
  readonly keptId: string | null;
}

/** As OpenedMessage, before the HTML was sanitised (that needs a document). */
export interface RawMessage {
  readonly id: string;
  readonly vaultboxId: string;
  readonly headers: MessageHeaders;
  readonly isHeaderProven: boolean;
  readonly receipt: ReceiptReport;
  readonly rawHtml: string | null;
  readonly text: string | null;
  readonly inlineImages: readonly InlineImage[];
  readonly attachments: readonly AttachmentInfo[];
  readonly authResults: readonly AuthResult[];
  readonly signature: SignatureReport | null;
  readonly addedLines: AddedLines;
  readonly keyFingerprint: string;
  readonly cipher: ContentCipher;
  readonly size: number;
}

export interface InitParams {
  readonly origin: string;
  readonly antiforgery: string;
  readonly accountId: string;
  readonly idleMs: number;
  readonly keepUnlocked: boolean;
  readonly keptId: string | null;
}

export interface WorkerMethods {
  init: { params: InitParams; result: SessionInfo };
  generateKeys: { params: { vaultboxId: string; address: string }; result: GeneratedKeys; progress: KeyGenerationProgress };
  lockAndStoreKeys: {
    params: { vaultboxId: string; address: string; passphrase: string | null };
    result: { stored: StoredKeys; session: SessionInfo };
  };
  unlock: { params: { secret: UnlockSecret }; result: SessionInfo };
  /** Whether it opens the vault key; changes nothing. */
  trySecret: { params: { secret: UnlockSecret }; result: null };
  unlockMethods: { params: Record<string, never>; result: readonly UnlockWay[] };
  makeKit: { params: { current: UnlockSecret | null }; result: readonly string[] };
  askKit: { params: Record<string, never>; result: readonly number[] };
  checkKit: { params: { answers: readonly KitAnswer[] }; result: readonly number[] };
  confirmKit: { params: Record<string, never>; result: null };
  forgetKit: { params: Record<string, never>; result: null };
  changePassphrase: { params: { current: UnlockSecret; next: string }; result: SessionInfo };
  touch: { params: { idleMs: number }; result: SessionInfo };
  /** Deletes one kept key, or with null all of the account. */
  forget: { params: { accountId: string; keptId: string | null }; result: null };
  listSummaries: { params: { vaultboxId: string; after: string | null; limit: number }; result: SummaryPage };
  openMessage: { params: { vaultboxId: string; messageId: string; despiteReceipt: boolean }; result: RawMessage };
  openOldMessage: { params: { vaultboxId: string; messageId: string; passphrase: string }; result: RawMessage };
  attachment: { params: { messageId: string; attachmentId: string }; result: AttachmentContent };
  source: { params: { messageId: string }; result: MessageSource };
  setFlags: { params: { messageId: string; flags: readonly string[] }; result: null };
  listKeys: { params: { vaultboxId: string }; result: readonly VaultKeyInfo[] };
  trustReceiptKey: { params: Record<string, never>; result: { fingerprint: string } };
  addMailKey: { params: { vaultboxId: string; address: string; name: string }; result: AddedMailKey };
  importMailKey: { params: { vaultboxId: string; files: readonly ArrayBuffer[]; password: string; name: string }; result: AddedMailKey };
  openKeyNote: { params: { vaultboxId: string; certificateId: string; note: string }; result: { code: string } };
  exportPkcs12: { params: { vaultboxId: string; passphrase: string; fingerprint: string | null; older: boolean }; result: Pkcs12Export };
  exportCertificatePem: { params: { vaultboxId: string }; result: { fileName: string; pem: string } };
}
export type MethodName = keyof WorkerMethods;
export type Params<M extends MethodName> = WorkerMethods[M]['params'];
export type Result<M extends MethodName> = WorkerMethods[M]['result'];

export interface WorkerRequest<M extends MethodName = MethodName> { readonly id: number; readonly method: M; readonly params: Params<M> }
export type WorkerReply =
  | { readonly id: number; readonly kind: 'result'; readonly result: Result<MethodName> }
  | { readonly id: number; readonly kind: 'progress'; readonly progress: KeyGenerationProgress }
  | { readonly id: number; readonly kind: 'error'; readonly code: string; readonly message: string };
