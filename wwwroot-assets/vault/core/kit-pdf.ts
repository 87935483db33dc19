// The sheet of a recovery kit as a PDF 1.4 file: one A4 page, the fonts that every reader has, nothing compressed, nothing fetched.
import type { KitSheet } from './kit-sheet.ts';
import { concatAll, type Bytes } from './encoding.ts';

const page = { width: 595, height: 842, margin: 56 } as const;
const fonts = ['Helvetica', 'Helvetica-Bold', 'Courier-Bold'] as const;
type Font = 1 | 2 | 3;
const columns = 4;
/** Letters in a line of 10 pt Helvetica that surely fit between the margins. */
const lineLength = 88;

export function kitPdf(sheet: KitSheet): Bytes {
  const content = draw(sheet);
  const resources = fonts.map((_, i) => `/F${i + 1} ${i + 5} 0 R`).join(' ');
  return assemble([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Contents 4 0 R /Resources << /Font << ${resources} >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ...fonts.map((name) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`),
  ]);
}

function draw(sheet: KitSheet): string {
  const lines: string[] = [];
  let y: number = page.height - page.margin - 20;
  const write = (font: Font, size: number, x: number, text: string): number => lines.push(`BT /F${font} ${size} Tf ${x} ${y} Td (${escape(text)}) Tj ET`);
  write(2, 20, page.margin, sheet.title);
  y -= 34;
  for (const [label, value] of sheet.facts) {
    write(1, 10, page.margin, label);
    write(2, 10, page.margin + 84, value);
    y -= 17;
  }
  y -= 18;
  const rows = Math.ceil(sheet.words.length / columns);
  const step = (page.width - 2 * page.margin) / columns;
  for (let row = 0; row < rows; row++) {
    // Numbers run along the lines, as on the screen.
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const word = sheet.words[at];
      if (word === undefined) continue;
      write(1, 9, page.margin + column * step, `${at + 1}`);
      write(3, 13, page.margin + column * step + 22, word);
    }
    y -= 27;
  }
  y -= 12;
  for (const note of sheet.notes) {
    for (const line of wrapped(note)) {
      write(1, 10, page.margin, line);
      y -= 14;
    }
    y -= 8;
  }
  return lines.join('\n');
}

/** Objects numbered from 1, and the table that says at which octet each begins (ISO 32000-1, 7.5.4). */
function assemble(objects: readonly string[]): Bytes {
  const parts: Uint8Array[] = [];
  let length = 0;
  const add = (text: string): void => {
    const bytes = winAnsi(text);
    parts.push(bytes);
    length += bytes.length;
  };
  add('%PDF-1.4\n');
  const starts = objects.map((body, i) => {
    const start = length;
    add(`${i + 1} 0 obj\n${body}\nendobj\n`);
    return start;
  });
  const table = length;
  const entries = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`);
  return concatAll(parts);
}

/** Latin-1, which WinAnsi agrees with where a character can be printed; anything else becomes a question mark. */
const winAnsi = (text: string): Bytes =>
  Uint8Array.from(text, (c) => (/[\n\x20-\x7e\xa0-\xff]/.test(c) ? c.charCodeAt(0) : 0x3f));

const escape = (text: string): string => text.replace(/[\\()]/g, (c) => `\\${c}`).replace(/[^\x20-\x7e\xa0-\xff]/gu, '?');

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > lineLength) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
