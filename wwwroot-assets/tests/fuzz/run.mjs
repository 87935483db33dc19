// Bundles the fuzzer, since Node runs no TypeScript, and starts it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const outfile = join('node_modules', '.cache', 'fuzz.mjs');
await build({ entryPoints: ['tests/fuzz/fuzz.ts'], inject: ['tests/setup.ts'], bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'es2022', outfile, logLevel: 'warning' });
await import(pathToFileURL(outfile).href);
