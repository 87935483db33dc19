// Inputs that went a way of their own, kept from run to run.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function readCorpus(folder: string, target: string): { name: string; bytes: Uint8Array<ArrayBuffer> }[] {
  const own = join(folder, target);
  return existsSync(own) ? readdirSync(own).sort().map((name) => ({ name, bytes: Uint8Array.from(readFileSync(join(own, name))) })) : [];
}

export function keep(folder: string, target: string, bytes: Uint8Array): string {
  const own = join(folder, target);
  mkdirSync(own, { recursive: true });
  const path = join(own, `${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.bin`);
  writeFileSync(path, bytes);
  return path;
}
