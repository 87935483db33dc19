// Writes vectors.json into the folder that is named: each cell of the matrix for each of its readers, made by openssl.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { base64Encode, sha256Hex } from '../../vault/core/encoding.ts';
import { cells, kinds, nameOf, oaep, people, readers, seal, sealCell } from '../vault/matrix.ts';
import { sampleBytes, Workshop } from '../vault/openssl.ts';
import type { Vector } from './open.ts';

async function makeVectors(workshop: Workshop): Promise<Vector[]> {
  const content = sampleBytes(30_011);
  workshop.write('mail.eml', content);
  for (const person of people) for (const kind of kinds) await workshop.recipient(nameOf(person, kind), [], kind);
  const sha256 = await sha256Hex(content);
  const vector = (name: string, sealed: Uint8Array, reader: string, expected: string): Vector => ({
    name: `${name} for ${reader}`, sealed: base64Encode(sealed), certificate: base64Encode(workshop.certificate(reader)), pkcs8: base64Encode(workshop.read(`${reader}.p8`)), sha256, expected,
  });
  const vectors = cells.flatMap((cell) => {
    const sealed = sealCell(workshop, cell);
    const name = `${cell.transport} ${cell.cipher} to ${cell.recipients} as ${cell.form}`;
    const stranger = nameOf('cyd', cell.kind === 'RSA' ? 'P-256' : 'RSA');
    return [...readers(cell).map((reader) => vector(name, sealed, reader, cell.expected)), vector(name, sealed, stranger, 'key_not_held')];
  });
  // Chromium has no AES-192.
  return [...vectors, vector('AES-192', seal(workshop, ['ada-RSA'], '-aes-192-gcm', oaep), 'ada-RSA', 'cms_cipher_unsupported')];
}

const folder = process.argv[2] ?? '.';
const workshop = new Workshop();
try {
  writeFileSync(join(folder, 'vectors.json'), JSON.stringify(await makeVectors(workshop)));
} finally {
  workshop.end();
}
