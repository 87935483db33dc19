// Mail sealed with PKCS#1 v1.5 alone, opened on request; and what somebody learns who sends altered ones.
import { constants, privateDecrypt, publicEncrypt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEnvelopedData, type EnvelopedData } from '../../vault/core/cms/envelope.ts';
import { decryptOldEnvelopedData, oldRecipients } from '../../vault/core/cms/open-old.ts';
import { readRsaPrivateKey, unwrapOldKey } from '../../vault/core/cms/old-rsa.ts';
import type { RecipientKey } from '../../vault/core/cms/recipient-key.ts';
import { concat, hex } from '../../vault/core/encoding.ts';
import { sampleBytes, Workshop } from './openssl.ts';
import { codeOf, flipped } from './outcomes.ts';

const deep = process.env.PORTAL_TEST_DEEP !== undefined;
const workshop = new Workshop();
const content = sampleBytes(5_003);
let key: RecipientKey;
let pkcs8: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  workshop.write('mail.eml', content);
  key = await workshop.recipient('ada');
  pkcs8 = workshop.read('ada.p8');
});
afterAll(() => workshop.end());

function seal(cipher: string, options: readonly string[] = []): EnvelopedData {
  workshop.openssl('cms', '-encrypt', '-binary', cipher, '-in', 'mail.eml', '-outform', 'DER', '-out', 'old.der', ...options, '-recip', 'ada.pem');
  return parseEnvelopedData(workshop.read('old.der'));
}

const open = async (data: EnvelopedData): Promise<string> => hex((await decryptOldEnvelopedData(data, key, pkcs8)).plaintext);
const rsa = (): NonNullable<ReturnType<typeof readRsaPrivateKey>> => {
  const read = readRsaPrivateKey(pkcs8);
  if (read === null) throw new Error('no key');
  return read;
};
/** The message with other octets in place of its wrapped key. */
const withKey = (data: EnvelopedData, encryptedKey: Uint8Array): EnvelopedData => ({ ...data, recipients: data.recipients.map((one) => ({ ...one, encryptedKey })) });
/** RSA without padding, to make blocks of any form. */
const sealedBlock = (block: Uint8Array): Uint8Array => Uint8Array.from(publicEncrypt({ key: readFileSync(workshop.path('ada.pem')), padding: constants.RSA_NO_PADDING }, block));
const block = (length: number, change: (bytes: Uint8Array) => void = () => undefined): Uint8Array => {
  const bytes = concat(Uint8Array.of(0, 2), new Uint8Array(256 - 3 - length).fill(7), Uint8Array.of(0), sampleBytes(length, 5));
  change(bytes);
  return sealedBlock(bytes);
};

describe('old messages', () => {
  test.each(['-aes-128-cbc', '-aes-192-cbc', '-aes-256-cbc', '-aes-256-gcm'])('Open_%sAsOpensslSealsIt_SameBytes', async (cipher) => {
    for (const options of [[], ['-stream'], ['-keyid']]) {
      const data = seal(cipher, options);
      expect(oldRecipients(data, [key])).toEqual([key]);
      expect(await open(data)).toBe(hex(content));
    }
  });

  test('Unwrap_ManyKeys_SameAsOpenssl', async () => {
    for (let seed = 1; seed < 20; seed++) {
      const secret = sampleBytes(32, seed);
      const wrapped = Uint8Array.from(publicEncrypt({ key: readFileSync(workshop.path('ada.pem')), padding: constants.RSA_PKCS1_PADDING }, secret));
      expect(hex(await unwrapOldKey(rsa(), wrapped, 32) ?? new Uint8Array(0))).toBe(hex(secret));
      expect(hex(privateDecrypt({ key: readFileSync(workshop.path('ada.key')), padding: constants.RSA_NO_PADDING }, wrapped).subarray(-32))).toBe(hex(secret));
    }
  });

  test('OldRecipients_OtherKeysOrNewerWrapping_None', async () => {
    const other = await workshop.recipient('ben');
    expect(oldRecipients(seal('-aes-256-cbc'), [other])).toEqual([]);
    const newer = parseEnvelopedData(workshop.seal('mail.eml', 'new.der', ['ada']));
    expect(oldRecipients(newer, [key])).toEqual([]);
    expect(await codeOf(() => decryptOldEnvelopedData(newer, key, pkcs8))).toBe('key_not_held');
    await workshop.recipient('curve', [], 'P-256');
    expect(await codeOf(() => decryptOldEnvelopedData(seal('-aes-256-cbc'), key, workshop.read('curve.p8')))).toBe('key_not_held');
  });
});

describe('what altered ones tell', () => {
  const wrongs: readonly (readonly [string, () => Uint8Array])[] = [
    ['first octet', () => block(32, (b) => (b[0] = 0x20))], ['block type', () => block(32, (b) => (b[1] = 1))], ['zero in the padding', () => block(32, (b) => (b[5] = 0))],
    ['zero at the end of the padding', () => block(32, (b) => (b[221] = 0))], ['no separator', () => block(32, (b) => (b[223] = 9))], ['a key too short', () => block(24)], ['a key too long', () => block(40)],
    ['noise', () => flipped(block(32), 100)], ['zero', () => sealedBlock(new Uint8Array(256))],
  ];

  test.each(wrongs)('Unwrap_Wrong: %s_AnotherKeyThatStaysTheSame', async (_what, make) => {
    const wrapped = make();
    const [once, again] = [await unwrapOldKey(rsa(), wrapped, 32), await unwrapOldKey(rsa(), wrapped, 32)];
    expect(once).toHaveLength(32);
    expect(hex(once ?? new Uint8Array(0))).toBe(hex(again ?? new Uint8Array(1)));
    expect(hex(once ?? new Uint8Array(0))).not.toBe(hex(sampleBytes(32, 5)));
  });

  test('Open_PaddingKeyOrContentWrong_OneErrorForAll', async () => {
    for (const cipher of ['-aes-256-cbc', '-aes-256-gcm']) {
      const data = seal(cipher);
      const tampered = [...wrongs.map(([, make]) => withKey(data, make())), withKey(data, block(32)), { ...data, content: flipped(data.content, 20) }, withKey(data, sampleBytes(255)), withKey(data, new Uint8Array(256).fill(255))];
      const said = new Set<string>();
      for (const one of tampered) {
        // A wrong key gives a padding of CBC that is right by chance, once in 256: then there is text, and no error to tell by.
        await decryptOldEnvelopedData(one, key, pkcs8).then(() => undefined, (error: unknown) => said.add(String(error)));
      }
      expect(said.size).toBe(1);
    }
  });

  // Clocks of a busy machine tell nothing: where there is time enough to measure.
  if (deep) {
    test('Unwrap_RightOrWrongPadding_TakesTheSameTime', { timeout: 10 * 60_000 }, async () => {
      const [right, wrong] = [block(32), block(32, (b) => (b[1] = 1))];
      const [key1, times] = [rsa(), { right: [] as number[], wrong: [] as number[] }];
      for (let i = 0; i < 600; i++) {
        for (const [name, wrapped] of (i % 2 === 0 ? [['right', right], ['wrong', wrong]] : [['wrong', wrong], ['right', right]]) as ['right' | 'wrong', Uint8Array][]) {
          const began = performance.now();
          await unwrapOldKey(key1, wrapped, 32);
          times[name].push(performance.now() - began);
        }
      }
      const sorted = (list: number[]): number[] => [...list].sort((a, b) => a - b);
      const quantile = (list: number[], at: number): number => sorted(list)[Math.floor(list.length * at)] ?? 0;
      const spread = quantile(times.right, 0.75) - quantile(times.right, 0.25);
      // Medians nearer to each other than what chance makes of one of them.
      expect(Math.abs(quantile(times.right, 0.5) - quantile(times.wrong, 0.5))).toBeLessThan(Math.max(spread / 2, 0.2));
    });
  }
});
