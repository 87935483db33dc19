// What the main thread may ask of the vault, and all that it is ever told. Keys never appear here.
import type { SignatureReport } from './signature-report.ts';

/** `none`: the account has no vault key yet. `locked`: it has one, this tab does not hold it. */
export type VaultStateName = 'none' | 'locked' | 'unlocked';

export interface VaultState {
  readonly name: VaultStateName;
  /** Unix time in ms at which the vault locks unless touched; null unless unlocked. */
  readonly lockAt: number | null;
  readonly idleMinutes: number;
  readonly keepUnlocked: boolean;
}

export type LockReason = 'user' | 'idle' | 'other-tab' | 'sign-out';

/** `state`: the name changed. `tick`: unlocked, about once a second in the last two minutes, else every 15 s. */
export interface VaultEvent {
  readonly kind: 'state' | 'tick';
  readonly state: VaultState;
  readonly msLeft: number | null;
  readonly reason: LockReason | null;
}
export type VaultListener = (event: VaultEvent) => void;

/** Codes of the vault itself; codes of API problems (`alias_taken`, `vault_key_exists`, …) pass through as they are. */
export type VaultErrorCode =
  | 'locked' | 'no_vault_key' | 'passphrase_wrong' | 'passphrase_weak' | 'passphrase_required' | 'keys_not_generated'
  | 'kit_wrong' | 'kit_malformed' | 'kit_gone' | 'kit_unchecked' | 'way_missing'
  | 'private_key_in_clear' | 'certificate_unparsable' | 'key_not_held' | 'key_invalid'
  | 'cms_malformed' | 'cms_limit' | 'cms_type_unsupported' | 'cms_cipher_unsupported' | 'cms_key_unsupported' | 'cms_pkcs1_only' | 'old_message_unvouched'
  | 'cms_decrypt_failed' | 'cms_authentication_failed' | 'key_unsupported'
  | 'key_file_malformed' | 'key_file_locked' | 'key_file_password' | 'key_file_legacy' | 'key_file_unsupported'
  | 'key_file_without_key' | 'key_file_without_certificate' | 'key_file_mismatch'
  | 'summary_malformed' | 'summary_unopened' | 'part_not_found' | 'receipt_not_verified' | 'receipt_invalid' | 'receipt_missing'
  | 'network' | 'signed_out' | 'not_found' | 'cancelled' | 'internal';

export class VaultError extends Error {
  constructor(readonly code: VaultErrorCode | (string & {}), message: string) {
    super(message);
    this.name = 'VaultError';
  }
}

export interface VaultInit {
  /** Value of `<meta name="antiforgery">`; sent as X-Vaultbox-Antiforgery on unsafe methods. */
  readonly antiforgery: string;
  readonly accountId: string;
  /** Minutes without `touch()` until the vault locks; default 15. */
  readonly idleMinutes?: number;
  /** Survive page loads of the same tab (default true): a non-extractable key in IndexedDB until the idle time is over. */
  readonly keepUnlocked?: boolean;
}

export type KeyGenerationStep = 'mail-key' | 'certificate' | 'reading-key' | 'owner-key';
export interface KeyGenerationProgress {
  readonly step: KeyGenerationStep;
  readonly done: boolean;
  /** Milliseconds since the generation began. */
  readonly ms: number;
}
export interface GeneratedKeys {
  /** SHA-256, lower-case hex. `owner` is null when the account's existing owner key will be used. */
  readonly fingerprints: { readonly mail: string; readonly portal: string; readonly owner: string | null };
  readonly certificatePem: string;
  readonly ms: number;
}
export interface StoredKeys {
  readonly vaultboxId: string;
  readonly fingerprints: { readonly mail: string; readonly portal: string; readonly owner: string };
}

/** What opens the vault key: the passphrase, or the words of the recovery kit as somebody typed them. */
export type UnlockSecret = { readonly passphrase: string } | { readonly words: string };
export interface UnlockWay {
  readonly method: string;
  /** ISO 8601 UTC: since when this passphrase or these words hold. */
  readonly since: string;
}
export interface KitAnswer {
  /** Counted from 1. */
  readonly position: number;
  readonly word: string;
}
export interface AddedMailKey {
  readonly fingerprint: string;
  readonly certificatePem: string;
  /** Whether new mail is sealed to it: not where its certificate was here before and is retired. */
  readonly isActive: boolean;
  readonly ms: number;
}

export interface MailAddress { readonly name: string; readonly address: string }

export type SummaryFailure = 'no_summary' | 'key_not_held' | 'summary_malformed' | 'summary_unopened';

interface SummaryRowBase {
  readonly id: string;
  readonly uid: number;
  readonly receivedAt: string;
  /** Bytes of the sealed message. */
  readonly size: number;
  readonly flags: readonly string[];
  /** What the server shows of the sender, by the vaultbox's policy; unauthenticated. */
  readonly outerSender: string | null;
}
export interface OpenedSummary extends SummaryRowBase {
  readonly opened: true;
  readonly from: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly subject: string;
  /** ISO 8601 UTC, as the sender wrote it. */
  readonly date: string | null;
  /** At most 140 characters of the text. */
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly size: number }[];
  readonly auth: string | null;
}
export interface UnopenedSummary extends SummaryRowBase {
  readonly opened: false;
  readonly reason: SummaryFailure;
}
export type SummaryRow = OpenedSummary | UnopenedSummary;
export interface SummaryPage { readonly items: readonly SummaryRow[]; readonly next: string | null }

export type ReceiptVerdict = 'verified' | 'invalid' | 'missing' | 'key-changed';
export interface ReceiptReport {
  readonly verdict: ReceiptVerdict;
  /** One sentence for the reader. */
  readonly detail: string;
  readonly receivedAt: string | null;
  /** Stored as it came, sealed by its sender. */
  readonly isSealedBySender: boolean;
  /** Certificates that the message was sealed to. */
  readonly fingerprints: readonly string[];
  /** Fingerprint of the receipt key that signed. */
  readonly keyId: string | null;
}

export interface InlineImage { readonly cid: string; readonly type: string; readonly bytes: ArrayBuffer }
export interface AttachmentInfo {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Decoded bytes; an estimate (within 3 %) for quoted-printable parts not decoded yet. */
  readonly size: number;
}
export interface AuthResult { readonly method: string; readonly result: string; readonly properties: Readonly<Record<string, string>> }
export interface AddedLines {
  readonly received: string | null;
  readonly authenticationResults: string | null;
  /** HP-Outer fields: what the message showed outside (RFC 9788). */
  readonly outerFields: readonly { readonly name: string; readonly value: string }[];
}
export interface MessageHeaders {
  readonly from: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  /** ISO 8601 UTC; null when missing or unreadable. */
  readonly date: string | null;
  readonly subject: string;
  readonly messageId: string | null;
}
/** As receipts name it. */
export type ContentCipher = `AES-${128 | 192 | 256}-${'CBC' | 'GCM'}`;
export interface OpenedMessage {
  readonly id: string;
  readonly vaultboxId: string;
  readonly headers: MessageHeaders;
  /** False where the header stood outside and no receipt speaks for it: it is as the server has it. */
  readonly isHeaderProven: boolean;
  readonly receipt: ReceiptReport;
  /** Sanitised; null when the mail has none or its receipt was not verified (then only `text` is shown, with a warning). */
  readonly html: string | null;
  /** The plain text; made from the HTML when the mail has no text part. */
  readonly text: string | null;
  /** Sanitised HTML names these by `data-vb-cid`; give the bytes to the frame, which makes its own blob URLs. */
  readonly inlineImages: readonly InlineImage[];
  /** Images and other resources that would be fetched; their addresses stand in `data-vb-src`. */
  readonly remoteImages: number;
  readonly attachments: readonly AttachmentInfo[];
  readonly authResults: readonly AuthResult[];
  /** Null when it is not signed, or the receipt was not verified. */
  readonly signature: SignatureReport | null;
  readonly addedLines: AddedLines;
  /** Fingerprint of the certificate whose key opened it. */
  readonly keyFingerprint: string;
  /** What it is encrypted with: EnvelopedData or, with an authentication tag, AuthEnvelopedData. */
  readonly cipher: ContentCipher;
  /** Bytes of the sealed message. */
  readonly size: number;
}
export interface AttachmentContent { readonly name: string; readonly type: string; readonly bytes: ArrayBuffer }
export interface MessageSource {
  /** The bytes as the sender's server sent them, lines added by sealing removed; null while no receipt vouches for them. */
  readonly original: ArrayBuffer | null;
  /** The sealed message (message/rfc822) as IMAP clients fetch it. */
  readonly sealed: ArrayBuffer;
}

export interface Pkcs12Export {
  readonly bytes: ArrayBuffer;
  readonly fileName: string;
  /** Generated, 130 bits; shown once. */
  readonly password: string;
}

export interface VaultKeyInfo {
  readonly id: string;
  readonly purpose: string;
  readonly fingerprint: string;
  readonly friendlyName: string | null;
  readonly algorithm: string | null;
  readonly notAfter: string | null;
  readonly status: string;
  /** Whether this account holds the private key (a row that opens with the vault key; null while locked). */
  readonly held: boolean | null;
  /** `owner`: the owner key's signature was verified here. `installation`: bound by the server only. `unchecked`: locked. */
  readonly binding: 'owner' | 'installation' | 'invalid' | 'unchecked';
}

export interface CertificateCheck { readonly kind: 'pem' | 'der-base64'; readonly certificates: number }
export interface PassphraseStrength {
  readonly score: 0 | 1 | 2 | 3 | 4;
  readonly label: string;
  /** What is wrong and what to do; empty when ok. */
  readonly hint: string;
  readonly ok: boolean;
}

export interface VaultClient {
  /** Starts the worker, sweeps expired keys, restores an unlocked vault of this tab. */
  init(options: VaultInit): Promise<VaultState>;
  state(): VaultState;
  /** The returned function ends the subscription. */
  subscribe(listener: VaultListener): () => void;

  /** Makes the mail key and certificate, the reading key and, for a first vaultbox, the owner key. Nothing is sent. */
  generateKeys(options: { vaultboxId: string; address: string }, progress?: (p: KeyGenerationProgress) => void): Promise<GeneratedKeys>;
  /** Encrypts the generated keys and posts them. `passphrase` may be left out while unlocked; an account's first keys want a checked kit too. Leaves the vault unlocked. */
  lockAndStoreKeys(options: { vaultboxId: string; address: string; passphrase?: string }): Promise<StoredKeys>;

  unlock(passphrase: string): Promise<VaultState>;
  /** Words in any case, with or without numbers, by their first four letters at least. */
  unlockWithKit(words: string): Promise<VaultState>;
  /** Throws unless the words open this account's keys. The vault stays as it is. */
  tryKit(words: string): Promise<void>;
  unlockMethods(): Promise<readonly UnlockWay[]>;
  /** Leaves the vault unlocked. Other browsers need the new one at their next unlock. */
  changePassphrase(options: { current: UnlockSecret; next: string }): Promise<VaultState>;
  /** 24 new words, for the eyes of their owner. `current` may be left out before the first keys. Nothing is sent. */
  makeRecoveryKit(current?: UnlockSecret): Promise<readonly string[]>;
  /** Three positions to ask for. */
  askRecoveryKit(): Promise<readonly number[]>;
  /** The asked positions that were answered wrongly. */
  checkRecoveryKit(answers: readonly KitAnswer[]): Promise<readonly number[]>;
  /** After the check, in an account that has keys: the new words hold, older ones no more. */
  confirmRecoveryKit(): Promise<void>;
  forgetRecoveryKit(): Promise<void>;
  /** Wipes the worker and the kept key at once, in all tabs. */
  lock(): Promise<void>;
  /** As `lock`, and forgets everything kept for the account but the pinned receipt key. Call before signing out. */
  signOut(): Promise<void>;
  /** The user is active: puts the idle lock off. Cheap; call on pointer and key events. */
  touch(): void;
  setIdleMinutes(minutes: number): void;

  listSummaries(vaultboxId: string, options?: { after?: string | null; limit?: number }): Promise<SummaryPage>;
  /**
   * Throws `receipt_invalid` or `receipt_missing`, with nothing of the message, when its receipt speaks against it or is not there;
   * `despiteReceipt` gives its text all the same. With a receipt by a key that is new here, the text alone is given.
   */
  openMessage(vaultboxId: string, messageId: string, options?: { despiteReceipt?: boolean }): Promise<OpenedMessage>;
  /** For `cms_pkcs1_only`: opens it without WebCrypto. The passphrase is asked anew; the vault must be unlocked. */
  openOldMessage(options: { vaultboxId: string; messageId: string; passphrase: string }): Promise<OpenedMessage>;
  attachment(messageId: string, attachmentId: string): Promise<AttachmentContent>;
  source(messageId: string): Promise<MessageSource>;
  setFlags(messageId: string, flags: readonly string[]): Promise<void>;
  listKeys(vaultboxId: string): Promise<readonly VaultKeyInfo[]>;
  /** Accept a changed receipt key after the reader confirmed it. */
  trustReceiptKey(): Promise<{ fingerprint: string }>;

  /** Makes another mail key for a vaultbox that has keys made here, locks and posts it. The vault must be unlocked. */
  addMailKey(options: { vaultboxId: string; address: string; name: string }): Promise<AddedMailKey>;
  /** Takes a private key and its certificate out of PKCS#12, PKCS#8 or PEM files, locks it and posts it. `password`: of the files; empty for none. */
  importMailKey(options: { vaultboxId: string; files: readonly ArrayBuffer[]; password: string; name: string }): Promise<AddedMailKey>;
  /** Opens a test note with the key of this certificate; the code in it. The vault must be unlocked. */
  openKeyNote(options: { vaultboxId: string; certificateId: string; note: string }): Promise<string>;

  /** `fingerprint`: of the certificate; without it the newest mail key. `older`: encrypted with 3DES, for programs that know nothing newer. */
  exportPkcs12(options: { vaultboxId: string; passphrase: string; fingerprint?: string; older?: boolean }): Promise<Pkcs12Export>;
  exportCertificatePem(vaultboxId: string): Promise<{ fileName: string; pem: string }>;

  /** Runs here; throws `private_key_in_clear` or `certificate_unparsable` before anything is sent. */
  checkCertificateText(text: string): CertificateCheck;
  passphraseStrength(passphrase: string): PassphraseStrength;
  suggestPassphrase(words?: number): string;
}
