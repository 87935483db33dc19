// Signed entities (RFC 8551, 3.5) that are the whole of a message. A signature over a part of one says nothing about the rest, so none is looked for there.
import { VaultError } from '../../client/contract.ts';
import { parseSignedData } from '../cms/signed-data.ts';
import type { SignedMessage } from '../cms/verify.ts';
import { decodeTransfer } from './decoders.ts';
import type { MimePart } from './structure.ts';

const signatureTypes = new Set(['application/pkcs7-signature', 'application/x-pkcs7-signature']);
const lf = 0x0a;
const cr = 0x0d;
const wrappedTypes = new Set(['application/pkcs7-mime', 'application/x-pkcs7-mime']);

/** Null when it is not signed, or in a way that does not read: then it is a message with an attachment. */
export function findSigned(bytes: Uint8Array, root: MimePart): SignedMessage | null {
  try {
    return root.type === 'multipart/signed' ? detached(bytes, root) : wrappedTypes.has(root.type) ? opaque(bytes, root) : null;
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}

function detached(bytes: Uint8Array, { children: [entity, signature, more] }: MimePart): SignedMessage | null {
  if (entity === undefined || signature === undefined || more !== undefined || !signatureTypes.has(signature.type)) return null;
  const data = parseSignedData(decodeTransfer(signature.encoding, bytes.subarray(signature.bodyStart, signature.bodyEnd)));
  return data.content === null ? { form: 'detached', data, content: withCrlf(bytes.subarray(entity.start, entity.end)) } : null;
}

function opaque(bytes: Uint8Array, root: MimePart): SignedMessage | null {
  // A bundle of certificates is of this form too, without content.
  if (/^(?!signed-data$)./.test(root.parameters.get('smime-type')?.toLowerCase() ?? '')) return null;
  const data = parseSignedData(decodeTransfer(root.encoding, bytes.subarray(root.bodyStart, root.bodyEnd)));
  return data.content === null || data.signers.length === 0 ? null : { form: 'opaque', data, content: data.content };
}

/** What was signed had CRLF line ends (RFC 8551, 3.1.1), also where storage on the way changed them. */
function withCrlf(bytes: Uint8Array): Uint8Array {
  let missing = 0;
  for (let at = bytes.indexOf(lf); at >= 0; at = bytes.indexOf(lf, at + 1)) if (bytes[at - 1] !== cr) missing++;
  if (missing === 0) return bytes;
  const whole = new Uint8Array(bytes.length + missing);
  let to = 0;
  let from = 0;
  for (let at = bytes.indexOf(lf); at >= 0; at = bytes.indexOf(lf, at + 1)) {
    if (bytes[at - 1] === cr) continue;
    whole.set(bytes.subarray(from, at), to);
    to += at - from;
    whole[to++] = cr;
    from = at;
  }
  whole.set(bytes.subarray(from), to);
  return whole;
}
