import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEnvelopedData } from '../../vault/core/cms/envelope.ts';
import { decryptEnvelopedData } from '../../vault/core/cms/open.ts';
import type { RecipientKey } from '../../vault/core/cms/recipient-key.ts';
import { concat, fromHex, hex } from '../../vault/core/encoding.ts';
import { sampleBytes, Workshop } from './openssl.ts';
import { codeOf, flipped } from './outcomes.ts';

const workshop = new Workshop();
const keys: RecipientKey[] = [];
const content = sampleBytes(20_011);
let sealed: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  for (const name of ['ada', 'ben']) keys.push(await workshop.recipient(name));
  workshop.write('mail.eml', content);
  sealed = workshop.seal('mail.eml', 'gcm.der', ['ada', 'ben'], [], '-aes-256-gcm');
});
afterAll(() => workshop.end());

const open = async (bytes: Uint8Array, holders: readonly RecipientKey[] = keys): Promise<Uint8Array> => (await decryptEnvelopedData(parseEnvelopedData(bytes), holders)).plaintext;
/** Replaces the one place where `from` stands, in hex, by as many bytes. */
const replaced = (from: string, to: string): Uint8Array => {
  const text = hex(sealed);
  expect(text.split(from)).toHaveLength(2);
  return fromHex(text.replace(from, to));
};

describe('AuthEnvelopedData', () => {
  test('Open_DerTwoRecipients_EachKeyOpens', async () => {
    for (const key of keys) {
      const opened = await decryptEnvelopedData(parseEnvelopedData(sealed), [key]);
      expect(hex(opened.plaintext)).toBe(hex(content));
      expect(opened.fingerprint).toBe(key.fingerprint);
    }
  });

  test('Open_StreamedBer_SameBytes', async () => {
    const ber = workshop.seal('mail.eml', 'gcm.ber', ['ada'], ['-stream'], '-aes-256-gcm');
    expect(ber[1]).toBe(0x80);
    expect(hex(await open(ber))).toBe(hex(content));
  });

  test('Open_NothingInside_OpensEmpty', async () => {
    workshop.write('empty.eml', '');
    expect(await open(workshop.seal('empty.eml', 'empty.der', ['ada'], [], '-aes-256-gcm'))).toHaveLength(0);
  });

  test('Parse_Message_ContentIsAViewWithoutTheTag', () => {
    const parsed = parseEnvelopedData(sealed);
    expect(parsed.spec.cipher).toBe('AES-256-GCM');
    expect(parsed.content.buffer).toBe(sealed.buffer);
    expect(parsed.content).toHaveLength(content.length);
    expect(hex(parsed.tag ?? new Uint8Array(0))).toBe(hex(sealed.subarray(-16)));
  });

  test('Open_WithAnotherKey_KeyNotHeld', async () => {
    expect(await codeOf(async () => open(sealed, [await workshop.recipient('cyd')]))).toBe('key_not_held');
  });

  test('Open_AnyByteFlipped_NeverGivesOtherContent', async () => {
    const start = parseEnvelopedData(sealed).content.byteOffset - sealed.byteOffset;
    const wrong: string[] = [];
    for (let i = 0; i < sealed.length; i += i < start || i >= sealed.length - 20 ? 1 : 811) {
      const outcome = await open(flipped(sealed, i)).then(
        (plaintext) => (hex(plaintext) === hex(content) ? 'opened' : 'garbled'), (error: { code?: string }) => error.code ?? 'untyped');
      // Where one of the two recipients is altered, the other still opens it.
      const allowed = i < start ? /^(cms_malformed|cms_(type|cipher|key)_unsupported|cms_authentication_failed|key_not_held|opened)$/ : /^(cms_malformed|cms_authentication_failed)$/;
      if (!allowed.test(outcome)) wrong.push(`${i}: ${outcome}`);
    }
    expect(wrong).toEqual([]);
  });

  test('Open_TagOrContentAltered_OneErrorForBoth', async () => {
    for (const at of [sealed.length - 1, sealed.length - 16, sealed.length - 19]) {
      expect(await codeOf(() => open(flipped(sealed, at)))).toBe('cms_authentication_failed');
    }
  });

  test('Parse_CutShortAnywhere_Malformed', async () => {
    for (let length = 0; length < sealed.length; length += length < 1_000 || length > sealed.length - 30 ? 1 : 997) {
      expect(await codeOf(() => parseEnvelopedData(sealed.subarray(0, length)))).toBe('cms_malformed');
    }
    expect(await codeOf(() => parseEnvelopedData(concat(sealed, Uint8Array.of(0))))).toBe('cms_malformed');
  });

  test('Parse_ShorterTag_Unsupported', async () => {
    // GCMParameters name a tag of 16 bytes; a message that names fewer is not opened, however long its tag is.
    const shorter = replaced('020110', '02010c');
    expect(await codeOf(() => parseEnvelopedData(shorter))).toBe('cms_cipher_unsupported');
  });

  test('Parse_CiphersExchanged_Refused', async () => {
    // What is authenticated is never opened by a cipher that does not check it, be it named within this structure or in place of it.
    const aes256Cbc = replaced('060960864801650304012e', '060960864801650304012a');
    expect(await codeOf(() => parseEnvelopedData(aes256Cbc))).toBe('cms_cipher_unsupported');
    // The same mode with a shorter key is another cipher, and this key is not its.
    expect(await codeOf(() => open(replaced('060960864801650304012e', '0609608648016503040106')))).toBe('cms_authentication_failed');
    const cbc = workshop.seal('mail.eml', 'cbc.der', ['ada']);
    const gcmWithin = fromHex(hex(cbc).replace('060960864801650304012a', '060960864801650304012e'));
    expect(await codeOf(() => parseEnvelopedData(gcmWithin))).toBe('cms_cipher_unsupported');
  });
});
