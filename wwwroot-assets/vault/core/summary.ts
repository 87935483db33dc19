// Sealed summaries: the list's rows, opened with the portal key.
import { VaultError, type MailAddress } from '../client/contract.ts';
import { concat, fromHex, fromUtf8, utf8, uuidBytes } from './encoding.ts';
import { encapsulatedKeyLength, HpkeOpener, type HpkeRecipient } from './hpke.ts';

const formatVersion = 1;
const tagLength = 16;
const opener = new HpkeOpener(utf8('vaultbox/summary/v1'));

export interface Summary {
  readonly from: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly subject: string;
  readonly date: string | null;
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly size: number }[];
  readonly auth: string | null;
}

const malformed = (): VaultError => new VaultError('summary_malformed', 'This line of the list is damaged.');

/** Tries each key; the summary is bound to vaultbox, message and encrypted content. */
export async function openSummary(
  bytes: Uint8Array, keys: readonly HpkeRecipient[], ids: { vaultboxId: string; messageId: string; contentSha256: string },
): Promise<Summary> {
  if (bytes[0] !== formatVersion || bytes.length < 1 + encapsulatedKeyLength + tagLength || ids.contentSha256.length !== 64) throw malformed();
  const enc = bytes.subarray(1, 1 + encapsulatedKeyLength);
  const ciphertext = bytes.subarray(1 + encapsulatedKeyLength);
  const aad = concat(uuidBytes(ids.vaultboxId), uuidBytes(ids.messageId), fromHex(ids.contentSha256));
  for (const key of keys) {
    const plaintext = await opener.open(key, enc, aad, ciphertext).catch(() => null);
    if (plaintext !== null) return readSummary(fromUtf8(plaintext));
  }
  throw new VaultError('summary_unopened', 'This line of the list does not open: it was altered or sealed to another key.');
}

function readSummary(json: string): Summary {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw malformed();
  }
  if (typeof value !== 'object' || value === null) throw malformed();
  const s = value as Readonly<Record<string, unknown>>;
  return {
    from: addresses(s.from),
    to: addresses(s.to),
    subject: text(s.subject),
    date: typeof s.date === 'string' ? s.date : null,
    text: text(s.text),
    attachments: records(s.attachments).map((a) => ({ name: text(a.name), type: text(a.type), size: typeof a.size === 'number' ? a.size : 0 })),
    auth: typeof s.auth === 'string' ? s.auth : null,
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const records = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null) : [];

const addresses = (value: unknown): MailAddress[] => records(value).map((a) => ({ name: text(a.name), address: text(a.address) }));
