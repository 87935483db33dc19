// Reading BER (X.690) in one forward pass: definite and indefinite lengths, every length checked against its container.
import { VaultError } from '../client/contract.ts';

/** What is read belongs to the caller; it names what a failure means there. */
export type MalformedError = (what: string) => VaultError;

interface Container { readonly end: number; readonly indefinite: boolean }

export class BerReader {
  readonly #bytes: Uint8Array;
  readonly #malformed: MalformedError;
  readonly #maxDepth: number;
  readonly #open: Container[] = [];
  #at = 0;

  constructor(bytes: Uint8Array, malformed: MalformedError, maxDepth = 24) {
    this.#bytes = bytes;
    this.#malformed = malformed;
    this.#maxDepth = maxDepth;
  }

  get depth(): number {
    return this.#open.length;
  }

  /** Identifier octet of the next element, or null at the end of the container. */
  peek(): number | null {
    if (this.atEnd()) return null;
    return this.#bytes[this.#at] ?? null;
  }

  atEnd(): boolean {
    const inner = this.#open.at(-1);
    if (inner === undefined) return this.#at === this.#bytes.length;
    if (!inner.indefinite) return this.#at === inner.end;
    if (this.#at >= inner.end) throw this.#malformed('the end is missing');
    return this.#bytes[this.#at] === 0 && this.#bytes[this.#at + 1] === 0;
  }

  /** Enters a constructed element with this identifier octet. */
  enter(tag: number, what: string): void {
    if (this.#open.length >= this.#maxDepth) throw this.#malformed('nested too deep');
    const { length, body } = this.#head(tag, what);
    this.#open.push(length === null ? { end: this.#limit(), indefinite: true } : { end: body + length, indefinite: false });
    this.#at = body;
  }

  leave(): void {
    if (!this.atEnd()) throw this.#malformed('unexpected content');
    const inner = this.#open.pop();
    if (inner?.indefinite === true) this.#at += 2;
  }

  /** Content octets of a primitive element, as a view. */
  primitive(tag: number, what: string): Uint8Array {
    const { length, body } = this.#head(tag, what);
    if (length === null) throw this.#malformed(`${what}: a primitive of indefinite length`);
    this.#at = body + length;
    return this.#bytes.subarray(body, this.#at);
  }

  /** An INTEGER of one octet that is one of these. */
  version(known: readonly number[]): number {
    const bytes = this.primitive(0x02, 'version');
    const version = bytes[0] ?? -1;
    if (bytes.length !== 1 || !known.includes(version)) throw this.#malformed('version');
    return version;
  }

  /** Dotted text of an OBJECT IDENTIFIER. */
  objectIdentifier(what: string): string {
    const text = dotted(this.primitive(0x06, what));
    if (text === null) throw this.#malformed(`${what}: no object identifier`);
    return text;
  }

  /** Whole encoding of the next element, whatever it is, as a view. */
  raw(): Uint8Array {
    const start = this.#at;
    const depth = this.#open.length;
    do {
      while (this.#open.length > depth && this.atEnd()) this.leave();
      if (this.#open.length === depth && this.#at > start) break;
      const tag = this.peek();
      if (tag === null) throw this.#malformed('an element is missing');
      const { length, body } = this.#head(tag, 'element');
      if (length !== null) this.#at = body + length;
      else if ((tag & 0x20) === 0) throw this.#malformed('a primitive of indefinite length');
      else this.enter(tag, 'element');
    } while (this.#open.length > depth);
    return this.#bytes.subarray(start, this.#at);
  }

  #limit(): number {
    return this.#open.at(-1)?.end ?? this.#bytes.length;
  }

  /** Reads identifier and length without moving. A null length is indefinite. */
  #head(expected: number, what: string): { length: number | null; body: number } {
    const limit = this.#limit();
    const tag = this.#bytes[this.#at];
    const first = this.#bytes[this.#at + 1];
    if (this.#at + 2 > limit || tag === undefined || first === undefined) throw this.#malformed(`${what}: cut short`);
    if (tag !== expected || (tag & 0x1f) === 0x1f) throw this.#malformed(`${what}: unexpected tag ${tag.toString(16)}`);
    let body = this.#at + 2;
    if (first === 0x80) return { length: null, body };
    let length = first;
    if (first > 0x80) {
      const count = first & 0x7f;
      if (count > 4 || body + count > limit) throw this.#malformed(`${what}: length out of bounds`);
      length = 0;
      for (let i = 0; i < count; i++) length = length * 256 + (this.#bytes[body + i] ?? 0);
      body += count;
    }
    if (length > limit - body) throw this.#malformed(`${what}: cut short`);
    return { length, body };
  }
}

/** Null for an encoding that is cut short or not the shortest one. Arcs beyond 2^53 lose digits: nothing is told apart by them here. */
export function dotted(bytes: Uint8Array): string | null {
  const arcs: number[] = [];
  let arc = 0;
  let octets = 0;
  for (const byte of bytes) {
    if ((octets === 0 && byte === 0x80) || ++octets > 19) return null;
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = octets = 0;
  }
  const [first] = arcs;
  if (first === undefined || octets > 0) return null;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...arcs.slice(1)].join('.');
}
