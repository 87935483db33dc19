import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const sources = join(import.meta.dirname, '..');
let folder: string;

beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'build-')); });
afterAll(async () => { await rm(folder, { recursive: true, force: true }); });

/** The front end, built from the sources in that folder. */
async function build(from: string, name: string): Promise<string> {
  const out = join(folder, name);
  await promisify(execFile)(process.execPath, ['build.mjs'], { cwd: from, env: { ...process.env, VAULT_OUT: out } });
  return join(out, 'vault');
}

async function filesOf(vault: string): Promise<Record<string, string>> {
  const names = (await readdir(vault)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, createHash('sha256').update(await readFile(join(vault, name))).digest('hex')])));
}

test('Build_Twice_IsTheSameToTheByte', async () => {
  const elsewhere = join(folder, 'another place/sources');
  await cp(sources, elsewhere, { recursive: true, filter: (path) => !path.includes('node_modules') && !path.startsWith(join(sources, 'tests')) });
  await symlink(join(sources, 'node_modules'), join(elsewhere, 'node_modules'));

  const [here, there] = await Promise.all([build(sources, 'here'), build(elsewhere, 'there')]);

  expect(await filesOf(there)).toEqual(await filesOf(here));
}, 120_000);

test('Build_Manifest_HasEveryFileWithItsHash', async () => {
  const vault = await build(sources, 'listed');

  const manifest = JSON.parse(await readFile(join(vault, 'manifest.json'), 'utf8')) as { version: string; files: Record<string, { sha256: string; bytes: number }> };

  const { 'manifest.json': itself, ...files } = await filesOf(vault);
  expect(itself).toBeDefined();
  expect(Object.fromEntries(Object.entries(manifest.files).map(([name, file]) => [name, file.sha256]))).toEqual(files);
  expect(manifest.files['vault.js']?.bytes).toBe((await readFile(join(vault, 'vault.js'))).length);
  expect(manifest.version).toMatch(/^\d+\.\d+\.\d+$/);
}, 120_000);
