// Bundles the vault, its worker, the message frame, the account pages' and the log's scripts and the theme into the web project. Output depends on the sources alone.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { iconSprite } from './theme/icons.mjs';
import { frameDocument } from './vault/frame/build.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.env.VAULT_OUT ?? join(here, '../src/Portal.Web/wwwroot');
const vaultOut = join(out, 'vault');

const shared = {
  absWorkingDir: here,
  // Names of chunks are made from paths too: those within this folder, wherever packages really lie.
  preserveSymlinks: true,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.svg': 'text', '.woff2': 'file' },
};

/** Top-level `*.ts` of a folder, without declarations and tests. */
async function entries(folder) {
  if (!existsSync(join(here, folder))) return [];
  const names = await readdir(join(here, folder));
  return names.filter((n) => n.endsWith('.ts') && !n.endsWith('.d.ts') && !n.endsWith('.test.ts')).map((n) => join(folder, n));
}

async function buildVault() {
  await Promise.all([
    build({ ...shared, entryPoints: { vault: 'vault/main.ts' }, outdir: vaultOut, splitting: true, chunkNames: 'chunk-[hash]' }),
    build({ ...shared, entryPoints: { 'vault.worker': 'vault/worker/main.ts' }, outdir: vaultOut }),
  ]);
}

// The frame document carries its script inline, pinned by hash; frame.csp is the header the server sends with it.
async function buildFrame() {
  const bundle = await build({ ...shared, format: 'iife', entryPoints: ['vault/frame/frame.ts'], outdir: vaultOut, write: false });
  const { html, header } = await frameDocument(bundle.outputFiles[0].text);
  await Promise.all([writeFile(join(vaultOut, 'frame.html'), html), writeFile(join(vaultOut, 'frame.csp'), `${header}\n`)]);
}

async function buildTheme() {
  if (!existsSync(join(here, 'theme'))) return;
  const names = await readdir(join(here, 'theme'));
  const sheets = names.filter((n) => n.endsWith('.css') && !n.startsWith('_')).map((n) => join('theme', n));
  const scripts = (await entries('theme')).filter((n) => !n.startsWith('theme/_'));
  if (sheets.length > 0) {
    await build({ ...shared, entryPoints: sheets, outdir: join(out, 'theme'), outbase: 'theme', assetNames: '../fonts/[name]' });
  }
  if (scripts.length > 0) await build({ ...shared, format: 'iife', entryPoints: scripts, outdir: join(out, 'theme'), outbase: 'theme' });
  await writeFile(join(out, 'theme/icons.svg'), await iconSprite());
}

async function buildAccount() {
  await build({ ...shared, entryPoints: await entries('account'), outdir: join(out, 'account'), outbase: 'account' });
}

async function buildLog() {
  await build({ ...shared, entryPoints: await entries('log'), outdir: join(out, 'log'), outbase: 'log' });
}

/** What the vault consists of, to compare what a portal serves with what these sources build. */
async function writeManifest() {
  const { version } = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'));
  const files = {};
  for (const name of (await readdir(vaultOut)).sort()) {
    const bytes = await readFile(join(vaultOut, name));
    files[name] = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  }
  await writeFile(join(vaultOut, 'manifest.json'), `${JSON.stringify({ version, files }, null, 2)}\n`);
}

for (const folder of ['vault', 'account', 'log', 'theme', 'fonts']) await rm(join(out, folder), { recursive: true, force: true });
await mkdir(vaultOut, { recursive: true });
await Promise.all([buildVault(), buildFrame(), buildAccount(), buildLog(), buildTheme()]);
await writeManifest();
console.log(`front end built into ${relative(process.cwd(), out) || '.'}`);
