// Small changes to inputs, the same for the same seed.
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed >>> 0) || 1;
  }

  /** 0 to `limit` - 1 (xorshift32). */
  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % Math.max(1, limit);
  }
}

const telling = [[0x80], [0x00, 0x00], [0x30, 0x80], [0x24, 0x80], [0x84, 0xff, 0xff, 0xff, 0xff], [0x82, 0xff, 0xff], [0x02, 0x01, 0x03], [0x05, 0x00], [0x0d, 0x0a], [0x0d, 0x0a, 0x2d, 0x2d], [0x0d, 0x0a, 0x20], [0x3d], [0xff]];
const largest = 64 * 1024;

type Change = (bytes: number[], chance: Chance, other: Uint8Array) => void;

const changes: readonly Change[] = [
  (bytes, chance) => {
    const at = chance.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
  },
  (bytes, chance) => void (bytes[chance.below(bytes.length)] = chance.below(256)),
  (bytes, chance) => void bytes.splice(chance.below(bytes.length), 1 + chance.below(16)),
  (bytes, chance) => void bytes.splice(chance.below(bytes.length + 1), 0, ...(telling[chance.below(telling.length)] ?? [])),
  (bytes, chance) => {
    const at = chance.below(bytes.length);
    const piece = bytes.slice(at, at + 1 + chance.below(64));
    for (let times = 1 + chance.below(8); times > 0; times--) bytes.splice(at, 0, ...piece);
  },
  (bytes, chance, other) => {
    const from = chance.below(other.length);
    bytes.splice(chance.below(bytes.length + 1), chance.below(64), ...other.subarray(from, from + 1 + chance.below(128)));
  },
  (bytes, chance) => void bytes.splice(chance.below(bytes.length + 1)),
];

export function mutate(input: Uint8Array, other: Uint8Array, chance: Chance): Uint8Array<ArrayBuffer> {
  const bytes = [...input];
  for (let times = 1 + chance.below(6); times > 0 && bytes.length < largest; times--) changes[chance.below(changes.length)]?.(bytes, chance, other);
  return Uint8Array.from(bytes);
}
