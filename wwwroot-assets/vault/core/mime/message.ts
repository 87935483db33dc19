// A decrypted message as the reader sees it. Nested encrypted parts stay attachments: nothing inside a message is decrypted (EFAIL).
import PostalMime from 'postal-mime';
import { VaultError, type AttachmentContent, type AttachmentInfo, type InlineImage, type MessageHeaders } from '../../client/contract.ts';
import type { SignedMessage } from '../cms/verify.ts';
import { addresses, decodedText, field, isoDate, parseHeaders, type HeaderField } from './headers.ts';
import { htmlToText } from './html-text.ts';
import { parseLazily, withoutAttachments } from './lazy.ts';
import type { LazyAttachment, ParsedBody } from './parsed.ts';
import { findSigned } from './signed.ts';
import { scanStructure, type MimePart } from './structure.ts';

/** To this size, attachments left out, bodies are read by the full parser; above, by structure alone. */
export const wholeParseLimit = 2 * 1024 * 1024;
const maxInlineImageBytes = 32 * 1024 * 1024;

export class MailMessage {
  readonly headers: MessageHeaders;
  readonly html: string | null;
  readonly text: string | null;
  readonly attachments: readonly AttachmentInfo[];
  readonly #parts: readonly LazyAttachment[];
  readonly #inline: ReadonlySet<LazyAttachment>;

  /** The signature over all that is shown: bodies and attachments are read from what was signed, and from nothing around it. */
  readonly signed: SignedMessage | null;

  private constructor(headers: MessageHeaders, body: ParsedBody, signed: SignedMessage | null) {
    this.signed = signed;
    this.headers = headers;
    this.html = body.html;
    this.text = body.text ?? (body.html === null ? null : htmlToText(body.html));
    this.#parts = body.parts;
    this.#inline = inlineParts(body);
    this.attachments = body.parts.flatMap((part, i) => (this.#inline.has(part) ? [] : [{ id: `a${i}`, name: attachmentName(part, i), type: part.type, size: part.size }]));
  }

  /** `outer`: gives the header that stood outside, for what has none of its own. */
  static async parse(original: Uint8Array, outer: (() => Promise<MessageHeaders>) | null = null): Promise<MailMessage> {
    const root = scanStructure(original);
    const signed = findSigned(original, root);
    const body = signed === null ? await parseBody(original, root) : await parseBody(signed.content, scanStructure(signed.content));
    const own = parseHeaders(original);
    return new MailMessage(outer !== null && field(own, 'from') === null ? await outer() : readHeaders(own), body, signed);
  }

  /** Images that the HTML shows by Content-ID, decoded. */
  inlineImages(): InlineImage[] {
    return [...this.#inline].map((part) => ({ cid: part.contentId ?? '', type: part.type, bytes: part.decode() }));
  }

  attachment(id: string): AttachmentContent {
    const index = /^a\d{1,6}$/.test(id) ? Number(id.slice(1)) : -1;
    const part = this.#parts[index];
    if (part === undefined) throw new VaultError('part_not_found', 'This attachment is not in the message.');
    return { name: attachmentName(part, index), type: part.type, bytes: part.decode() };
  }
}

function inlineParts(body: ParsedBody): Set<LazyAttachment> {
  const html = body.html;
  const inline = new Set<LazyAttachment>();
  if (html === null) return inline;
  const wanted = new Set([...html.matchAll(/cid:([^"'\s>)]{1,400})/gi)].map((match) => safeDecode(match[1] ?? '')));
  let total = 0;
  for (const part of body.parts) {
    const fits = part.contentId !== null && /^image\/(?!svg)/.test(part.type) && wanted.has(part.contentId) && total + part.size <= maxInlineImageBytes;
    if (!fits) continue;
    inline.add(part);
    total += part.size;
  }
  return inline;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('&amp;', '&'));
  } catch {
    return text;
  }
}

const extensions: Readonly<Record<string, string>> = {
  'message/rfc822': 'eml', 'text/plain': 'txt', 'text/html': 'html', 'text/calendar': 'ics', 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png',
  'image/gif': 'gif', 'application/pkcs7-mime': 'p7m', 'application/pkcs7-signature': 'p7s', 'application/pgp-encrypted': 'asc',
};

/** No path, no control or direction-changing characters, never empty. */
function attachmentName(part: LazyAttachment, index: number): string {
  const last = (part.name ?? '').split(/[/\\]/).at(-1) ?? '';
  const name = last.replace(/[\0-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/^\.+/, '').trim().slice(0, 200);
  return name === '' ? `attachment-${index + 1}.${extensions[part.type] ?? 'bin'}` : name;
}

export function readHeaders(fields: readonly HeaderField[]): MessageHeaders {
  return {
    from: addresses(field(fields, 'from')),
    to: addresses(field(fields, 'to')),
    cc: addresses(field(fields, 'cc')),
    replyTo: addresses(field(fields, 'reply-to')),
    date: isoDate(field(fields, 'date')),
    subject: decodedText(field(fields, 'subject')),
    messageId: field(fields, 'message-id'),
  };
}

/** Parts by structure, which gives their bytes as they were sent (line endings included); bodies by the full parser. */
async function parseBody(original: Uint8Array, root: MimePart): Promise<ParsedBody> {
  const scanned = parseLazily(original, root);
  const bodies = withoutAttachments(original, root);
  if (bodies.length > wholeParseLimit) return scanned;
  try {
    const email = await PostalMime.parse(bodies, { forceRfc822Attachments: true, maxNestingDepth: 64 });
    return { html: email.html ?? null, text: email.text ?? null, parts: scanned.parts };
  } catch {
    // Over a limit of the parser (depth, header size): the structure shows what can be shown.
    return scanned;
  }
}
