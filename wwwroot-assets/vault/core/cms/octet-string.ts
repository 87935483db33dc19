import type { BerReader } from '../ber-reader.ts';
import { malformed } from './errors.ts';

const maxDepth = 8;

/** A primitive OCTET STRING as a view, or a constructed one (X.690, 8.7.3) put together. `tag` is that of the primitive form. */
export function readOctetString(reader: BerReader, tag: number, what: string): Uint8Array {
  if (reader.peek() === tag) return reader.primitive(tag, what);
  const whole = new Pieces();
  const base = reader.depth;
  reader.enter(tag | 0x20, what);
  while (reader.depth > base) {
    if (reader.atEnd()) reader.leave();
    else if (reader.peek() === 0x04) whole.add(reader.primitive(0x04, what));
    else if (reader.depth - base < maxDepth) reader.enter(0x24, what);
    else throw malformed(`${what}: nested too deep`);
  }
  return whole.taken();
}

/** Puts pieces together as they come: millions of tiny ones must not take more room than their octets. */
class Pieces {
  /** Often there is only one: it stays a view. */
  #first: Uint8Array = new Uint8Array(0);
  #grown: Uint8Array | null = null;
  #length = 0;

  add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    if (this.#length === 0) this.#first = piece;
    else this.#append(piece);
    this.#length += piece.length;
  }

  taken(): Uint8Array {
    return this.#grown?.subarray(0, this.#length) ?? this.#first;
  }

  #append(piece: Uint8Array): void {
    const needed = this.#length + piece.length;
    if (this.#grown === null || this.#grown.length < needed) {
      const larger = new Uint8Array(needed * 2);
      larger.set(this.taken());
      this.#grown = larger;
    }
    this.#grown.set(piece, this.#length);
  }
}
