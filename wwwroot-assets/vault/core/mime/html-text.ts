// Text of HTML, for mails without a text part and for those whose HTML is not shown. One pass, no document.
const entities: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', copy: '©', reg: '®', euro: '€', hellip: '…', mdash: '—', ndash: '–', rsquo: '’',
  lsquo: '‘', rdquo: '”', ldquo: '“', bull: '•', middot: '·', auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é',
  egrave: 'è', agrave: 'à', ccedil: 'ç', zwnj: '', zwj: '', shy: '',
};
const blocks = new Set(['p', 'div', 'br', 'tr', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'ul', 'ol', 'blockquote', 'hr', 'section', 'article', 'header', 'footer']);
const skipped = new Set(['script', 'style', 'head', 'title', 'noscript', 'template', 'textarea', 'select', 'svg', 'math']);

export function htmlToText(html: string): string {
  const pieces: string[] = [];
  // ASCII only: offsets must stay those of the original.
  const lower = html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    pieces.push((open < 0 ? html.slice(at) : html.slice(at, open)).replace(/\s+/g, ' '));
    if (open < 0) break;
    at = afterTag(html, lower, open, pieces);
  }
  const text = decodeEntities(pieces.join(''));
  return text.split('\n').map((line) => line.replace(/[ \t\u00a0]+/g, ' ').trim()).join('\n').replace(/\n{3,}/g, '\n\n').trim();
}

/** Where reading goes on after the tag or comment at `open`; a block's tag leaves a line break. */
function afterTag(html: string, lower: string, open: number, pieces: string[]): number {
  if (html.startsWith('<!--', open)) {
    const end = html.indexOf('-->', open + 4);
    return end < 0 ? html.length : end + 3;
  }
  const end = html.indexOf('>', open);
  if (end < 0) return html.length;
  const name = /^<\/?([a-z][a-z0-9]*)/.exec(lower.slice(open, open + 20))?.[1];
  if (name === undefined) {
    if (!/^<[/!?]/.test(html.slice(open, open + 2))) {
      pieces.push('<');
      return open + 1;
    }
    return end + 1;
  }
  if (blocks.has(name)) pieces.push(html[open + 1] === '/' && name !== 'p' ? '' : '\n');
  if (name === 'p' && html[open + 1] === '/') pieces.push('\n');
  if (name === 'td' || name === 'th') pieces.push(' ');
  if (!skipped.has(name) || html[open + 1] === '/' || html[end - 1] === '/') return end + 1;
  const close = lower.indexOf(`</${name}`, end);
  const closeEnd = close < 0 ? -1 : html.indexOf('>', close);
  return closeEnd < 0 ? html.length : closeEnd + 1;
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (match, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? match;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
    return code > 0x10ffff || (code >= 0xd800 && code < 0xe000) || code < 9 ? '\ufffd' : String.fromCodePoint(code);
  });
}

export function textToHtml(text: string): string {
  const escaped = text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
  return `<div style="white-space: pre-wrap">${escaped}</div>`;
}
