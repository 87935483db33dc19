// Text encodings of bytes. Fit for keys and headers; large bodies have their own decoders in mime/.
export type Bytes = Uint8Array<ArrayBuffer>;

const utf8Encoder = new TextEncoder();
const utf8Decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const utf8 = (text: string): Bytes => utf8Encoder.encode(text) as Bytes;
export const fromUtf8 = (bytes: Uint8Array): string => utf8Decoder.decode(bytes);

export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

export function fromHex(text: string): Bytes {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) throw new RangeError('not hexadecimal');
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(i * 2, i * 2 + 2), 16));
}

export const base64Encode = (bytes: Uint8Array): string => btoa(latin1(bytes));

/** Standard alphabet, padding required or absent as `atob` takes it; throws on anything else. */
export function base64Decode(text: string): Bytes {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function base64UrlDecode(text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new RangeError('not base64url');
  const bytes = base64Decode(text.replaceAll('-', '+').replaceAll('_', '/'));
  if (base64UrlEncode(bytes) !== text) throw new RangeError('base64url is not canonical');
  return bytes;
}

export const base64UrlEncode = (bytes: Uint8Array): string =>
  base64Encode(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

export const concat = (...parts: readonly Uint8Array[]): Bytes => concatAll(parts);

/** For many parts: spread arguments have a limit. */
export function concatAll(parts: readonly Uint8Array[]): Bytes {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** Without the spaces and tabs at its end, in one look at each: `/[ \t]+$/` looks at a run of them again from each of its members. */
export function trimBlanks(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end--;
  return text.slice(0, end);
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

/** 16 bytes of a UUID in RFC 9562 (big-endian) order. */
export function uuidBytes(uuid: string): Bytes {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) throw new RangeError('not a UUID');
  return fromHex(uuid.replaceAll('-', ''));
}

export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Bytes));
}

export const sha256Hex = async (bytes: Uint8Array): Promise<string> => hex(await sha256(bytes));

/** A view as its own buffer: no copy when it already is one. */
export function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  if (bytes.buffer instanceof ArrayBuffer && bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength) return bytes.buffer;
  return bytes.slice().buffer as ArrayBuffer;
}
