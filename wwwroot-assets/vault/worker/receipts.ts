// Checks a message's receipt against the keys that this device trusts.
import type { ReceiptReport } from '../client/contract.ts';
import type { ApiReceiptKey } from '../core/api-types.ts';
import { parseReceipt, receiptMismatch, verifyReceiptSignature, type ParsedReceipt, type ReceiptKey, type ReceiptSubject } from '../core/receipt.ts';
import type { Session } from './session.ts';

export class Receipts {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async check(jws: string | null, subject: ReceiptSubject): Promise<ReceiptReport> {
    const none = { receivedAt: null, isSealedBySender: false, fingerprints: [], keyId: null };
    if (jws === null || jws.trim() === '') return { ...none, verdict: 'missing', detail: 'This message has no receipt. Shown as text only.' };
    const receipt = parseReceipt(jws);
    if (receipt === null) return { ...none, verdict: 'invalid', detail: 'The receipt is damaged.' };
    const { payload, keyId } = receipt;
    const facts = { receivedAt: payload.receivedAt, isSealedBySender: payload.isSealedBySender, fingerprints: payload.fingerprints, keyId };
    const signer = await this.#signer(receipt);
    if (signer === 'unknown') return { ...facts, verdict: 'invalid', detail: "The receipt's signature is not this server's." };
    const mismatch = await receiptMismatch(payload, subject);
    if (mismatch !== null) return { ...facts, verdict: 'invalid', detail: `Receipt doesn't match: ${mismatch}.` };
    if (signer === 'changed') {
      return { ...facts, verdict: 'key-changed', detail: "The server's receipt key changed since this device first saw it. Shown as text only until you accept the new key." };
    }
    return { ...facts, verdict: 'verified', detail: 'Receipt verified: this is what the server received and sealed.' };
  }

  /** Trust on first use: the first key that an account sees here is pinned; another needs the reader's word. */
  async #signer(receipt: ParsedReceipt): Promise<'trusted' | 'changed' | 'unknown'> {
    const { device, accountId } = this.#session;
    const trusted = await device.trustedReceiptKeys(accountId);
    const known = trusted.find((key) => key.fingerprint === receipt.keyId);
    if (known !== undefined) return (await verifyReceiptSignature(receipt, known)) ? 'trusted' : 'unknown';
    const current = await this.#current();
    if (!(await verifyReceiptSignature(receipt, current))) return 'unknown';
    if (trusted.length > 0) return 'changed';
    await device.trustReceiptKey(accountId, current);
    return 'trusted';
  }

  async trustCurrent(): Promise<{ fingerprint: string }> {
    const current = await this.#current();
    await this.#session.device.trustReceiptKey(this.#session.accountId, current);
    return { fingerprint: current.fingerprint };
  }

  async #current(): Promise<ReceiptKey> {
    const { fingerprint, spki } = await this.#session.api.get<ApiReceiptKey>('/receipt-key');
    return { fingerprint, spki };
  }
}
