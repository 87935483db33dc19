import { describe, expect, test } from 'vitest';
import { hex } from '../../vault/core/encoding.ts';
import { kitEntropy, kitFault, kitWord, newKitWords, readTypedKit } from '../../vault/core/recovery-kit.ts';

/** Of the reference vectors of BIP 39, those with 256 bits. */
const vectors: readonly (readonly [entropy: string, words: string])[] = [
  ['00'.repeat(32), `${'abandon '.repeat(23)}art`],
  ['7f'.repeat(32), `${'legal winner thank year wave sausage worth useful '.repeat(2)}legal winner thank year wave sausage worth title`],
  ['80'.repeat(32), `${'letter advice cage absurd amount doctor acoustic avoid '.repeat(2)}letter advice cage absurd amount doctor acoustic bless`],
  ['ff'.repeat(32), `${'zoo '.repeat(23)}vote`],
  ['68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c',
    'hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple dilemma loan word shrug inflict delay length'],
  ['f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f',
    'void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen patrol group space point ten exist slush involve unfold'],
];
const [, sample] = vectors[5] ?? ['', ''];

describe('recovery kit', () => {
  test.each(vectors)('kitEntropy_ReferenceVector_%s', (entropy, words) => {
    expect(hex(kitEntropy(words))).toBe(entropy);
  });

  test('kitEntropy_AsPeopleTypeIt_IsTheSame', () => {
    const list = sample.split(' ');
    const forms = [
      sample.toUpperCase(),
      `\n  ${list.join('\t \n')}  `,
      list.map((word, i) => `${i + 1}. ${word}`).join(', '),
      list.map((word, i) => `${i + 1}${word}`).join(' '),
      list.map((word) => word.slice(0, 4)).join(' '),
    ];
    for (const form of forms) expect(hex(kitEntropy(form))).toBe(vectors[5]?.[0]);
  });

  test('kitFault_WordsOutsideTheList_NamesTheirPlaces', () => {
    const typed = sample.split(' ');
    typed[6] = 'warlord';
    expect(kitFault(readTypedKit(typed.join(' ')))?.what).toBe('Word 7 is not in the list.');
    typed[2] = 'efforts';
    typed[23] = 'unf';
    expect(kitFault(readTypedKit(typed.join(' ')))?.what).toBe('Words 3, 7 and 24 are not in the list.');
    expect(() => kitEntropy(typed.join(' '))).toThrow('Words 3, 7 and 24 are not in the list.');
  });

  test('kitFault_TooFewOrTooMany_CountsThem', () => {
    expect(kitFault(readTypedKit(sample.split(' ').slice(1).join(' ')))?.what).toBe('A kit has 24 words; these are 23.');
    expect(kitFault(readTypedKit(`${sample} zoo`))?.what).toBe('A kit has 24 words; these are 25.');
    expect(kitFault(readTypedKit(''))?.what).toBe('A kit has 24 words; these are 0.');
  });

  test('kitFault_TwoWordsExchanged_SaysThatTheOrderIsWrong', () => {
    const typed = sample.split(' ');
    [typed[0], typed[1]] = [typed[1] ?? '', typed[0] ?? ''];
    expect(kitFault(readTypedKit(typed.join(' ')))?.what).toBe('The words are in the list, but not right in this order.');
    expect(kitFault(readTypedKit(sample))).toBeNull();
  });

  test('kitWord_PrefixOfFour_IsTheWholeWordAndNothingLooser', () => {
    expect(['copp', 'COPPER', ' copper ', 'zoo', 'add', 'addi'].map(kitWord)).toEqual(['copper', 'copper', 'copper', 'zoo', 'add', 'addict']);
    expect(['cop', 'coppers', 'copx', '', '12'].map(kitWord)).toEqual([null, null, null, null, null]);
  });

  test('newKitWords_EachTime_AKitOfItsOwn', () => {
    const [one, two] = [newKitWords(), newKitWords()];
    expect(one).toHaveLength(24);
    expect(kitFault(readTypedKit(one.join(' ')))).toBeNull();
    expect(one).not.toEqual(two);
  });
});
