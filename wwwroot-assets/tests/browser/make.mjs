// node make.mjs FOLDER: writes what a page needs to open the matrix, open.js and vectors.json.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const absWorkingDir = fileURLToPath(new URL('../..', import.meta.url));
const folder = process.argv[2];
const maker = join(absWorkingDir, 'node_modules', '.cache', 'vectors.mjs');
await build({ absWorkingDir, entryPoints: ['tests/browser/open.ts'], bundle: true, format: 'iife', target: 'es2022', outfile: join(folder, 'open.js'), logLevel: 'warning' });
await build({ absWorkingDir, entryPoints: ['tests/browser/vectors.ts'], inject: ['tests/setup.ts'], bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'es2022', outfile: maker, logLevel: 'warning' });
await import(pathToFileURL(maker).href);
