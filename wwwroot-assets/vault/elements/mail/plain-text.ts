// Plain text with its links made live and its quotations set apart.
export interface TextPiece { readonly text: string; readonly href: string | null }
export interface TextBlock { readonly quoted: boolean; readonly pieces: readonly TextPiece[] }

const link = /\bhttps?:\/\/[^\s<>"'\u0000-\u001f]+/gi;

/** Longer ones stay text. */
const longestLink = 4_000;

/** Punctuation that ends a sentence rather than an address. */
const trailing = new Set('.,;:!?\'"])}>*_');

export function textBlocks(text: string): readonly TextBlock[] {
  const blocks: { quoted: boolean; lines: string[] }[] = [];
  for (const line of text.replace(/\r\n?/g, '\n').trimEnd().split('\n')) {
    const quoted = line.startsWith('>');
    const last = blocks.at(-1);
    if (last?.quoted === quoted) last.lines.push(line);
    else blocks.push({ quoted, lines: [line] });
  }
  return blocks.map((block) => ({ quoted: block.quoted, pieces: pieces(block.lines.join('\n')) }));
}

function pieces(text: string): readonly TextPiece[] {
  const out: TextPiece[] = [];
  let at = 0;
  for (const match of text.matchAll(link)) {
    if (match[0].length > longestLink) continue;
    const href = balanced(match[0]);
    if (!URL.canParse(href)) continue;
    if (match.index > at) out.push({ text: text.slice(at, match.index), href: null });
    out.push({ text: href, href });
    at = match.index + href.length;
  }
  if (at < text.length) out.push({ text: text.slice(at), href: null });
  return out;
}

/** Without the closing punctuation of the sentence, but with a bracket that the address itself opened. */
function balanced(url: string): string {
  let end = url.length;
  while (trailing.has(url.charAt(end - 1))) end--;
  const bare = url.slice(0, end);
  const opens = (bare.match(/\(/g) ?? []).length > (bare.match(/\)/g) ?? []).length;
  return opens && url.charAt(bare.length) === ')' ? `${bare})` : bare;
}
