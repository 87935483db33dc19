// Puts the bundled script into the frame document and pins it by hash, in the document's own policy and for the header.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** Answers the document and the value of its Content-Security-Policy header. */
export async function frameDocument(script) {
  const source = script.trim();
  if (/<\/script|<!--/i.test(source)) throw new Error('The frame script would end its own element.');
  const hash = createHash('sha256').update(source).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data: blob:; form-action 'none'; base-uri 'none'`;
  const page = await readFile(join(here, 'frame.html'), 'utf8');
  // Functions, since a `$` in the script must stay one.
  const html = page.replace('{{policy}}', () => policy).replace('{{script}}', () => source);
  const header = `${policy}; frame-ancestors 'self'; sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox`;
  return { html, header };
}
