// Header fields (RFC 5322), parameters (RFC 2045, RFC 2231) and encoded words (RFC 2047).
import { addressParser, decodeWords } from 'postal-mime';
import type { AuthResult, MailAddress } from '../../client/contract.ts';
import { trimBlanks, utf8 } from '../encoding.ts';
import { decodeCharset } from './decoders.ts';

export interface HeaderField { readonly name: string; /** Unfolded, raw. */ readonly value: string }

const maxHeaderBytes = 2 * 1024 * 1024;
const maxAddresses = 2_000;

/** Splits a header section; its fields' names are lower case. Eight-bit bytes are UTF-8 (RFC 6532), else Windows-1252. */
export function parseHeaders(bytes: Uint8Array): HeaderField[] {
  const text = decodeCharset(bytes.subarray(0, maxHeaderBytes), null);
  const fields: HeaderField[] = [];
  let lines: string[] = [];
  const close = (): void => {
    const [first = ''] = lines;
    const colon = first.indexOf(':');
    // RFC 5322 section 2.2, with the obsolete white space of section 4.5: anything else is no field, also where it looks like one.
    const name = trimBlanks(first.slice(0, Math.max(0, colon)));
    if (/^[\x21-\x39\x3b-\x7e]+$/.test(name)) fields.push({ name: name.toLowerCase(), value: [first.slice(colon + 1), ...lines.slice(1)].join('').trim() });
    lines = [];
  };
  for (const line of text.split(/\r?\n/)) {
    if (line === '') break;
    if (line.startsWith(' ') || line.startsWith('\t')) {
      lines.push(line);
    } else {
      close();
      lines = [line];
    }
  }
  close();
  return fields;
}

export const field = (fields: readonly HeaderField[], name: string): string | null => fields.find((f) => f.name === name)?.value ?? null;

export const decodedText = (value: string | null): string => (value === null ? '' : decodeWords(value).replace(/[\0-\x1f\x7f]+/g, ' ').trim());

export function addresses(value: string | null): MailAddress[] {
  if (value === null || value.length > 200_000) return [];
  return addressParser(value, { flatten: true })
    .slice(0, maxAddresses)
    .map((a) => ({ name: decodedText(a.name), address: (a.address ?? '').trim() }))
    .filter((a) => a.address !== '' || a.name !== '');
}

/** ISO 8601 UTC, or null. */
export function isoDate(value: string | null): string | null {
  if (value === null || value.length > 200) return null;
  const time = Date.parse(value.replace(/\([^()]*\)/g, ' ').trim());
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

export interface Parameterised { readonly value: string; readonly parameters: ReadonlyMap<string, string> }

/** `value; name=token; name="quoted"; name*0*=utf-8''…` */
export function parseParameterised(text: string | null): Parameterised {
  const pieces = splitOutsideQuotes(text ?? '', ';');
  const raw = new Map<string, string>();
  for (const piece of pieces.slice(1, 200)) {
    const equals = piece.indexOf('=');
    const name = piece.slice(0, Math.max(0, equals)).trim().toLowerCase();
    if (name !== '' && !raw.has(name)) raw.set(name, unquote(piece.slice(equals + 1).trim()));
  }
  return { value: (pieces[0] ?? '').trim().toLowerCase(), parameters: joinContinuations(raw) };
}

/** RFC 2231: continuations (`name*0`, `name*1*`) and charset-marked values. */
function joinContinuations(raw: ReadonlyMap<string, string>): Map<string, string> {
  const result = new Map<string, string>();
  const bases = new Set([...raw.keys()].map((name) => name.split('*')[0] ?? name));
  for (const base of bases) {
    const single = raw.get(`${base}*`);
    const parts: { text: string; encoded: boolean }[] = [];
    if (single !== undefined) parts.push({ text: single, encoded: true });
    for (let i = 0; single === undefined; i++) {
      const encoded = raw.get(`${base}*${i}*`);
      const plain = encoded ?? raw.get(`${base}*${i}`);
      if (plain === undefined) break;
      parts.push({ text: plain, encoded: encoded !== undefined });
    }
    const value = parts.length > 0 ? decodeExtended(parts) : raw.get(base);
    if (value !== undefined) result.set(base, value);
  }
  return result;
}

function decodeExtended(parts: readonly { text: string; encoded: boolean }[]): string {
  const marked = parts[0]?.encoded === true ? /^([^']*)'[^']*'([\s\S]*)$/.exec(parts[0].text) : null;
  const charset = marked?.[1] === undefined || marked[1] === '' ? 'utf-8' : marked[1];
  const bytes: number[] = [];
  for (const [index, part] of parts.entries()) {
    const text = index === 0 && marked !== null ? (marked[2] ?? '') : part.text;
    // One by one: as arguments of one call they would be too many.
    for (const byte of part.encoded ? percentBytes(text) : utf8(text)) bytes.push(byte);
  }
  return decodeCharset(Uint8Array.from(bytes), charset);
}

function percentBytes(text: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = /^%[0-9a-f]{2}$/i.test(text.slice(i, i + 3)) ? Number.parseInt(text.slice(i + 1, i + 3), 16) : null;
    if (code === null) bytes.push(...utf8(text[i] ?? ''));
    else bytes.push(code);
    if (code !== null) i += 2;
  }
  return bytes;
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  const end = value.lastIndexOf('"');
  return value.slice(1, end > 0 ? end : undefined).replace(/\\(.)/g, '$1');
}

/** Splits at `separator` outside quoted strings and comments; comments are dropped. */
function splitOutsideQuotes(text: string, separator: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  let comments = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (c === '\\' && (quoted || comments > 0)) {
      if (comments === 0) piece += c + (text[i + 1] ?? '');
      i++;
    } else if (!quoted && c === '(') comments++;
    else if (comments > 0) comments -= c === ')' ? 1 : 0;
    else if (!quoted && c === separator) {
      pieces.push(piece);
      piece = '';
    } else {
      if (c === '"') quoted = !quoted;
      piece += c;
    }
  }
  pieces.push(piece);
  return pieces;
}

/** RFC 8601: `server; dkim=pass header.d=example.org; spf=…`. Only ever given the field that the server added. */
export function parseAuthResults(value: string | null): AuthResult[] {
  if (value === null) return [];
  return splitOutsideQuotes(value, ';').slice(1).flatMap((piece) => {
    const words = piece.trim().split(/\s+/);
    const [method = '', result = ''] = (words[0] ?? '').split('=');
    if (result === '') return [];
    const properties = Object.fromEntries(words.slice(1).filter((w) => w.includes('=')).map((w) => {
      const equals = w.indexOf('=');
      return [w.slice(0, equals), unquote(w.slice(equals + 1))];
    }));
    return [{ method: method.toLowerCase(), result: result.toLowerCase(), properties }];
  });
}
