// The lines that sealing adds inside the encrypted entity, told apart from the original bytes:
// [Received][Authentication-Results][Content-Type of ours, if the original had none][HP-Outer…][an empty line, if the original
// had no fields at all] original, and one folded line ` ; hp="cipher"` after the original's Content-Type field (RFC 9788).
import type { AddedLines } from '../client/contract.ts';
import { concat, fromUtf8, latin1, trimBlanks, type Bytes } from './encoding.ts';

export interface SplitEntity { readonly original: Bytes; readonly added: AddedLines }

interface Field { readonly name: string; readonly start: number; readonly end: number }

const lf = 0x0a;
/** At the end of the field; without a line break of its own where the message ends in this very line. */
const parameterEndings = [' ; hp="cipher"\r\n', ' hp="cipher"\r\n', '\r\n ; hp="cipher"', '\r\n hp="cipher"'];
const outerOrder = ['from', 'to', 'cc', 'date', 'subject', 'message-id'];
const ownContentType = 'Content-Type: text/plain; charset=us-ascii; hp="cipher"\r\n';

export function splitAddedLines(entity: Uint8Array): SplitEntity {
  let at = 0;
  const take = (name: string): Field | null => {
    const field = fieldAt(entity, at);
    if (field === null || field.name !== name) return null;
    at = field.end;
    return field;
  };
  const received = take('received');
  const authenticationResults = take('authentication-results');
  const added = ownTypeFields(entity, at);
  at = added.end;
  const outer: { name: string; value: string }[] = [];
  let order = -1;
  for (let field = fieldAt(entity, at); field?.name === 'hp-outer'; field = fieldAt(entity, at)) {
    const value = fieldValue(entity, field);
    const colon = value.indexOf(':');
    const name = value.slice(0, Math.max(0, colon));
    // Each outer field is repeated once, in this order: what does not fit is the sender's.
    const place = outerOrder.indexOf(name.trim().toLowerCase());
    if (place <= order) break;
    order = place;
    outer.push({ name, value: value.slice(colon + 1).trim() });
    at = field.end;
  }
  if (added.found && entity[at] === 0x0d && entity[at + 1] === lf) at += 2;
  const parameter = added.found ? null : hpParameter(entity, at);
  const original = parameter === null ? entity.slice(at) : concat(entity.subarray(at, parameter.start), entity.subarray(parameter.end));
  return {
    original: original as Bytes,
    added: {
      received: received && fieldValue(entity, received),
      authenticationResults: authenticationResults && fieldValue(entity, authenticationResults),
      outerFields: outer,
    },
  };
}

/** Content-Type and MIME-Version that sealing added because the original had none. */
function ownTypeFields(entity: Uint8Array, start: number): { end: number; found: boolean } {
  let end = start;
  let found = false;
  for (let i = 0; i < 2; i++) {
    const field = fieldAt(entity, end);
    if (field === null) break;
    const line = fromUtf8(entity.subarray(field.start, field.end));
    if (line !== ownContentType && line !== 'MIME-Version: 1.0\r\n') break;
    found ||= line === ownContentType;
    end = field.end;
  }
  return found ? { end, found } : { end: start, found };
}

/** The parameter at the end of the original's first Content-Type field. An mbox line may stand before the fields. */
function hpParameter(entity: Uint8Array, from: number): { start: number; end: number } | null {
  const first = fromUtf8(entity.subarray(from, from + 5)) === 'From ' ? lineEnd(entity, from) : from;
  for (let field = fieldAt(entity, first); field !== null; field = fieldAt(entity, field.end)) {
    if (field.name !== 'content-type') continue;
    const text = latin1(entity.subarray(Math.max(field.start, field.end - 20), field.end));
    const ending = parameterEndings.find((added) => text.endsWith(added));
    return ending === undefined ? null : { start: field.end - ending.length, end: field.end };
  }
  return null;
}

function lineEnd(bytes: Uint8Array, start: number): number {
  const newline = bytes.indexOf(lf, start);
  return newline < 0 ? bytes.length : newline + 1;
}

/** The header field that begins here, folded lines included (RFC 5322, 2.2 and 4.5); null where the header section ends. */
function fieldAt(bytes: Uint8Array, start: number): Field | null {
  let end = lineEnd(bytes, start);
  const colon = bytes.subarray(start, end).indexOf(0x3a);
  const name = colon < 1 ? '' : trimBlanks(latin1(bytes.subarray(start, start + colon)));
  if (!/^[!-~]+$/.test(name)) return null;
  while (bytes[end] === 0x20 || bytes[end] === 0x09) end = lineEnd(bytes, end);
  return { name: name.toLowerCase(), start, end };
}

/** Unfolded. */
function fieldValue(bytes: Uint8Array, field: Field): string {
  const text = fromUtf8(bytes.subarray(field.start, field.end));
  return text.slice(text.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, '').trim();
}
