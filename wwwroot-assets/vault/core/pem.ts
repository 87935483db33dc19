// PEM text (RFC 7468), strict form: 64 columns, LF.
import { VaultError } from '../client/contract.ts';
import { base64Decode, base64Encode, type Bytes } from './encoding.ts';

export function toPem(label: string, bytes: Uint8Array): string {
  const lines = base64Encode(bytes).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** The first block with this label. */
export function fromPem(label: string, text: string): Bytes {
  const begin = text.indexOf(`-----BEGIN ${label}-----`);
  const end = begin < 0 ? -1 : text.indexOf(`-----END ${label}-----`, begin);
  if (end < 0) throw new VaultError('key_invalid', `A stored key is damaged: no ${label} in it.`);
  try {
    return base64Decode(text.slice(begin + label.length + 16, end).replace(/\s+/g, ''));
  } catch {
    throw new VaultError('key_invalid', `A stored key is damaged: its ${label} is no base64.`);
  }
}

/** All blocks in their order; null when one does not end. What stands between them is passed over. */
export function pemBlocks(text: string): readonly { readonly label: string; readonly body: string }[] | null {
  const blocks: { label: string; body: string }[] = [];
  const begin = /-----BEGIN ([A-Z0-9 ]{1,60})-----/g;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const [, label = ''] = match;
    const end = text.indexOf(`-----END ${label}-----`, begin.lastIndex);
    if (end < 0) return null;
    blocks.push({ label, body: text.slice(begin.lastIndex, end) });
    begin.lastIndex = end;
  }
  return blocks;
}
