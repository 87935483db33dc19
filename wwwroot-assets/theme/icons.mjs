// Builds the icon sprite: the Lucide icons named in icons.txt, and our seal.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const icons = join(dirname(createRequire(import.meta.url).resolve('lucide-static/package.json')), 'icons');

const seal = '<symbol id="seal" viewBox="0 0 26 26"><rect width="26" height="26" rx="6.5" fill="currentColor" stroke="none"/>'
  + '<path d="M5.6 7.9 13 15l7.4-7.1" fill="none" stroke="var(--vb-on-primary)" stroke-width="2.1" stroke-linecap="round" stroke-linejoin="round"/>'
  + '<circle cx="13" cy="16.6" r="3.3" fill="var(--vb-on-primary)" stroke="none"/></symbol>';

async function symbol(name) {
  const source = await readFile(join(icons, `${name}.svg`), 'utf8');
  const inner = source.slice(source.indexOf('>', source.indexOf('<svg')) + 1, source.lastIndexOf('</svg>')).replace(/\s+/g, ' ').trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
}

/** The sprite as text. */
export async function iconSprite() {
  const lines = (await readFile(join(here, 'icons.txt'), 'utf8')).split('\n').map((line) => line.trim());
  const symbols = await Promise.all(lines.filter((line) => line !== '' && !line.startsWith('#')).map(symbol));
  return `<svg xmlns="http://www.w3.org/2000/svg">${seal}${symbols.join('')}</svg>\n`;
}
