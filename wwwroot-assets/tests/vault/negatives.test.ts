// Every bit of what arrives may be wrong. One bit of each octet is flipped here, another one for each; all of them in the deep suite.
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { VaultError } from '../../vault/client/contract.ts';
import { BerReader } from '../../vault/core/ber-reader.ts';
import { malformed } from '../../vault/core/cms/errors.ts';
import { readOctetString } from '../../vault/core/cms/octet-string.ts';
import { parseEnvelopedData } from '../../vault/core/cms/envelope.ts';
import { decryptEnvelopedData } from '../../vault/core/cms/open.ts';
import type { RecipientKey } from '../../vault/core/cms/recipient-key.ts';
import { base64Encode, base64UrlEncode, concat, fromHex, fromUtf8, hex, sha256Hex, utf8, uuidBytes } from '../../vault/core/encoding.ts';
import { parseReceipt, receiptMismatch, verifyReceiptSignature, type ReceiptKey } from '../../vault/core/receipt.ts';
import { openSummary } from '../../vault/core/summary.ts';
import { sampleBytes, Workshop, type KeyKind } from './openssl.ts';
import { codeOf, fastest, flipped } from './outcomes.ts';

const deep = process.env.PORTAL_TEST_DEEP !== undefined;
const minutes = 60_000;
const vaultboxId = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const messageId = '0190a1b2-c3d4-7e5f-8a9b-ffffffffffff';
const content = sampleBytes(1_500);
const workshop = new Workshop();
let pair: CryptoKeyPair;
let receiptKey: ReceiptKey;

beforeAll(async () => {
  workshop.write('mail.eml', content);
  pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  receiptKey = { fingerprint: await sha256Hex(spki), spki: base64Encode(spki) };
});
afterAll(() => workshop.end());

function* flips(length: number): Generator<readonly [at: number, mask: number]> {
  for (let at = 0; at < length; at++) {
    for (let bit = 0; bit < 8; bit++) if (deep || bit === (at * 5) % 8) yield [at, 1 << bit];
  }
}

function flippedAt(bytes: Uint8Array, at: number, mask: number): Uint8Array<ArrayBuffer> {
  const altered = Uint8Array.from(bytes);
  altered[at] = (altered[at] ?? 0) ^ mask;
  return altered;
}

async function receiptFor(der: Uint8Array, cipher: string, encrypted: Uint8Array, fingerprint: string, summarySha256: string | null): Promise<string> {
  const claims = {
    cipher, content_sha256: await sha256Hex(encrypted), der_sha256: await sha256Hex(der), fingerprints: [fingerprint], message: messageId,
    received_at: '2026-11-22T13:00:00.123Z', size: der.length, summary_sha256: summarySha256, v: 1, vaultbox: vaultboxId,
  };
  const signed = `${base64UrlEncode(utf8(JSON.stringify({ alg: 'ES256', kid: receiptKey.fingerprint })))}.${base64UrlEncode(utf8(JSON.stringify(claims)))}`;
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, utf8(signed));
  return `${signed}.${base64UrlEncode(new Uint8Array(signature))}`;
}

interface Arrived { readonly der: Uint8Array<ArrayBuffer>; readonly receipt: string; readonly key: RecipientKey; readonly head: number; readonly end: number }

async function arrive(name: string, kind: KeyKind, cipher: string): Promise<Arrived> {
  const key = await workshop.recipient(name, [], kind);
  const der = workshop.seal('mail.eml', `${name}.der`, [name], [], cipher);
  const parsed = parseEnvelopedData(der);
  const head = parsed.content.byteOffset - der.byteOffset;
  return { der, key, receipt: await receiptFor(der, parsed.spec.cipher, parsed.content, key.fingerprint, null), head, end: head + parsed.content.length };
}

type Outcome = 'shown' | 'refused by the cipher' | 'refused by the receipt' | `refused: ${string}` | `untyped: ${string}`;

/** The cipher is asked first here, and so that each must stand by itself; the worker asks the receipt before it decrypts anything. */
async function outcome({ der, receipt, key }: Pick<Arrived, 'der' | 'receipt' | 'key'>): Promise<Outcome> {
  try {
    const data = parseEnvelopedData(der);
    const { fingerprint } = await decryptEnvelopedData(data, [key]);
    const parsed = parseReceipt(receipt);
    if (parsed === null || !(await verifyReceiptSignature(parsed, receiptKey))) return 'refused by the receipt';
    const subject = { vaultboxId, messageId, der, cipher: data.spec.cipher, encryptedContent: data.content, summarySha256: null };
    return parsed.payload.fingerprints.includes(fingerprint) && (await receiptMismatch(parsed.payload, subject)) === null ? 'shown' : 'refused by the receipt';
  } catch (error) {
    if (!(error instanceof VaultError)) return `untyped: ${String(error)}`;
    return /^cms_(authentication|decrypt)_failed$/.test(error.code) ? 'refused by the cipher' : `refused: ${error.code}`;
  }
}

describe.each(['P-256', 'RSA'] as const)('a message of about 2 KB in GCM to a key of %s', (kind) => {
  let message: Arrived;
  beforeAll(async () => {
    message = await arrive(`gcm-${kind}`, kind, '-aes-256-gcm');
  });

  test('Open_Untouched_Shown', async () => {
    expect(message.der.length).toBeGreaterThan(1_700);
    expect(await outcome(message)).toBe('shown');
  });

  test('Open_AnyBitOfItFlipped_RefusedWithATypedError', { timeout: 20 * minutes }, async () => {
    const wrong: string[] = [];
    for (const [at, mask] of flips(message.der.length)) {
      const said = await outcome({ ...message, der: flippedAt(message.der, at, mask) });
      const inContent = at >= message.head && at < message.end;
      if (inContent ? said !== 'refused by the cipher' : !said.startsWith('refused')) wrong.push(`${at}/${mask}: ${said}`);
    }
    expect(wrong).toEqual([]);
  });

  test('Open_AnyBitOfItsReceiptFlipped_Refused', { timeout: 20 * minutes }, async () => {
    const wrong: string[] = [];
    const receipt = utf8(message.receipt);
    for (const [at, mask] of flips(receipt.length)) {
      const said = await outcome({ ...message, receipt: fromUtf8(flippedAt(receipt, at, mask)) });
      if (said !== 'refused by the receipt') wrong.push(`${at}/${mask}: ${said}`);
    }
    expect(wrong).toEqual([]);
  });
});

test('Open_AnyBitOfCbcFlipped_CaughtByTheReceiptAtTheLatest', { timeout: 20 * minutes }, async () => {
  const message = await arrive('cbc', 'P-256', '-aes-256-cbc');
  const said = new Map<string, number>();
  for (const [at, mask] of flips(message.der.length)) {
    const what = await outcome({ ...message, der: flippedAt(message.der, at, mask) });
    if (at >= message.head) said.set(what, (said.get(what) ?? 0) + 1);
    expect(what.startsWith('refused')).toBe(true);
  }
  // The cipher alone would have taken almost all of them: that is what the receipt is for.
  expect(said.get('refused by the receipt')).toBeGreaterThan(1_000);
});

test('OpenSummary_AnyBitFlipped_Refused', { timeout: 20 * minutes }, async () => {
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const keys = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  const portalKey = { privateKey: keys.privateKey, publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey)) };
  const ids = { vaultboxId, messageId, contentSha256: 'ab'.repeat(32) };
  const aad = concat(uuidBytes(vaultboxId), uuidBytes(messageId), fromHex(ids.contentSha256));
  const sealed = await suite.seal({ recipientPublicKey: keys.publicKey, info: utf8('vaultbox/summary/v1') }, utf8('{"subject":"x"}'.padEnd(512)), aad);
  const summary = concat(Uint8Array.of(1), new Uint8Array(sealed.enc), new Uint8Array(sealed.ct));
  expect((await openSummary(summary, [portalKey], ids)).subject).toBe('x');
  const wrong: string[] = [];
  for (const [at, mask] of flips(summary.length)) {
    const said = await openSummary(flippedAt(summary, at, mask), [portalKey], ids).then(() => 'opened', (error: unknown) => (error instanceof VaultError ? error.code : String(error)));
    if (!/^summary_(unopened|malformed)$/.test(said)) wrong.push(`${at}/${mask}: ${said}`);
  }
  expect(wrong).toEqual([]);
});

describe('structures', () => {
  const samples: { what: string; der: Uint8Array<ArrayBuffer> }[] = [];
  beforeAll(async () => {
    for (const kind of ['RSA', 'P-384'] as const) {
      await workshop.recipient(`s-${kind}`, [], kind);
      for (const options of [[], ['-stream']]) {
        for (const cipher of ['-aes256', '-aes-256-gcm']) samples.push({ what: `${kind} ${cipher} ${options.join()}`, der: workshop.seal('mail.eml', 's.der', [`s-${kind}`], options, cipher) });
      }
    }
  });
  const said = (bytes: Uint8Array): string => {
    try {
      parseEnvelopedData(bytes);
      return 'read';
    } catch (error) {
      return error instanceof VaultError ? error.code : `untyped ${String(error)}`;
    }
  };

  test('Parse_CutShortAtEveryOctet_Malformed', () => {
    expect(samples).toHaveLength(8);
    for (const { der } of samples) {
      const outcomes = new Set(Array.from({ length: der.length }, (_, length) => said(der.subarray(0, length))));
      expect([...outcomes]).toEqual(['cms_malformed']);
    }
  });

  test('Parse_AnyLengthWrong_TypedErrorAndNothingReadBeyondTheEnd', () => {
    const lengths = [[0x80], [0x81, 0xff], [0x82, 0xff, 0xff], [0x83, 0xff, 0xff, 0xff], [0x84, 0x7f, 0xff, 0xff, 0xff], [0x84, 0xff, 0xff, 0xff, 0xff],
      [0x85, 1, 0, 0, 0, 0], [0x88, 255, 255, 255, 255, 255, 255, 255, 255], [0xff], [0x00], [0x7f]];
    const odd: string[] = [];
    for (const { what, der } of samples) {
      for (let at = 1; at < Math.min(der.length, 900); at++) {
        for (const length of lengths) {
          const code = said(concat(der.subarray(0, at), Uint8Array.from(length), der.subarray(at + 1)));
          if (!/^(read|cms_[a-z0-9_]+)$/.test(code)) odd.push(`${what} ${at}: ${code}`);
        }
      }
    }
    expect(odd).toEqual([]);
  });

  test('Parse_DeepNestingWhereverSomethingIsPassedOver_MalformedInLinearTime', () => {
    const head = fromHex('308006092a864886f70d010703a0803080020100');
    const places = ['a080', '3180a280', '3180308002010030803080', '3180a18002010330'];
    const nested = (pairs: number, tag: number): Uint8Array => Uint8Array.from({ length: pairs * 2 }, (_, i) => (i % 2 === 0 ? tag : 0x80));
    for (const place of places) {
      for (const tag of [0x30, 0x24, 0xa0]) {
        const bytes = concat(head, fromHex(place), nested(1_000_000, tag));
        expect(fastest(() => expect(said(bytes)).toBe('cms_malformed'))).toBeLessThan(500);
      }
    }
  });

  test('Parse_ManySmallPieces_TimeGrowsWithTheInput', () => {
    const head = fromHex('308006092a864886f70d010703a0803080020100a080');
    const pieces = (count: number): Uint8Array => concat(head, Uint8Array.from({ length: count * 4 }, (_, i) => [0x30, 0x80, 0, 0][i % 4] ?? 0));
    const time = (bytes: Uint8Array): number => fastest(() => expect(said(bytes)).toBe('cms_malformed'));
    expect(time(pieces(800_000))).toBeLessThan(Math.max(2, time(pieces(200_000))) * 16);
  });

  test('ReadOctetString_MillionsOfTinyPieces_TakeNoMoreRoomThanTheirOctets', () => {
    const count = 1_000_000;
    const pieces = concat(Uint8Array.of(0x24, 0x80), Uint8Array.from({ length: count * 5 }, (_, i) => [0x04, 0x00, 0x04, 0x01, 0x41][i % 5] ?? 0), Uint8Array.of(0, 0));
    const content = readOctetString(new BerReader(pieces, malformed), 0x04, 'content');
    expect([content.length, content[0], content.at(-1)]).toEqual([count, 0x41, 0x41]);
    expect(content.buffer.byteLength).toBeLessThanOrEqual(2 * count);
    const empty = readOctetString(new BerReader(Uint8Array.of(0x24, 0x80, 0x04, 0x00, 0x04, 0x00, 0, 0), malformed), 0x04, 'content');
    expect(empty).toHaveLength(0);
  });

  test('Open_AKeyWrappedAThousandTimes_IsTriedAFewTimes', async () => {
    const { der, key } = await arrive('many', 'RSA', '-aes-256-cbc');
    const data = parseEnvelopedData(der);
    const [recipient] = data.recipients.filter((one) => one.wrapping.kind === 'oaep' || one.wrapping.kind === 'agreement');
    if (recipient === undefined) throw new Error('no recipient');
    const wrong = { ...recipient, encryptedKey: flipped(recipient.encryptedKey, 9) };
    const unwrap = vi.spyOn(crypto.subtle, 'unwrapKey');
    expect(await codeOf(() => decryptEnvelopedData({ ...data, recipients: Array.from({ length: 900 }, () => wrong) }, [key]))).toBe('cms_decrypt_failed');
    expect(unwrap.mock.calls.length).toBeLessThanOrEqual(16);
    unwrap.mockRestore();
  });

  test('Parse_StringsInPieces_SameContentAsInOne', () => {
    const [plain] = samples;
    if (plain === undefined) throw new Error('no sample');
    const { content: whole } = parseEnvelopedData(plain.der);
    const at = whole.byteOffset - plain.der.byteOffset;
    // [0] constructed of indefinite length, with pieces within pieces, in containers that are all indefinite too.
    const outer = parseEnvelopedData(reframed(plain.der, at, concat(
      Uint8Array.of(0xa0, 0x80), piece(whole.subarray(0, 100)), Uint8Array.of(0x24, 0x80), piece(whole.subarray(100, 101)), piece(whole.subarray(101)), new Uint8Array(4))));
    expect(hex(outer.content)).toBe(hex(whole));
  });
});

const piece = (bytes: Uint8Array): Uint8Array => concat(Uint8Array.of(0x04, 0x82, bytes.length >> 8, bytes.length & 255), bytes);

/** The message with its content replaced, and the lengths of all that holds it made indefinite. */
function reframed(der: Uint8Array, contentAt: number, content: Uint8Array): Uint8Array {
  const text = hex(der.subarray(0, contentAt - 4));
  const open = (tag: string, from: number): string => text.slice(from).replace(new RegExp(`^${tag}82....`), `${tag}80`);
  const contentInfo = open('30', 0);
  const body = contentInfo.replace(/a082....3082....020100/, 'a0803080020100');
  const info = body.replace(/3082....06092a864886f70d010701/, '308006092a864886f70d010701');
  return concat(fromHex(info), content, new Uint8Array(8));
}
