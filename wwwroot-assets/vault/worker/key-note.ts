// The test note of a key: sealed to it alone, with a code that only whoever opens it can tell.
import { VaultError } from '../client/contract.ts';
import { parseEnvelopedData } from '../core/cms/envelope.ts';
import { decryptEnvelopedData } from '../core/cms/open.ts';
import { base64Decode, fromUtf8 } from '../core/encoding.ts';
import type { KeyRing } from './key-ring.ts';

/** The note's own text and nothing else: what the server gives to be opened may be a piece of a mail. */
const text = /^Content-Type: text\/plain; charset=us-ascii\r\n\r\nYour key opened this note\. The code that proves it:\r\n\r\n([A-Za-z0-9_-]{43})\r\n$/;

export async function openKeyNote(ring: KeyRing, certificateId: string, note: string): Promise<string> {
  const fingerprint = ring.certificates.find((row) => row.id === certificateId)?.fingerprintSha256;
  const key = ring.mail.find((held) => held.fingerprint === fingerprint);
  if (key === undefined) throw new VaultError('key_not_held', 'The private part of this key is not kept here, or does not open.');
  const { plaintext } = await decryptEnvelopedData(parseEnvelopedData(base64Decode(note)), [key]);
  const code = text.exec(fromUtf8(plaintext))?.[1];
  if (code === undefined) throw new VaultError('cms_malformed', 'The test note has no code in it.');
  return code;
}
