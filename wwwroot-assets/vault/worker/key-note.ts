// The test note of a key: sealed to it alone, with a code that only whoever opens it can tell.
import { VaultError } from '../client/contract.ts';
import { decryptEnvelopedData, parseEnvelopedData } from '../core/cms.ts';
import { base64Decode, fromUtf8 } from '../core/encoding.ts';
import type { KeyRing } from './key-ring.ts';

export async function openKeyNote(ring: KeyRing, certificateId: string, note: string): Promise<string> {
  const fingerprint = ring.certificates.find((row) => row.id === certificateId)?.fingerprintSha256;
  const key = ring.mail.find((held) => held.fingerprint === fingerprint);
  if (key === undefined) throw new VaultError('key_not_held', 'The private part of this key is not kept here, or does not open.');
  const { plaintext } = await decryptEnvelopedData(parseEnvelopedData(base64Decode(note)), [key]);
  const code = fromUtf8(plaintext).trimEnd().split('\r\n').at(-1) ?? '';
  if (!/^[A-Za-z0-9_-]{43}$/.test(code)) throw new VaultError('cms_malformed', 'The test note has no code in it.');
  return code;
}
