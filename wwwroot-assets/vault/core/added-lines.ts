// The lines that sealing adds inside the encrypted entity, told apart from the original bytes:
// [Received][Authentication-Results][a Content-Type line of ours, if the original had none][HP-Outer…] original,
// and one folded line ` ; hp="cipher"` after the original's Content-Type field (RFC 9788).
import type { AddedLines } from '../client/contract.ts';
import { concat, fromUtf8, type Bytes } from './encoding.ts';

export interface SplitEntity { readonly original: Bytes; readonly added: AddedLines }

interface Field { readonly name: string; readonly start: number; readonly end: number }

const lf = 0x0a;
const parameterLine = /^ (?:; )?hp="cipher"\r\n$/;
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
  const names = new Set<string>();
  for (let field = fieldAt(entity, at); field?.name === 'hp-outer'; field = fieldAt(entity, at)) {
    const value = fieldValue(entity, field);
    const colon = value.indexOf(':');
    const name = value.slice(0, Math.max(0, colon));
    // Each outer field is repeated once: a second one of that name is the sender's.
    if (names.has(name.toLowerCase())) break;
    names.add(name.toLowerCase());
    outer.push({ name, value: value.slice(colon + 1).trim() });
    at = field.end;
  }
  const parameter = added.found ? null : hpParameterLine(entity, at);
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

/** The last line of the original's first Content-Type field, if it is the one that sealing added. */
function hpParameterLine(entity: Uint8Array, from: number): { start: number; end: number } | null {
  for (let field = fieldAt(entity, from); field !== null; field = fieldAt(entity, field.end)) {
    if (field.name !== 'content-type') continue;
    const start = entity.lastIndexOf(lf, field.end - 2) + 1;
    if (start <= field.start || !parameterLine.test(fromUtf8(entity.subarray(start, field.end)))) return null;
    return { start, end: field.end };
  }
  return null;
}

/** The header field that begins here, folded lines included; null at the end of the header section. */
function fieldAt(bytes: Uint8Array, start: number): Field | null {
  const colon = bytes.indexOf(0x3a, start);
  let end = bytes.indexOf(lf, start) + 1;
  if (colon < 0 || end === 0 || colon >= end) return null;
  while (bytes[end] === 0x20 || bytes[end] === 0x09) {
    const next = bytes.indexOf(lf, end) + 1;
    if (next === 0) return null;
    end = next;
  }
  return { name: fromUtf8(bytes.subarray(start, colon)).trim().toLowerCase(), start, end };
}

/** Unfolded. */
function fieldValue(bytes: Uint8Array, field: Field): string {
  const text = fromUtf8(bytes.subarray(field.start, field.end));
  return text.slice(text.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, '').trim();
}
