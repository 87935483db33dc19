// Content-Transfer-Encodings (RFC 2045, section 6) and charsets. Linear in the input; what is no base64 or quoted-printable is passed over.
import type { Bytes } from '../encoding.ts';

const base64Values = new Int8Array(256).fill(-1);
for (const [value, character] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) {
  base64Values[character.charCodeAt(0)] = value;
}
const padding = 0x3d;

export function decodeBase64(input: Uint8Array): Bytes {
  const output = new Uint8Array(Math.ceil(input.length / 4) * 3);
  let length = 0;
  let group = 0;
  let count = 0;
  for (let i = 0; i < input.length; i++) {
    const byte = input[i] as number;
    const value = base64Values[byte] as number;
    if (value < 0) {
      // Padding ends a group; some senders join several encoded pieces.
      if (byte === padding && count > 1) {
        output[length++] = (group << (24 - 6 * count)) >> 16;
        if (count === 3) output[length++] = (group >> 2) & 255;
        group = count = 0;
      }
      continue;
    }
    group = (group << 6) | value;
    if (++count === 4) {
      output[length] = group >> 16;
      output[length + 1] = (group >> 8) & 255;
      output[length + 2] = group & 255;
      length += 3;
      group = count = 0;
    }
  }
  if (count > 1) output[length++] = count === 2 ? (group >> 4) & 255 : (group >> 10) & 255;
  if (count === 3) output[length++] = (group >> 2) & 255;
  return output.subarray(0, length);
}

/** Bytes that decoding would give, without decoding: line breaks are counted from the first line's length. */
export function base64Size(input: Uint8Array): number {
  let end = input.length;
  while (end > 0 && (input[end - 1] === 0x0a || input[end - 1] === 0x0d || input[end - 1] === 0x20)) end--;
  const lineEnd = input.indexOf(0x0a);
  const lineLength = lineEnd < 0 ? end : lineEnd + 1;
  const breakLength = lineEnd > 0 && input[lineEnd - 1] === 0x0d ? 2 : 1;
  const breaks = lineEnd < 0 || lineEnd >= end ? 0 : Math.floor((end - 1) / lineLength) * breakLength;
  let pads = 0;
  while (pads < 2 && input[end - 1 - pads] === padding) pads++;
  return Math.max(0, Math.floor(((end - breaks - pads) * 3) / 4));
}

const hexValue = (byte: number | undefined): number => {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
};

export function decodeQuotedPrintable(input: Uint8Array): Bytes {
  const output = new Uint8Array(input.length);
  let length = 0;
  let at = 0;
  while (at < input.length) {
    const newline = input.indexOf(0x0a, at);
    const next = newline < 0 ? input.length : newline + 1;
    let end = newline < 0 ? input.length : newline;
    if (newline >= 0 && end > at && input[end - 1] === 0x0d) end--;
    const breakStart = end;
    while (end > at && (input[end - 1] === 0x20 || input[end - 1] === 0x09)) end--;
    const soft = end > at && input[end - 1] === padding;
    if (soft) end--;
    for (let i = at; i < end; i++) {
      const byte = input[i] as number;
      const high = byte === padding ? hexValue(input[i + 1]) : -1;
      const low = high < 0 || i + 2 >= end ? -1 : hexValue(input[i + 2]);
      if (low < 0) {
        output[length++] = byte;
      } else {
        output[length++] = high * 16 + low;
        i += 2;
      }
    }
    if (!soft && newline >= 0) for (let i = breakStart; i < next; i++) output[length++] = input[i] as number;
    at = next;
  }
  return output.subarray(0, length);
}

export function decodeTransfer(encoding: string, body: Uint8Array): Bytes {
  if (encoding === 'base64') return decodeBase64(body);
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(body) : (body as Bytes);
}

/** Text in a named charset; an unknown or missing one is taken for UTF-8, and for Windows-1252 where that fails. */
export function decodeCharset(bytes: Uint8Array, charset: string | null): string {
  const known = charset === null ? null : decoderFor(charset);
  if (known !== null) return known.decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function decoderFor(charset: string): TextDecoder | null {
  const label = charset.trim().toLowerCase();
  if (label === 'us-ascii' || label === 'ascii') return null;
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}
