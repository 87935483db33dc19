import { beforeAll, describe, expect, test } from 'vitest';
import { base64Encode, base64UrlEncode, sha256Hex, utf8 } from '../../vault/core/encoding.ts';
import { parseReceipt, receiptMismatch, verifyReceiptSignature, type ReceiptKey, type ReceiptSubject } from '../../vault/core/receipt.ts';
import { openedWith } from '../../vault/worker/receipts.ts';
import { sampleBytes } from './openssl.ts';

const vaultbox = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const message = '0190a1b2-c3d4-7e5f-8a9b-ffffffffffff';
const der = sampleBytes(5_000);
const encryptedContent = der.subarray(900);
const summaryHash = 'cd'.repeat(32);
const fingerprint = 'ef'.repeat(32);
let key: ReceiptKey;
let pair: CryptoKeyPair;
let claims: Record<string, unknown>;
const subject: ReceiptSubject = { vaultboxId: vaultbox, messageId: message, der, cipher: 'AES-256-CBC', encryptedContent, summarySha256: summaryHash };

async function sign(payload: string, header: Record<string, unknown> = { alg: 'ES256', kid: key.fingerprint }): Promise<string> {
  const signed = `${base64UrlEncode(utf8(JSON.stringify(header)))}.${base64UrlEncode(utf8(payload))}`;
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, utf8(signed));
  return `${signed}.${base64UrlEncode(new Uint8Array(signature))}`;
}

async function verdict(jws: string, of: ReceiptSubject = subject): Promise<string> {
  const receipt = parseReceipt(jws);
  if (receipt === null) return 'unreadable';
  if (!(await verifyReceiptSignature(receipt, key))) return 'unsigned';
  return (await receiptMismatch(receipt.payload, of)) ?? 'verified';
}

beforeAll(async () => {
  pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  key = { fingerprint: await sha256Hex(spki), spki: base64Encode(spki) };
  claims = {
    cipher: 'AES-256-CBC', content_sha256: await sha256Hex(encryptedContent), der_sha256: await sha256Hex(der), fingerprints: [fingerprint], message,
    received_at: '2026-11-22T13:00:00.123Z', size: der.length, summary_sha256: summaryHash, v: 1, vaultbox,
  };
});

describe('receipts', () => {
  test('Check_Untouched_Verified', async () => {
    expect(await verdict(await sign(JSON.stringify(claims)))).toBe('verified');
    expect(await verdict(await sign(JSON.stringify(claims)), { ...subject, summarySha256: undefined })).toBe('verified');
  });

  test('Check_AnyCharacterChanged_Refused', async () => {
    const jws = await sign(JSON.stringify(claims));
    const wrong: number[] = [];
    for (let i = 0; i < jws.length; i++) {
      const other = jws[i] === 'A' ? 'B' : 'A';
      if ((await verdict(jws.slice(0, i) + other + jws.slice(i + 1))) === 'verified') wrong.push(i);
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    ['cipher', 'AES-128-CBC'], ['content_sha256', '00'.repeat(32)], ['der_sha256', '00'.repeat(32)], ['message', vaultbox],
    ['size', 1], ['summary_sha256', null], ['summary_sha256', '00'.repeat(32)], ['v', 2], ['vaultbox', message], ['received_at', 'yesterday'], ['sealed_by', 'portal'], ['sealed_by', null],
  ])('Check_SignedButOther%s_Refused', async (name, value) => {
    const changed = Object.fromEntries(Object.entries({ ...claims, [name]: value }).sort(([a], [b]) => (a < b ? -1 : 1)));
    expect(await verdict(await sign(JSON.stringify(changed)))).not.toBe('verified');
  });

  test('Check_CipherOfTheMessage_MustBeTheReceipts', async () => {
    const authenticated: ReceiptSubject = { ...subject, cipher: 'AES-256-GCM' };
    expect(await verdict(await sign(JSON.stringify({ ...claims, cipher: 'AES-256-GCM' })), authenticated)).toBe('verified');
    expect(await verdict(await sign(JSON.stringify({ ...claims, cipher: 'AES-256-GCM' })))).toBe('it names another cipher');
    expect(await verdict(await sign(JSON.stringify(claims)), authenticated)).toBe('it names another cipher');
  });

  test('Parse_SealedBySender_Told', async () => {
    const { cipher, content_sha256, der_sha256, fingerprints, message: id, received_at, ...rest } = claims;
    const said = parseReceipt(await sign(JSON.stringify({ cipher, content_sha256, der_sha256, fingerprints, message: id, received_at, sealed_by: 'sender', ...rest })));
    expect(said?.payload.isSealedBySender).toBe(true);
    expect(parseReceipt(await sign(JSON.stringify(claims)))?.payload.isSealedBySender).toBe(false);
  });

  test('OpenedWith_KeyThatTheReceiptDoesNotName_Invalid', () => {
    const report = { verdict: 'verified', detail: '', receivedAt: null, isSealedBySender: false, fingerprints: [fingerprint], keyId: null } as const;
    expect(openedWith(report, fingerprint)).toBe(report);
    for (const verdict of ['verified', 'key-changed'] as const) expect(openedWith({ ...report, verdict }, '00'.repeat(32)).verdict).toBe('invalid');
    expect(openedWith({ ...report, verdict: 'missing', fingerprints: [] }, fingerprint).verdict).toBe('missing');
  });

  test('Check_SummaryShownThoughReceiptHasNone_Refused', async () => {
    expect(await verdict(await sign(JSON.stringify({ ...claims, summary_sha256: null })))).toBe('the line in the list was altered');
  });

  test('Check_OneBitOfTheMessageFlipped_Refused', async () => {
    const altered = der.slice();
    altered[1234] = (altered[1234] ?? 0) ^ 1;
    const jws = await sign(JSON.stringify(claims));
    expect(await verdict(jws, { ...subject, der: altered, encryptedContent: altered.subarray(900) })).toBe('the encrypted content was altered');
    expect(await verdict(jws, { ...subject, der: altered })).toBe('the sealed message was altered');
  });

  test('Parse_NotCanonicalOrOtherHeader_Refused', async () => {
    expect(await verdict(await sign(JSON.stringify(claims, null, 1)))).toBe('unreadable');
    expect(await verdict(await sign(JSON.stringify({ v: 1, ...claims, cipher: 'AES-256-CBC' })))).toBe('unreadable');
    for (const header of [{ alg: 'none', kid: key.fingerprint }, { alg: 'HS256', kid: key.fingerprint }, { alg: 'ES256', kid: key.fingerprint, crit: ['x'] }, { alg: 'ES256', kid: key.fingerprint, jwk: {} }]) {
      expect(await verdict(await sign(JSON.stringify(claims), header))).toBe('unreadable');
    }
    for (const text of ['', '..', 'a.b.c', 'x'.repeat(300_000)]) expect(parseReceipt(text)).toBeNull();
  });

  test('Verify_KeyUnderAnotherFingerprint_Refused', async () => {
    const receipt = parseReceipt(await sign(JSON.stringify(claims)));
    expect(receipt).not.toBeNull();
    if (receipt !== null) expect(await verifyReceiptSignature(receipt, { ...key, fingerprint: '00'.repeat(32) })).toBe(false);
  });
});
