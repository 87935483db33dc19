import { describe, expect, test } from 'vitest';
import { latin1 } from '../../vault/core/encoding.ts';
import { kitPdf } from '../../vault/core/kit-pdf.ts';
import { kitSheet } from '../../vault/core/kit-sheet.ts';
import { newKitWords } from '../../vault/core/recovery-kit.ts';

const words = newKitWords();
const owner = { portal: 'https://mail.vault.test', account: 'jörg(at)\\home@élan.test', address: 'mara@vault.test', madeOn: '24 November 2026' };
const pdf = kitPdf(kitSheet(words, owner));
const text = latin1(pdf);

describe('the kit as a PDF', () => {
  test('kitPdf_CrossReferences_PointAtTheObjects', () => {
    const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    const [, count = '0'] = /^xref\n0 (\d+)\n/.exec(text.slice(table)) ?? [];
    const entries = [...text.slice(table).matchAll(/^(\d{10}) (\d{5}) ([nf]) $/gm)];
    expect(entries).toHaveLength(Number(count));
    for (const [i, entry] of entries.entries()) if (i > 0) expect(text.slice(Number(entry[1]))).toMatch(new RegExp(`^${i} 0 obj\n`));
  });

  test('kitPdf_ContentLength_IsThatOfTheStream', () => {
    const [, length, content = ''] = /\/Length (\d+) >>\nstream\n([\s\S]*)\nendstream/.exec(text) ?? [];
    expect(content).toHaveLength(Number(length));
  });

  test('kitPdf_AllWordsInOrderWithTheirNumbers', () => {
    const shown = [...text.matchAll(/F1 9 Tf \d+(?:\.\d+)? \d+ Td \((\d+)\) Tj ET\nBT \/F3 13 Tf [\d.]+ \d+ Td \(([a-z]+)\) Tj/g)].map(([, number, word]) => `${number} ${word}`);
    expect(shown).toEqual(words.map((word, i) => `${i + 1} ${word}`));
  });

  test('kitPdf_TextOutsideAscii_IsEscapedOrOneOctet', () => {
    expect(text).toContain('(jörg\\(at\\)\\\\home@élan.test) Tj');
    const far = latin1(kitPdf(kitSheet(words, { ...owner, account: '名@vault.test' })));
    expect(far).toContain('(?@vault.test) Tj');
  });

  test('kitPdf_EveryLine_StandsOnThePage', () => {
    const heights = [...text.matchAll(/Tf [\d.]+ (-?\d+) Td/g)].map(([, y]) => Number(y));
    expect(Math.min(...heights)).toBeGreaterThan(56);
    expect(Math.max(...heights)).toBeLessThan(842 - 56);
  });
});
