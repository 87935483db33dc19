// The recovery kit: 256 random bits as 24 words of the BIP 39 English list, the last eight bits a checksum. Typed back, it is forgiving
// of what paper and haste do to words, never of which words they are.
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { VaultError } from '../client/contract.ts';
import type { Bytes } from './encoding.ts';

export const kitLength = 24;
/** No two words of the list begin with the same four letters. */
const tellingLetters = 4;

const exact: ReadonlySet<string> = new Set(wordlist);
const byStart: ReadonlyMap<string, string> = new Map(wordlist.map((word) => [word.slice(0, tellingLetters), word]));

export interface TypedKit {
  /** What was found, in order; null where the list has no such word. */
  readonly words: readonly (string | null)[];
  /** As typed, in the same order. */
  readonly typed: readonly string[];
}

/** A word of the list, from all of it or from its first letters, four or more; null when there is none. */
export function kitWord(typed: string): string | null {
  const text = typed.normalize('NFKD').toLowerCase().replace(/[^a-z]/g, '');
  if (exact.has(text)) return text;
  if (text.length < tellingLetters) return null;
  const word = byStart.get(text.slice(0, tellingLetters));
  return word?.startsWith(text) === true ? word : null;
}

/** Words as somebody typed or pasted them: in any case, on any number of lines, with or without their numbers. */
export function readTypedKit(text: string): TypedKit {
  const typed = text.normalize('NFKD').split(/[^\p{L}\p{M}]+/u).filter((word) => word !== '');
  return { typed, words: typed.map(kitWord) };
}

/** What is wrong with it, as a sentence and what to do; null when it is a kit. */
export function kitFault(kit: TypedKit): { what: string; next: string } | null {
  const unknown = kit.words.flatMap((word, i) => (word === null ? [i + 1] : []));
  if (unknown.length > 0) {
    const which = unknown.length === 1 ? `Word ${unknown[0]} is` : `Words ${unknown.slice(0, -1).join(', ')} and ${unknown.at(-1)} are`;
    return { what: `${which} not in the list.`, next: 'Compare with your paper; the first four letters are enough.' };
  }
  if (kit.words.length !== kitLength) {
    return { what: `A kit has ${kitLength} words; these are ${kit.words.length}.`, next: 'Type all of them, in the order of their numbers.' };
  }
  return entropyOf(kit) === null ? { what: 'The words are in the list, but not right in this order.', next: 'Compare each with your paper, number by number.' } : null;
}

/** The 256 bits. Throws `kit_malformed`; the caller zeroes them. */
export function kitEntropy(text: string): Bytes {
  const kit = readTypedKit(text);
  const fault = kitFault(kit);
  const entropy = fault === null ? entropyOf(kit) : null;
  if (entropy === null) throw new VaultError('kit_malformed', fault === null ? 'These words are no recovery kit.' : `${fault.what} ${fault.next}`);
  return entropy;
}

export function newKitWords(): readonly string[] {
  const entropy = crypto.getRandomValues(new Uint8Array(32));
  const words = entropyToMnemonic(entropy, wordlist).split(' ');
  entropy.fill(0);
  return words;
}

function entropyOf(kit: TypedKit): Bytes | null {
  if (kit.words.length !== kitLength || kit.words.includes(null)) return null;
  try {
    return new Uint8Array(mnemonicToEntropy(kit.words.join(' '), wordlist)) as Bytes;
  } catch {
    return null;
  }
}
