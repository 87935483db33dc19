// How strong a passphrase is, and good ones by chance. A small estimator: length, repetition, known phrases and patterns.
import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { PassphraseStrength } from '../client/contract.ts';
import { commonPassphrases } from './common-passphrases.ts';

export const minimumPassphraseLength = 12;
const labels = ['Very weak', 'Weak', 'Fair', 'Strong', 'Very strong'] as const;

/** Unicode NFKC, as the key derivation takes it. */
export const normalisePassphrase = (passphrase: string): string => passphrase.normalize('NFKC');

export function passphraseStrength(passphrase: string): PassphraseStrength {
  const text = normalisePassphrase(passphrase);
  const length = [...text].length;
  if (length === 0) return verdict(0, 'Type a passphrase, or take a suggested one.');
  if (length < minimumPassphraseLength) {
    return verdict(length < 8 ? 0 : 1, `Too short: ${length} of at least ${minimumPassphraseLength} characters. Add words; five or six random ones are best.`);
  }
  const folded = fold(text);
  if (commonPassphrases.some((phrase) => isBuiltOf(folded, phrase))) return verdict(0, 'This is on lists of common passphrases. Take words that have nothing to do with each other.');
  const bits = estimateBits(folded, text);
  if (bits < 35) return verdict(1, 'This repeats itself or follows a pattern (keyboard rows, counting, one word again). Use several different words.');
  if (bits < 45) return verdict(2, 'Guessable with effort. Add one or two random words.');
  return verdict(bits < 60 ? 3 : 4, '');
}

function verdict(score: 0 | 1 | 2 | 3 | 4, hint: string): PassphraseStrength {
  return { score, label: labels[score], hint, ok: hint === '' };
}

const leet: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' };

/** Lower case, common letter swaps undone, without spaces and punctuation. */
function fold(text: string): string {
  return [...text.toLowerCase()].map((c) => leet[c] ?? c).join('').replace(/[\s\p{P}]/gu, '');
}

function isBuiltOf(folded: string, phrase: string): boolean {
  const rest = folded.replaceAll(fold(phrase), '');
  return rest.length !== folded.length && [...rest.replace(/[\dolieast]/g, '')].length <= 2 && rest.length <= 6;
}

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'azertyuiop', 'abcdefghijklmnopqrstuvwxyz', '01234567890'];
const words: ReadonlySet<string> = new Set(wordlist);

/** Bits an attacker needs who knows words, runs and repetition; deliberately low. */
function estimateBits(folded: string, text: string): number {
  let bits = 0;
  let at = 0;
  const source = text.toLowerCase();
  const seen = new Set<string>();
  while (at < source.length) {
    const piece = runLength(source, at) ?? wordAt(source, at);
    const length = piece ?? 1;
    const token = source.slice(at, at + length);
    if (!seen.has(token)) bits += piece === null ? singleBits(text[at] ?? '', at) : runLength(source, at) === null ? 10.5 : 4;
    else bits += 1;
    seen.add(token);
    at += length;
  }
  const distinct = new Set(folded).size;
  return Math.min(bits, distinct * 6);
}

function singleBits(character: string, at: number): number {
  if (/\s/.test(character)) return 0.5;
  if (/[a-z]/i.test(character)) return at > 0 && /[A-Z]/.test(character) ? 4.5 : 3;
  return /\d/.test(character) ? 3.3 : 5;
}

/** Length of a keyboard row, counting or repetition from here, at least 3; null if none. */
function runLength(source: string, at: number): number | null {
  let best = 0;
  while (source[at + best] === source[at]) best++;
  for (const row of rows) {
    for (const line of [row, [...row].reverse().join('')]) {
      const start = line.indexOf(source[at] ?? '\0');
      let length = 0;
      while (start >= 0 && start + length < line.length && line[start + length] === source[at + length]) length++;
      best = Math.max(best, length);
    }
  }
  return best >= 3 ? best : null;
}

function wordAt(source: string, at: number): number | null {
  for (let length = 8; length >= 3; length--) if (words.has(source.slice(at, at + length))) return length;
  return null;
}

/** Words from the BIP 39 English list (11 bits each) with uniform chance. */
export function suggestPassphrase(count = 6): string {
  if (count < 5 || count > 24) throw new RangeError('between 5 and 24 words');
  // A draw with a word twice, or words that look like a pattern, is rare; another is made, so that what we suggest we also take.
  for (;;) {
    // 2048 divides 65,536: the remainder is uniform.
    const numbers = crypto.getRandomValues(new Uint16Array(count));
    const drawn = Array.from(numbers, (n) => wordlist[n % 2048] ?? '');
    const suggestion = drawn.join(' ');
    if (new Set(drawn).size === count && passphraseStrength(suggestion).ok) return suggestion;
  }
}
