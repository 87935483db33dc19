// npm run fuzz -- --seconds 600 [--target envelope] [--seed 1]
// Changed inputs, each target in turn, until the time is over. What goes a new way joins the corpus; a finding is kept there too and ends the run with 1.
import { Workshop } from '../vault/openssl.ts';
import { keep, readCorpus } from './corpus.ts';
import { Chance, mutate } from './mutate.ts';
import { targets, tryInput, type Target } from './targets.ts';

interface Pool { readonly target: Target; readonly inputs: Uint8Array[]; readonly seen: Set<string>; runs: number }

const largestKept = 2 * 1024;

function option(name: string): string | null {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

async function poolOf(target: Target, folder: string, workshop: Workshop): Promise<Pool> {
  const pool: Pool = { target, inputs: [], seen: new Set(), runs: 0 };
  for (const bytes of [...(await target.seeds(workshop)), ...readCorpus(folder, target.name).map((one) => one.bytes)]) {
    pool.inputs.push(bytes);
    pool.seen.add(await tryInput(target, bytes));
  }
  return pool;
}

async function turn(pool: Pool, chance: Chance, folder: string): Promise<boolean> {
  const pick = (): Uint8Array => pool.inputs[chance.below(pool.inputs.length)] ?? new Uint8Array(1);
  const input = mutate(pick(), pick(), chance);
  pool.runs++;
  try {
    const outcome = await tryInput(pool.target, input);
    if (pool.seen.has(outcome) || input.length > largestKept) return true;
    pool.seen.add(outcome);
    pool.inputs.push(input);
    keep(folder, pool.target.name, input);
    return true;
  } catch (error) {
    console.error(`${pool.target.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nkept as ${keep(folder, pool.target.name, input)}`);
    return false;
  }
}

async function main(folder: string): Promise<number> {
  const seed = Number(option('seed') ?? Date.now() % 0xffffffff);
  const end = performance.now() + Number(option('seconds') ?? 60) * 1000;
  const only = option('target');
  const workshop = new Workshop();
  try {
    const chance = new Chance(seed);
    const pools: Pool[] = [];
    for (const target of targets) if (only === null || target.name === only) pools.push(await poolOf(target, folder, workshop));
    if (pools.length === 0) throw new Error(`no target ${only}`);
    console.log(`seed ${seed}`);
    let clean = true;
    while (clean && performance.now() < end) for (const pool of pools) for (let i = 0; clean && i < 50; i++) clean = await turn(pool, chance, folder);
    for (const { target, runs, seen } of pools) console.log(`${target.name}: ${runs} inputs, ${seen.size} outcomes`);
    return clean ? 0 : 1;
  } finally {
    workshop.end();
  }
}

process.exitCode = await main(process.env.FUZZ_CORPUS ?? 'tests/fuzz/corpus');
