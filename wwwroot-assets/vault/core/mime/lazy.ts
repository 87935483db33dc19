// Reading by structure: text parts are decoded, attachments only when asked for.
import { concatAll, ownBuffer, type Bytes } from '../encoding.ts';
import { base64Size, decodeCharset, decodeTransfer } from './decoders.ts';
import { htmlToText, textToHtml } from './html-text.ts';
import type { LazyAttachment, ParsedBody } from './parsed.ts';
import { scanStructure, type MimePart } from './structure.ts';

interface Body { readonly html: string | null; readonly text: string | null }

/** Text beyond this is not shown in place; it stays an attachment. */
const maxTextBytes = 8 * 1024 * 1024;

export function parseLazily(bytes: Uint8Array, root: MimePart = scanStructure(bytes)): ParsedBody {
  const parts: LazyAttachment[] = [];
  const body = readBody(bytes, root, parts);
  return { html: body?.html ?? null, text: body?.text ?? null, parts };
}

const isBodyText = (part: MimePart): boolean => part.disposition !== 'attachment' && (part.type === 'text/plain' || part.type === 'text/html');

/** The message with the contents of its attachments cut out: what a parser of bodies needs of it. */
export function withoutAttachments(bytes: Uint8Array, root: MimePart): Bytes {
  const kept: Uint8Array[] = [];
  let at = 0;
  const walk = (part: MimePart): void => {
    for (const child of part.children) walk(child);
    if (part.children.length > 0 || isBodyText(part) || part.type.startsWith('multipart/')) return;
    kept.push(bytes.subarray(at, part.bodyStart));
    at = part.bodyEnd;
  };
  walk(root);
  kept.push(bytes.subarray(at));
  return concatAll(kept);
}

function readBody(bytes: Uint8Array, part: MimePart, parts: LazyAttachment[]): Body | null {
  if (part.children.length > 0) {
    const bodies = part.children.map((child) => readBody(bytes, child, parts)).filter((body) => body !== null);
    if (bodies.length < 2) return bodies[0] ?? null;
    return part.type === 'multipart/alternative' ? chooseAlternative(bodies) : joinBodies(bodies);
  }
  const raw = bytes.subarray(part.bodyStart, part.bodyEnd);
  if (!isBodyText(part) || raw.length > maxTextBytes) {
    if (!part.type.startsWith('multipart/')) parts.push(attachment(part, raw));
    return null;
  }
  const text = decodeCharset(decodeTransfer(part.encoding, raw), part.parameters.get('charset') ?? null);
  if (part.type === 'text/html') return { html: text, text: null };
  return { html: null, text: part.parameters.get('format')?.toLowerCase() === 'flowed' ? unflow(text, part.parameters.get('delsp')) : text };
}

/** RFC 2046, section 5.1.4: the last that can be shown is the best; the first text stands for it elsewhere. */
function chooseAlternative(bodies: readonly Body[]): Body {
  return { html: bodies.findLast((b) => b.html !== null)?.html ?? null, text: bodies.find((b) => b.text !== null)?.text ?? null };
}

function joinBodies(bodies: readonly Body[]): Body {
  const html = bodies.some((b) => b.html !== null) ? bodies.map((b) => b.html ?? textToHtml(b.text ?? '')).join('<br>\n') : null;
  const text = bodies.some((b) => b.text !== null) ? bodies.map((b) => b.text ?? htmlToText(b.html ?? '')).join('\n') : null;
  return { html, text };
}

/** RFC 3676: soft-broken lines joined, space-stuffing removed. */
function unflow(text: string, delsp: string | undefined): string {
  const lines = text.split(/\r?\n/);
  const result: string[] = [];
  let open = false;
  for (const line of lines) {
    const plain = line.startsWith(' ') ? line.slice(1) : line;
    const flowed = plain.endsWith(' ') && plain !== '-- ' && !plain.startsWith('>');
    const piece = flowed && delsp?.toLowerCase() === 'yes' ? plain.slice(0, -1) : plain;
    if (open && !plain.startsWith('>')) result[result.length - 1] += piece;
    else result.push(piece);
    open = flowed;
  }
  return result.join('\n');
}

function attachment(part: MimePart, raw: Uint8Array): LazyAttachment {
  const size = part.encoding === 'base64' ? base64Size(raw) : raw.length;
  return {
    name: part.fileName,
    type: part.type,
    contentId: part.contentId,
    size,
    decode: () => {
      const decoded = decodeTransfer(part.encoding, raw);
      return decoded.buffer === raw.buffer ? (decoded.slice().buffer as ArrayBuffer) : ownBuffer(decoded);
    },
  };
}
