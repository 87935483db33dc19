import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCorpus } from './corpus.ts';
import { Chance, mutate } from './mutate.ts';
import { targetOf, targets, tryInput } from './targets.ts';

const folder = 'tests/fuzz/corpus';

describe('the corpus', () => {
  test.each(targets)('Replay_$name_ValueOrTypedErrorInTime', async (target) => {
    const inputs = readCorpus(folder, target.name);
    expect(inputs.length).toBeGreaterThan(0);
    for (const { name, bytes } of inputs) await expect(tryInput(target, bytes), name).resolves.toBeTypeOf('string');
  });

  test('Folders_EachOfATarget', () => {
    expect(readdirSync(folder).filter((name) => targetOf(name) === undefined)).toEqual([]);
  });

  test('TryInput_AnotherException_IsAFinding', async () => {
    const broken = { name: 'broken', read: () => { throw new TypeError('not ours'); }, seeds: async () => [] };
    await expect(tryInput(broken, new Uint8Array(1))).rejects.toThrow('not ours');
  });

  test('Mutate_SameSeed_SameBytesAndOtherThanTheInput', () => {
    const input = Uint8Array.from({ length: 100 }, (_, i) => i);
    const made = (seed: number): string => Buffer.from(mutate(input, input, new Chance(seed))).toString('hex');
    expect(made(7)).toBe(made(7));
    expect(new Set(Array.from({ length: 50 }, (_, i) => made(i + 1))).size).toBeGreaterThan(40);
  });
});
