import { describe, expect, it } from 'vitest';
import { fastest } from '../../vault/outcomes.ts';
import { textBlocks } from '../../../vault/elements/mail/plain-text.ts';

const hrefs = (text: string): (string | null)[] => textBlocks(text).flatMap((b) => b.pieces.map((p) => p.href)).filter((h) => h !== null);

describe('plain text', () => {
  it('textBlocks_Quotes_AreSetApart', () => {
    expect(textBlocks('Yes.\n> old\n> text\nBye').map((b) => b.quoted)).toEqual([false, true, false]);
  });

  it('textBlocks_Links_EndBeforeTheSentenceDoes', () => {
    expect(hrefs('See https://example.org/a_(b), or <https://example.org/c>. (https://example.org/d)')).toEqual(['https://example.org/a_(b)', 'https://example.org/c', 'https://example.org/d']);
  });

  it('textBlocks_PunctuationWithoutEnd_IsLookedAtOnce', () => {
    const text = `https://example.org/${'!'.repeat(300_000)}a https://example.org/${'.'.repeat(300_000)}`;
    expect(fastest(() => textBlocks(text))).toBeLessThan(200);
    const short = `https://example.org/${'!'.repeat(3_000)}`;
    expect(hrefs(short)).toEqual(['https://example.org/']);
    expect(hrefs(text)).toEqual([]);
  });

  it('textBlocks_OtherSchemes_StayText', () => {
    expect(hrefs('javascript:alert(1) data:text/html,x file:///etc/passwd')).toEqual([]);
  });

  it('textBlocks_Pieces_LoseNothing', () => {
    const text = 'a https://example.org/x. b\n> c';
    expect(textBlocks(text).map((b) => b.pieces.map((p) => p.text).join('')).join('\n')).toBe(text);
  });
});
