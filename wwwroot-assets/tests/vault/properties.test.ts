// What arrives may be anything: a value or one of our errors comes of it, never another exception.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VaultError } from '../../vault/client/contract.ts';
import { splitAddedLines } from '../../vault/core/added-lines.ts';
import { parseEnvelopedData } from '../../vault/core/cms/envelope.ts';
import { hex, utf8 } from '../../vault/core/encoding.ts';
import { decodeBase64, decodeQuotedPrintable } from '../../vault/core/mime/decoders.ts';
import { scanStructure } from '../../vault/core/mime/structure.ts';
import { parseLazily } from '../../vault/core/mime/lazy.ts';
import { parseReceipt } from '../../vault/core/receipt.ts';
import { sampleBytes, Workshop } from './openssl.ts';

const runs = process.env.PORTAL_TEST_DEEP === undefined ? 2_000 : 50_000;
const workshop = new Workshop();
const seeds: Uint8Array[] = [];

beforeAll(async () => {
  workshop.write('mail.eml', sampleBytes(300));
  for (const kind of ['RSA', 'P-256'] as const) {
    await workshop.recipient(kind, [], kind);
    for (const options of [[], ['-stream']]) for (const cipher of ['-aes256', '-aes-256-gcm']) seeds.push(workshop.seal('mail.eml', 's.der', [kind], options, cipher));
  }
});
afterAll(() => workshop.end());

/** A message of ours with pieces taken out, put in and overwritten. */
const mutated = (): fc.Arbitrary<Uint8Array> => fc.tuple(fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.uint8Array({ maxLength: 12 })), { minLength: 1, maxLength: 6 })).map(([pick, edits]) => {
  let bytes = [...(seeds[pick % seeds.length] ?? [])];
  for (const [at, gone, put] of edits) bytes.splice(at % (bytes.length + 1), gone, ...put);
  if (bytes.length === 0) bytes = [0];
  return Uint8Array.from(bytes);
});

function typed(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    return error instanceof VaultError;
  }
}

describe('whatever arrives', () => {
  test('ParseEnvelopedData_AnyBytes_ValueOrTypedError', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => typed(() => parseEnvelopedData(bytes))), { numRuns: runs });
  });

  test('ParseEnvelopedData_OurMessageEdited_ValueOrTypedErrorAndViewsStayInside', () => {
    fc.assert(fc.property(mutated(), (bytes) => typed(() => {
      const { content, iv, recipients } = parseEnvelopedData(bytes);
      expect(content.length + iv.length).toBeLessThanOrEqual(bytes.length);
      for (const recipient of recipients) expect(recipient.encryptedKey.length).toBeLessThanOrEqual(bytes.length);
    })), { numRuns: runs });
  });

  test('ParseReceipt_AnyText_NullOrAReceipt', () => {
    const base64Url = fc.stringMatching(/^[A-Za-z0-9_-]{0,60}$/);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.tuple(base64Url, base64Url, base64Url).map((parts) => parts.join('.'))), (text) => {
      parseReceipt(text);
    }), { numRuns: runs });
  });

  test('Mime_AnyTextWithBoundaries_PartsStayInsideTheirParents', () => {
    const line = fc.oneof(fc.constantFrom('--b', '--b--', '--c', '--c--', '', 'Content-Type: multipart/mixed; boundary=b', 'Content-Type: multipart/alternative; boundary="c"', ' folded', 'Content-Transfer-Encoding: base64', 'aGk='), fc.string({ maxLength: 20 }));
    fc.assert(fc.property(fc.array(line, { maxLength: 40 }), fc.constantFrom('\r\n', '\n'), (lines, ending) => {
      const bytes = utf8(['Content-Type: multipart/mixed; boundary=b', '', ...lines].join(ending));
      const check = (part: ReturnType<typeof scanStructure>, start: number, end: number): void => {
        expect(part.bodyStart).toBeGreaterThanOrEqual(start);
        // An empty body ends where it begins, which may be within the line break before its parent's end.
        if (part.bodyEnd > part.bodyStart) expect(part.bodyEnd).toBeLessThanOrEqual(end);
        expect(part.bodyEnd).toBeGreaterThanOrEqual(part.bodyStart);
        for (const child of part.children) check(child, part.bodyStart, part.bodyEnd);
      };
      check(scanStructure(bytes), 0, bytes.length);
      for (const part of parseLazily(bytes).parts) part.decode();
      splitAddedLines(bytes);
    }), { numRuns: runs / 4 });
  });

  test('Decoders_AnyBytes_Base64RoundTripsAndNeitherGrows', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(hex(decodeBase64(utf8(Buffer.from(bytes).toString('base64'))))).toBe(hex(bytes));
      expect(decodeBase64(bytes).length).toBeLessThanOrEqual(bytes.length);
      expect(decodeQuotedPrintable(bytes).length).toBeLessThanOrEqual(bytes.length);
    }), { numRuns: runs });
  });
});
