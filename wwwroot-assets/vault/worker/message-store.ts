// Messages fetched, checked and decrypted. The last few stay, so that an attachment opens at a click.
import { VaultError, type AddedLines, type AttachmentContent, type MessageHeaders, type MessageSource, type ReceiptReport } from '../client/contract.ts';
import type { ApiMessage } from '../core/api-types.ts';
import { splitAddedLines } from '../core/added-lines.ts';
import { parseEnvelopedData, type EnvelopedData } from '../core/cms/envelope.ts';
import { decryptOldEnvelopedData, oldRecipients } from '../core/cms/open-old.ts';
import { decryptEnvelopedData, type Decrypted } from '../core/cms/open.ts';
import { verifySigned } from '../core/cms/verify.ts';
import { base64Decode, ownBuffer, sha256Hex, type Bytes } from '../core/encoding.ts';
import { parseAuthResults, parseHeaders } from '../core/mime/headers.ts';
import { MailMessage, readHeaders } from '../core/mime/message.ts';
import type { ReceiptPayload } from '../core/receipt.ts';
import { openSummary } from '../core/summary.ts';
import { openPrivateKey } from '../core/vault-key.ts';
import { WeightedCache } from './cache.ts';
import type { KeyRing } from './key-ring.ts';
import type { RawMessage } from './protocol.ts';
import { openedWith, Receipts } from './receipts.ts';
import type { Session } from './session.ts';
import type { SummaryList } from './summary-list.ts';

/** Bytes of decrypted mail that are kept. */
const cacheBytes = 96 * 1024 * 1024;

interface StoredMessage { readonly opened: RawMessage; readonly mail: MailMessage; readonly original: Bytes; readonly verified: boolean }

const nothingAdded: AddedLines = { received: null, authenticationResults: null, outerFields: [] };

function withhold({ verdict, detail }: ReceiptReport, despiteReceipt: boolean): void {
  if (despiteReceipt) return;
  if (verdict === 'invalid') throw new VaultError('receipt_invalid', detail);
  if (verdict === 'missing') throw new VaultError('receipt_missing', detail);
}

export type RingSource = (vaultboxId: string, fresh: boolean) => Promise<KeyRing>;

export class MessageStore {
  readonly receipts: Receipts;
  readonly #session: Session;
  readonly #summaries: SummaryList;
  readonly #ring: RingSource;
  readonly #cache = new WeightedCache<StoredMessage>(cacheBytes);
  readonly #vaultboxOf = new Map<string, string>();

  constructor(session: Session, summaries: SummaryList, ring: RingSource) {
    this.#session = session;
    this.#summaries = summaries;
    this.#ring = ring;
    this.receipts = new Receipts(session);
  }

  /** A message without a receipt, or with one that speaks against it, is withheld until its reader asks for the text. */
  async open(vaultboxId: string, messageId: string, despiteReceipt: boolean): Promise<RawMessage> {
    return this.#given(await this.#load(vaultboxId, messageId, despiteReceipt), despiteReceipt);
  }

  /** A message whose key is wrapped in the old way alone; never despite its receipt. `vaultKey`: of the passphrase, typed for this. */
  async openOld(vaultboxId: string, messageId: string, vaultKey: CryptoKey): Promise<RawMessage> {
    this.#session.vaultKey();
    return this.#given(await this.#fetch(vaultboxId, messageId, false, (data) => this.#decryptOld(vaultboxId, data, vaultKey)), false);
  }

  #given(stored: StoredMessage, despiteReceipt: boolean): RawMessage {
    withhold(stored.opened.receipt, despiteReceipt);
    // Fresh copies: buffers that are handed over are lost here.
    return { ...stored.opened, inlineImages: stored.verified ? stored.mail.inlineImages() : [] };
  }

  async attachment(messageId: string, attachmentId: string): Promise<AttachmentContent> {
    const stored = await this.#known(messageId);
    if (!stored.verified) throw new VaultError('receipt_not_verified', 'The receipt of this message was not verified: its attachments are not opened.');
    return stored.mail.attachment(attachmentId);
  }

  /** What no receipt vouches for may be spliced together to send its text away once another program shows it: it is not given out. */
  async source(messageId: string): Promise<MessageSource> {
    const stored = await this.#known(messageId);
    const sealed = await this.#session.api.getBytes(`/messages/${encodeURIComponent(messageId)}`, 'message/rfc822');
    return { original: stored.verified ? stored.original.slice().buffer : null, sealed: ownBuffer(sealed.bytes) };
  }

  /** After a receipt key was accepted its messages are judged anew. */
  forgetUnverified(): void {
    for (const messageId of this.#vaultboxOf.keys()) if (this.#cache.get(messageId)?.verified === false) this.#cache.delete(messageId);
  }

  #known(messageId: string): Promise<StoredMessage> {
    const vaultboxId = this.#vaultboxOf.get(messageId);
    if (vaultboxId === undefined) throw new VaultError('not_found', 'Open the message first.');
    return this.#load(vaultboxId, messageId, true);
  }

  async #load(vaultboxId: string, messageId: string, despiteReceipt: boolean): Promise<StoredMessage> {
    this.#session.vaultKey();
    const cached = this.#vaultboxOf.get(messageId) === vaultboxId ? this.#cache.get(messageId) : undefined;
    return cached ?? this.#fetch(vaultboxId, messageId, despiteReceipt, (data) => this.#decrypt(vaultboxId, data));
  }

  /** The receipt speaks first: what it speaks against is not decrypted before its reader asks for the text, so that nothing can be learned from how that fails. */
  async #fetch(vaultboxId: string, messageId: string, despiteReceipt: boolean, decrypt: (data: EnvelopedData) => Promise<Decrypted>): Promise<StoredMessage> {
    const { bytes: der, headers } = await this.#session.api.getBytes(`/messages/${encodeURIComponent(messageId)}`, 'application/pkcs7-mime');
    const data = parseEnvelopedData(der);
    const { report, payload } = await this.receipts.check(headers.get('Vaultbox-Receipt'), {
      vaultboxId, messageId, der, cipher: data.spec.cipher, encryptedContent: data.content, summarySha256: this.#summaries.shownHash(messageId),
    });
    withhold(report, despiteReceipt);
    const decrypted = await decrypt(data);
    const receipt = openedWith(report, decrypted.fingerprint);
    const verified = receipt.verdict === 'verified';
    const { original, added } = receipt.isSealedBySender ? { original: decrypted.plaintext, added: nothingAdded } : splitAddedLines(decrypted.plaintext);
    let isHeaderProven = true;
    const outside = async (): Promise<MessageHeaders> => {
      const proven = verified && payload !== null ? await this.#proven(vaultboxId, messageId, payload) : null;
      isHeaderProven = proven !== null;
      return proven ?? this.#unproven(messageId);
    };
    const mail = await MailMessage.parse(original, receipt.isSealedBySender ? outside : null);
    const at = new Date(receipt.receivedAt ?? mail.headers.date ?? Date.now());
    const senders = isHeaderProven ? mail.headers.from.map((from) => from.address) : [];
    const signature = verified && mail.signed !== null ? await verifySigned(mail.signed, senders, at) : null;
    const opened: RawMessage = {
      id: messageId, vaultboxId, headers: mail.headers, isHeaderProven, receipt, rawHtml: verified ? mail.html : null, text: mail.text, inlineImages: [],
      attachments: verified ? mail.attachments : [], authResults: verified ? parseAuthResults(added.authenticationResults) : [],
      signature, addedLines: added, keyFingerprint: decrypted.fingerprint, cipher: data.spec.cipher, size: der.length,
    };
    const stored = { opened, mail, original, verified };
    this.#vaultboxOf.set(messageId, vaultboxId);
    this.#cache.set(messageId, stored, original.length);
    return stored;
  }

  /** The header of a message that was stored as it came: the sealed summary has what counts of it, and the receipt proves the summary. Null without. */
  async #proven(vaultboxId: string, messageId: string, { summarySha256, contentSha256 }: ReceiptPayload): Promise<MessageHeaders | null> {
    if (summarySha256 === null) return null;
    const sealed = this.#summaries.shownSealed(messageId) ?? (await this.#session.api.get<ApiMessage>(`/messages/${encodeURIComponent(messageId)}`)).summary;
    try {
      const bytes = base64Decode(sealed ?? '');
      if ((await sha256Hex(bytes)) !== summarySha256) return null;
      const { from, to, date, subject } = await openSummary(bytes, (await this.#ring(vaultboxId, false)).portal, { vaultboxId, messageId, contentSha256 });
      return { from, to, cc: [], replyTo: [], date, subject, messageId: null };
    } catch (error) {
      if (error instanceof VaultError && error.code === 'locked') throw error;
      return null;
    }
  }

  /** As the server has it. */
  async #unproven(messageId: string): Promise<MessageHeaders> {
    const { bytes } = await this.#session.api.getBytes(`/messages/${encodeURIComponent(messageId)}`, 'message/rfc822');
    return readHeaders(parseHeaders(bytes));
  }

  /** A key may have been added elsewhere since the ring was loaded: looked up once more before giving up. */
  async #decrypt(vaultboxId: string, data: EnvelopedData): Promise<Decrypted> {
    try {
      return await decryptEnvelopedData(data, (await this.#ring(vaultboxId, false)).mail);
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'key_not_held') throw error;
      return decryptEnvelopedData(data, (await this.#ring(vaultboxId, true)).mail);
    }
  }

  async #decryptOld(vaultboxId: string, data: EnvelopedData, vaultKey: CryptoKey): Promise<Decrypted> {
    const ring = await this.#ring(vaultboxId, false);
    for (const key of oldRecipients(data, ring.mail)) {
      const row = ring.certificates.find((one) => one.certificateType === 'private' && one.fingerprintSha256 === key.fingerprint);
      if (row === undefined) continue;
      const pkcs8 = await openPrivateKey(vaultKey, 'mail', key.fingerprint, row.pem);
      try {
        return await decryptOldEnvelopedData(data, key, pkcs8);
      } finally {
        pkcs8.fill(0);
      }
    }
    throw new VaultError('key_not_held', 'No key here opens this message.');
  }
}
