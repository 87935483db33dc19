import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEnvelopedData } from '../../vault/core/cms/envelope.ts';
import { decryptEnvelopedData } from '../../vault/core/cms/open.ts';
import type { RecipientKey } from '../../vault/core/cms/recipient-key.ts';
import { concat, concatAll, hex } from '../../vault/core/encoding.ts';
import { sampleBytes, Workshop } from './openssl.ts';
import { codeOf, fastest } from './outcomes.ts';

const workshop = new Workshop();
const keys: RecipientKey[] = [];
const content = sampleBytes(20_011);
let sealed: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  for (const name of ['ada', 'ben', 'cyd']) keys.push(await workshop.recipient(name));
  workshop.write('mail.eml', content);
  sealed = workshop.seal('mail.eml', 'one.der', ['ada']);
});
afterAll(() => workshop.end());

const open = async (bytes: Uint8Array, holders: readonly RecipientKey[]): Promise<Uint8Array> => (await decryptEnvelopedData(parseEnvelopedData(bytes), holders)).plaintext;

describe('opening what openssl sealed', () => {
  test('Open_DerOneRecipient_SameBytes', async () => {
    expect(hex(await open(sealed, keys.slice(0, 1)))).toBe(hex(content));
  });

  test('Open_DerThreeRecipients_EachKeyOpens', async () => {
    const three = workshop.seal('mail.eml', 'three.der', ['ada', 'ben', 'cyd']);
    for (const key of keys) {
      const opened = await decryptEnvelopedData(parseEnvelopedData(three), [key]);
      expect(hex(opened.plaintext)).toBe(hex(content));
      expect(opened.fingerprint).toBe(key.fingerprint);
    }
  });

  test('Open_StreamedBer_SameBytes', async () => {
    const big = sampleBytes(300_000, 7);
    workshop.write('big.eml', big);
    const ber = workshop.seal('big.eml', 'stream.ber', ['ada', 'ben', 'cyd'], ['-stream']);
    expect(ber[1]).toBe(0x80);
    expect(hex(await open(ber, keys.slice(2)))).toBe(hex(big));
  });

  test('Open_BySubjectKeyIdentifier_SameBytes', async () => {
    const bySki = workshop.seal('mail.eml', 'ski.der', ['ben'], ['-keyid']);
    expect(parseEnvelopedData(bySki).recipients[0]?.id.kind).toBe('key-id');
    expect(hex(await open(bySki, keys))).toBe(hex(content));
  });

  test('Parse_OnePrimitiveString_ContentIsAViewOfTheInput', () => {
    const parsed = parseEnvelopedData(sealed);
    expect(parsed.content.buffer).toBe(sealed.buffer);
  });
});

describe('what it refuses, and how it says so', () => {
  test('Open_WithAnotherKey_KeyNotHeld', async () => {
    expect(await codeOf(() => open(sealed, keys.slice(1)))).toBe('key_not_held');
  });

  test('Parse_OtherType_SaysSo', async () => {
    workshop.openssl('cms', '-data_create', '-binary', '-in', 'mail.eml', '-outform', 'DER', '-out', 'data.der');
    expect(await codeOf(() => parseEnvelopedData(workshop.read('data.der')))).toBe('cms_type_unsupported');
  });

  test('Open_AnyByteBeforeTheContentFlipped_NeverGivesTheContent', async () => {
    const headLength = sealed.length - parseEnvelopedData(sealed).content.length;
    const wrong: string[] = [];
    for (let i = 0; i < headLength; i++) {
      const altered = sealed.slice();
      altered[i] = (altered[i] ?? 0) ^ 0x01;
      const outcome = await open(altered, keys.slice(0, 1)).then(
        (plaintext) => (hex(plaintext) === hex(content) ? 'opened' : 'garbled'),
        (error: { code?: string }) => error.code ?? 'untyped');
      if (!/^(cms_malformed|cms_(type|cipher|key)_unsupported|cms_decrypt_failed|key_not_held|garbled)$/.test(outcome)) wrong.push(`${i}: ${outcome}`);
    }
    expect(wrong).toEqual([]);
  });

  test('Open_LastBlockAltered_OneErrorForAllCauses', async () => {
    const codes = new Set<string>();
    for (let bit = 0; bit < 8; bit++) {
      const altered = sealed.slice();
      altered[altered.length - 17] = (altered[altered.length - 17] ?? 0) ^ (1 << bit);
      codes.add(await codeOf(async () => {
        const opened = await open(altered, keys.slice(0, 1));
        if (opened.length !== content.length) throw Object.assign(new Error(), { code: 'cms_decrypt_failed' });
      }));
    }
    expect([...codes].filter((c) => c !== 'no error')).toEqual(['cms_decrypt_failed']);
  });

  test('Parse_CutShortAnywhere_Malformed', async () => {
    for (let length = 0; length < sealed.length; length += length < 600 ? 1 : 997) {
      expect(await codeOf(() => parseEnvelopedData(sealed.subarray(0, length)))).toBe('cms_malformed');
    }
    expect(await codeOf(() => parseEnvelopedData(concat(sealed, Uint8Array.of(0))))).toBe('cms_malformed');
  });

  test('Parse_StreamedBerCutShortAnywhere_Malformed', async () => {
    const ber = workshop.seal('mail.eml', 'short.ber', ['ada'], ['-stream']);
    for (let length = 0; length < ber.length; length += length < 600 ? 1 : 991) {
      expect(await codeOf(() => parseEnvelopedData(ber.subarray(0, length)))).toBe('cms_malformed');
    }
  });

  test('Parse_LengthBeyondTheEnd_Malformed', async () => {
    const altered = sealed.slice();
    altered.set([0x84, 0xff, 0xff, 0xff], 1);
    expect(await codeOf(() => parseEnvelopedData(altered))).toBe('cms_malformed');
  });

  test('Parse_DeeplyNestedBer_MalformedAtOnce', async () => {
    // ContentInfo, EnvelopedData, version, then an originatorInfo of 2,000,000 nested indefinite sequences.
    const head = Uint8Array.of(0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03, 0xa0, 0x80, 0x30, 0x80, 0x02, 0x01, 0x00, 0xa0, 0x80);
    const nested = new Uint8Array(4_000_000);
    for (let i = 0; i < nested.length; i += 2) nested.set([0x30, 0x80], i);
    const began = performance.now();
    expect(await codeOf(() => parseEnvelopedData(concat(head, nested)))).toBe('cms_malformed');
    expect(performance.now() - began).toBeLessThan(200);
  });

  test('Parse_ManyRecipients_Limit', async () => {
    const recipient = Uint8Array.of(0xa2, 0x00);
    const set = concat(...Array.from({ length: 2_000 }, () => recipient));
    const head = Uint8Array.of(0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03, 0xa0, 0x80, 0x30, 0x80, 0x02, 0x01, 0x00, 0x31, 0x80);
    expect(await codeOf(() => parseEnvelopedData(concat(head, set)))).toBe('cms_limit');
  });

  test('Parse_TwiceTheSegments_AtMostAboutTwiceTheTime', async () => {
    const ber = (segments: number): Uint8Array => {
      const parsed = parseEnvelopedData(sealed);
      const start = sealed.length - parsed.content.length;
      // Replace the primitive content by a constructed one of 16-byte segments, all lengths indefinite.
      const prefix = streamPrefix();
      const segment = concat(Uint8Array.of(0x04, 0x10), new Uint8Array(16));
      expect(start).toBeGreaterThan(0);
      return concatAll([prefix, ...Array.from({ length: segments }, () => segment), new Uint8Array(10)]);
    };
    const streamPrefix = (): Uint8Array => {
      const stream = workshop.seal('mail.eml', 'prefix.ber', ['ada'], ['-stream']);
      const at = hex(stream).indexOf('a0800482') / 2;
      return stream.subarray(0, at + 2);
    };
    const time = (bytes: Uint8Array): number => fastest(() => expect(parseEnvelopedData(bytes).content.length % 16).toBe(0));
    const small = ber(100_000);
    const large = ber(400_000);
    expect(time(large)).toBeLessThan(Math.max(1, time(small)) * 16);
  });
});
