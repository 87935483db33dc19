import type { BerReader } from '../ber-reader.ts';
import { concatAll } from '../encoding.ts';
import { malformed } from './errors.ts';

const maxDepth = 8;

/** A primitive OCTET STRING as a view, or a constructed one (X.690, 8.7.3) put together. `tag` is that of the primitive form. */
export function readOctetString(reader: BerReader, tag: number, what: string): Uint8Array {
  if (reader.peek() === tag) return reader.primitive(tag, what);
  const segments: Uint8Array[] = [];
  const base = reader.depth;
  reader.enter(tag | 0x20, what);
  while (reader.depth > base) {
    if (reader.atEnd()) reader.leave();
    else if (reader.peek() === 0x04) segments.push(reader.primitive(0x04, what));
    else if (reader.depth - base < maxDepth) reader.enter(0x24, what);
    else throw malformed(`${what}: nested too deep`);
  }
  return segments.length === 1 ? (segments[0] ?? new Uint8Array(0)) : concatAll(segments);
}
