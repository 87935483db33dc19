// Triple DES in CBC (FIPS 46-3, SP 800-67), for key files of older programs and nothing else: WebCrypto has none.
import type { Bytes } from '../encoding.ts';

const initial = [
  58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4, 62, 54, 46, 38, 30, 22, 14, 6, 64, 56, 48, 40, 32, 24, 16, 8,
  57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3, 61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7,
];
const final = Array.from({ length: 64 }, (_, i) => initial.indexOf(i + 1) + 1);
const expansion = Array.from({ length: 48 }, (_, i) => ((Math.floor(i / 6) * 4 + (i % 6) + 31) % 32) + 1);
const permutation = [16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25];
const choice1 = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
  63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
];
const choice2 = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2,
  41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
];
const shifts = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];
/** One hexadecimal digit for each entry, four rows of sixteen for each box. */
const boxes = [
  'e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d', 'f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9',
  'a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c', '7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e',
  '2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453', 'c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d',
  '4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c', 'd2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b',
].map((text) => [...text].map((digit) => Number.parseInt(digit, 16)));

type Bits = readonly number[];

const pick = (bits: Bits, places: readonly number[]): number[] => places.map((place) => bits[place - 1] ?? 0);
const xor = (a: Bits, b: Bits): number[] => a.map((bit, i) => bit ^ (b[i] ?? 0));
const bitsOf = (bytes: Uint8Array): number[] => Array.from({ length: bytes.length * 8 }, (_, i) => ((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1);

function schedule(key: Uint8Array): Bits[] {
  let halves = pick(bitsOf(key), choice1);
  return shifts.map((shift) => {
    const turn = (half: Bits): Bits => [...half.slice(shift), ...half.slice(0, shift)];
    halves = [...turn(halves.slice(0, 28)), ...turn(halves.slice(28))];
    return pick(halves, choice2);
  });
}

function mix(right: Bits, key: Bits): number[] {
  const wide = xor(pick(right, expansion), key);
  const narrow = boxes.flatMap((box, i) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = wide.slice(i * 6, i * 6 + 6);
    const value = box[(a * 2 + f) * 16 + b * 8 + c * 4 + d * 2 + e] ?? 0;
    return [value >> 3, (value >> 2) & 1, (value >> 1) & 1, value & 1];
  });
  return pick(narrow, permutation);
}

function crypt(block: Bits, keys: readonly Bits[]): number[] {
  const start = pick(block, initial);
  let left = start.slice(0, 32);
  let right = start.slice(32);
  for (const key of keys) [left, right] = [right, xor(left, mix(right, key))];
  return pick([...right, ...left], final);
}

/** The three passes of one block, for a key of 24 bytes. */
function passes(key: Uint8Array, decrypt: boolean): readonly (readonly Bits[])[] {
  const [a = [], b = [], c = []] = [0, 8, 16].map((at) => schedule(key.subarray(at, at + 8)));
  const turned = (keys: readonly Bits[]): readonly Bits[] => [...keys].reverse();
  return decrypt ? [turned(c), b, turned(a)] : [a, turned(b), c];
}

function store(target: Uint8Array, at: number, bits: Bits): void {
  for (let i = 0; i < 64; i++) target[at + (i >> 3)] = ((target[at + (i >> 3)] ?? 0) << 1) | (bits[i] ?? 0);
}

/** With padding as RFC 8018 has it. */
export function encrypt3Des(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Bytes {
  const rounds = passes(key, false);
  const pad = 8 - (plaintext.length % 8);
  const padded = new Uint8Array(plaintext.length + pad).fill(pad);
  padded.set(plaintext);
  const output = new Uint8Array(padded.length);
  let chain: Bits = bitsOf(iv);
  for (let at = 0; at < padded.length; at += 8) {
    chain = rounds.reduce<Bits>((block, keys) => crypt(block, keys), xor(bitsOf(padded.subarray(at, at + 8)), chain));
    store(output, at, chain);
  }
  padded.fill(0);
  return output;
}

/** Null when the padding is not as it must be: another key, or damage. */
export function decrypt3Des(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Bytes | null {
  if (sealed.length === 0 || sealed.length % 8 !== 0) return null;
  const rounds = passes(key, true);
  const output = new Uint8Array(sealed.length);
  let chain: Bits = bitsOf(iv);
  for (let at = 0; at < sealed.length; at += 8) {
    const block = bitsOf(sealed.subarray(at, at + 8));
    store(output, at, xor(rounds.reduce<Bits>((bits, keys) => crypt(bits, keys), block), chain));
    chain = block;
  }
  const pad = output.at(-1) ?? 0;
  const padded = pad >= 1 && pad <= 8 && output.subarray(-pad).every((byte) => byte === pad);
  return padded ? output.slice(0, output.length - pad) : null;
}
