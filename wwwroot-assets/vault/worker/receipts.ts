// Checks a message's receipt against the keys that this device trusts.
import type { ReceiptReport } from '../client/contract.ts';
import type { ApiReceiptKey } from '../core/api-types.ts';
import { parseReceipt, receiptMismatch, verifyReceiptSignature, type ParsedReceipt, type ReceiptKey, type ReceiptPayload, type ReceiptSubject } from '../core/receipt.ts';
import type { Session } from './session.ts';

/** `payload`: of a receipt whose signature and claims were checked, whoever's key it is. */
export interface CheckedReceipt { readonly report: ReceiptReport; readonly payload: ReceiptPayload | null }

/** The key that opened it must be one that the server sealed it to. */
export function openedWith(report: ReceiptReport, fingerprint: string): ReceiptReport {
  const isOther = (report.verdict === 'verified' || report.verdict === 'key-changed') && !report.fingerprints.includes(fingerprint);
  return isOther ? { ...report, verdict: 'invalid', detail: "Receipt doesn't match: the message was sealed to other certificates." } : report;
}

export class Receipts {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** All that can be said before anything is decrypted. */
  async check(jws: string | null, subject: ReceiptSubject): Promise<CheckedReceipt> {
    const none = { receivedAt: null, isSealedBySender: false, fingerprints: [], keyId: null };
    if (jws === null || jws.trim() === '') return { report: { ...none, verdict: 'missing', detail: 'This message has no receipt: nothing vouches for it.' }, payload: null };
    const receipt = parseReceipt(jws);
    if (receipt === null) return { report: { ...none, verdict: 'invalid', detail: 'The receipt is damaged.' }, payload: null };
    const { payload, keyId } = receipt;
    const facts = { receivedAt: payload.receivedAt, isSealedBySender: payload.isSealedBySender, fingerprints: payload.fingerprints, keyId };
    const signer = await this.#signer(receipt);
    if (signer === 'unknown') return { report: { ...facts, verdict: 'invalid', detail: "The receipt's signature is not this server's." }, payload: null };
    const mismatch = await receiptMismatch(payload, subject);
    if (mismatch !== null) return { report: { ...facts, verdict: 'invalid', detail: `Receipt doesn't match: ${mismatch}.` }, payload: null };
    if (signer === 'changed') {
      const detail = "The server's receipt key changed since this device first saw it. Shown as text only until you accept the new key.";
      return { report: { ...facts, verdict: 'key-changed', detail }, payload };
    }
    return { report: { ...facts, verdict: 'verified', detail: 'Receipt verified: this is what the server received and sealed.' }, payload };
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
