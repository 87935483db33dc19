// Finds the parts of a message without decoding them (RFC 2046): one pass over its lines that begin with two hyphens.
import { decodedText, field, parseHeaders, parseParameterised, type Parameterised } from './headers.ts';

export interface MimePart {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly encoding: string;
  readonly disposition: string | null;
  readonly fileName: string | null;
  /** Without angle brackets. */
  readonly contentId: string | null;
  readonly children: MimePart[];
  /** Where its header section begins, and where all of it ends: what follows a closing delimiter within it included. */
  readonly start: number;
  end: number;
  readonly bodyStart: number;
  bodyEnd: number;
}

interface OpenMultipart { readonly part: MimePart; readonly boundary: Uint8Array }

const maxDepth = 32;
const maxParts = 4_000;
const maxBoundary = 256;
const lf = 0x0a;
const cr = 0x0d;
const hyphen = 0x2d;

export function scanStructure(bytes: Uint8Array): MimePart {
  const open: OpenMultipart[] = [];
  let parts = 1;
  const root = readPart(bytes, 0, 'text/plain', open);
  let leaf: MimePart | null = root;
  push(root, open);
  if (open.length > 0) leaf = null;
  let from = root.bodyStart;
  for (let at = nextDelimiter(bytes, from, open); at !== null; at = nextDelimiter(bytes, from, open)) {
    from = at.lineEnd;
    const end = beforeLineBreak(bytes, at.lineStart);
    if (leaf !== null) close(leaf, end);
    leaf = null;
    for (const closed of open.splice(at.level + 1)) close(closed.part, end);
    const parent = open[at.level]?.part;
    if (parent === undefined) break;
    endLast(parent, end);
    if (at.closing) {
      close(parent, end);
      open.pop();
      continue;
    }
    if (++parts > maxParts) break;
    const part = readPart(bytes, at.lineEnd, parent.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain', open);
    parent.children.push(part);
    // What looks like a delimiter of its own within its header section is none.
    from = part.bodyStart;
    const before = open.length;
    push(part, open);
    if (open.length === before) leaf = part;
  }
  return root;
}

/** The line break before a delimiter is the delimiter's, also where it ends the header section. */
function close(part: MimePart, end: number): void {
  part.bodyEnd = Math.max(part.bodyStart, end);
  endLast(part, end);
}

/** At the first delimiter after it. */
function endLast(part: MimePart, end: number): void {
  const last = part.children.at(-1);
  if (last !== undefined) last.end = Math.max(last.start, Math.min(last.end, end));
}

function push(part: MimePart, open: OpenMultipart[]): void {
  const boundary = part.parameters.get('boundary');
  if (!part.type.startsWith('multipart/') || boundary === undefined || boundary === '' || boundary.length > maxBoundary || open.length >= maxDepth) return;
  open.push({ part, boundary: new TextEncoder().encode(boundary) });
}

interface Delimiter { readonly lineStart: number; readonly lineEnd: number; readonly level: number; readonly closing: boolean }

/** The next line that delimits an open multipart, innermost first. */
function nextDelimiter(bytes: Uint8Array, from: number, open: readonly OpenMultipart[]): Delimiter | null {
  if (open.length === 0) return null;
  for (let at = bytes.indexOf(hyphen, from); at >= 0; at = bytes.indexOf(hyphen, at)) {
    const level = bytes[at + 1] === hyphen && (at === 0 || at === from || bytes[at - 1] === lf) ? matchLevel(bytes, at + 2, open) : -1;
    const newline = bytes.indexOf(lf, at);
    const lineEnd = newline < 0 ? bytes.length : newline + 1;
    const boundary = open[level]?.boundary;
    if (boundary !== undefined) {
      const after = at + 2 + boundary.length;
      return { lineStart: at, lineEnd, level, closing: bytes[after] === hyphen && bytes[after + 1] === hyphen };
    }
    if (newline < 0) return null;
    at = lineEnd;
  }
  return null;
}

function matchLevel(bytes: Uint8Array, at: number, open: readonly OpenMultipart[]): number {
  for (let level = open.length - 1; level >= 0; level--) {
    const boundary = open[level]?.boundary ?? new Uint8Array(0);
    let i = 0;
    while (i < boundary.length && bytes[at + i] === boundary[i]) i++;
    if (i < boundary.length) continue;
    const after = bytes[at + i];
    // Only white space or the closing hyphens may follow: a longer boundary is another one.
    if (after === undefined || after === lf || after === cr || after === 0x20 || after === 0x09 || (after === hyphen && bytes[at + i + 1] === hyphen)) return level;
  }
  return -1;
}

function beforeLineBreak(bytes: Uint8Array, lineStart: number): number {
  if (bytes[lineStart - 1] !== lf) return lineStart;
  return bytes[lineStart - 2] === cr ? lineStart - 2 : lineStart - 1;
}

/** Reads a part's header section; its body runs to the end until a delimiter is found. */
function readPart(bytes: Uint8Array, start: number, defaultType: string, open: readonly OpenMultipart[]): MimePart {
  const bodyStart = headerEnd(bytes, start, open);
  const fields = parseHeaders(bytes.subarray(start, bodyStart));
  const type = parseParameterised(field(fields, 'content-type'));
  const disposition = parseParameterised(field(fields, 'content-disposition'));
  return {
    type: type.value.includes('/') ? type.value : defaultType,
    parameters: type.parameters,
    encoding: parseParameterised(field(fields, 'content-transfer-encoding')).value,
    disposition: disposition.value === '' ? null : disposition.value,
    fileName: fileName(disposition, type),
    contentId: field(fields, 'content-id')?.replace(/^<|>$/g, '') ?? null,
    children: [],
    start,
    end: bytes.length,
    bodyStart,
    bodyEnd: bytes.length,
  };
}

/** Offset after the empty line, or of a delimiter that comes first. */
function headerEnd(bytes: Uint8Array, start: number, open: readonly OpenMultipart[]): number {
  let at = start;
  while (at < bytes.length) {
    if (bytes[at] === lf) return at + 1;
    if (bytes[at] === cr && bytes[at + 1] === lf) return at + 2;
    if (bytes[at] === hyphen && bytes[at + 1] === hyphen && matchLevel(bytes, at + 2, open) >= 0) return at;
    const newline = bytes.indexOf(lf, at);
    if (newline < 0) return bytes.length;
    at = newline + 1;
  }
  return bytes.length;
}

function fileName(disposition: Parameterised, type: Parameterised): string | null {
  const raw = disposition.parameters.get('filename') ?? type.parameters.get('name') ?? '';
  const name = decodedText(raw);
  return name === '' ? null : name;
}
