// The server's signed receipt of a message: a compact JWS (RFC 7515) with ES256 over canonical JSON (RFC 8785).
import type { ContentCipher } from '../client/contract.ts';
import { base64Decode, base64UrlDecode, fromUtf8, hex, sha256Hex, utf8, type Bytes } from './encoding.ts';

export interface ReceiptPayload {
  readonly cipher: string;
  readonly contentSha256: string;
  readonly derSha256: string;
  readonly fingerprints: readonly string[];
  readonly message: string;
  readonly receivedAt: string;
  /** Stored as it came: nothing inside was written by the server, whatever it says of itself. */
  readonly isSealedBySender: boolean;
  readonly size: number;
  readonly summarySha256: string | null;
  readonly vaultbox: string;
}

export interface ParsedReceipt {
  readonly keyId: string;
  readonly payload: ReceiptPayload;
  readonly signed: Bytes;
  readonly signature: Bytes;
}

export interface ReceiptKey { readonly fingerprint: string; /** Base64 of the SubjectPublicKeyInfo DER. */ readonly spki: string }

const maxReceiptLength = 200_000;
const hash = /^[0-9a-f]{64}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Null for anything that is not exactly a receipt of version 1. The signature is not checked yet. */
export function parseReceipt(jws: string): ParsedReceipt | null {
  const parts = jws.trim().split('.');
  if (parts.length !== 3 || jws.length > maxReceiptLength) return null;
  const [head = '', body = '', tail = ''] = parts;
  try {
    const keyId = readHeader(fromUtf8(base64UrlDecode(head)));
    const payload = readPayload(fromUtf8(base64UrlDecode(body)));
    const signature = base64UrlDecode(tail);
    if (keyId === null || payload === null || signature.length !== 64) return null;
    return { keyId, payload, signed: utf8(`${head}.${body}`), signature };
  } catch {
    return null;
  }
}

function readHeader(text: string): string | null {
  const header = asRecord(JSON.parse(text));
  // Exactly these members: no `crit`, no key from the message itself.
  if (header === null || Object.keys(header).sort().join() !== 'alg,kid' || header.alg !== 'ES256') return null;
  return typeof header.kid === 'string' && hash.test(header.kid) ? header.kid : null;
}

function readPayload(text: string): ReceiptPayload | null {
  const p = asRecord(JSON.parse(text));
  if (p === null || canonical(p) !== text || p.v !== 1) return null;
  const { cipher, content_sha256: content, der_sha256: der, fingerprints, message, received_at: received, size, summary_sha256: summary, vaultbox, sealed_by: sealedBy } = p;
  if (typeof cipher !== 'string' || !matches(content, hash) || !matches(der, hash) || !matches(message, uuid) || !matches(vaultbox, uuid)) return null;
  if (!matches(received, instant) || typeof size !== 'number' || !(summary === null || matches(summary, hash))) return null;
  if (sealedBy !== undefined && sealedBy !== 'sender') return null;
  if (!Array.isArray(fingerprints) || !fingerprints.every((f) => matches(f, hash))) return null;
  return { cipher, contentSha256: content, derSha256: der, fingerprints, message, receivedAt: received, isSealedBySender: sealedBy === 'sender', size, summarySha256: summary, vaultbox };
}

const matches = (value: unknown, form: RegExp): value is string => typeof value === 'string' && form.test(value);

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

/** RFC 8785 for what a receipt holds: a flat object of strings, integers, nulls and arrays of strings. */
const canonical = (record: Record<string, unknown>): string =>
  `{${Object.keys(record).sort().map((name) => `${JSON.stringify(name)}:${JSON.stringify(record[name])}`).join(',')}}`;

/** False when the key is not what its fingerprint says, or the signature is not its. */
export async function verifyReceiptSignature(receipt: ParsedReceipt, key: ReceiptKey): Promise<boolean> {
  try {
    const spki = base64Decode(key.spki);
    if ((await sha256Hex(spki)) !== key.fingerprint || receipt.keyId !== key.fingerprint) return false;
    const publicKey = await crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, publicKey, receipt.signature, receipt.signed);
  } catch {
    return false;
  }
}

/** What the browser has before it, to compare with what the receipt says. */
export interface ReceiptSubject {
  readonly vaultboxId: string;
  readonly messageId: string;
  readonly der: Uint8Array;
  /** Of the message, as its own structure names it. */
  readonly cipher: ContentCipher;
  readonly encryptedContent: Uint8Array;
  /** SHA-256 hex of the stored summary; null: there is none; undefined: no summary was shown, so there is nothing to compare. */
  readonly summarySha256: string | null | undefined;
}

/** The first thing that differs, in words; null when all agrees. */
export async function receiptMismatch(payload: ReceiptPayload, subject: ReceiptSubject): Promise<string | null> {
  if (payload.message !== subject.messageId.toLowerCase()) return 'it belongs to another message';
  if (payload.vaultbox !== subject.vaultboxId.toLowerCase()) return 'it belongs to another vaultbox';
  if (payload.cipher !== subject.cipher) return 'it names another cipher';
  if (payload.size !== subject.der.length) return 'the size differs';
  if (payload.summarySha256 !== subject.summarySha256 && subject.summarySha256 !== undefined) return 'the line in the list was altered';
  const [content, der] = await Promise.all([digest(subject.encryptedContent), digest(subject.der)]);
  if (payload.contentSha256 !== content) return 'the encrypted content was altered';
  return payload.derSha256 === der ? null : 'the sealed message was altered';
}

const digest = async (bytes: Uint8Array): Promise<string> => hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Bytes)));
