// A row of the mail list in words, whatever is known of it.
import type { SummaryRow } from '../../client/contract.ts';
import { fileSize } from '../words.ts';

/** A row while the vault is locked: nothing but what the server knows. */
export interface SealedRow {
  readonly id: string;
  readonly uid: number;
  readonly receivedAt: string;
  readonly size: number;
  readonly flags: readonly string[];
  readonly sealed: true;
}
export type MailRow = (SummaryRow & { readonly sealed?: false }) | SealedRow;

export interface RowWords {
  readonly who: string;
  readonly subject: string;
  readonly text: string;
  readonly mark: string | null;
  readonly attachments: number;
  readonly unread: boolean;
}

export const isUnread = (row: { readonly flags: readonly string[] }): boolean => !row.flags.includes('\\Seen');

/** Name of a sender, or the address where there is none. */
export const personName = (person: { readonly name: string; readonly address: string } | undefined): string =>
  person === undefined ? 'Unknown sender' : person.name === '' ? person.address : person.name;

/** Results that a reader should be warned of; "none" and "neutral" say nothing either way. */
export function senderInDoubt(auth: string | null): boolean {
  if (auth === null) return false;
  return /\bdmarc=fail\b/i.test(auth) || (/\bdkim=fail\b/i.test(auth) && !/\bdkim=pass\b/i.test(auth));
}

const unopened: Readonly<Record<string, readonly [subject: string, text: string]>> = {
  no_summary: ['No preview', 'Sealed without a reading key. Open it to read it.'],
  key_not_held: ['No key here opens this', 'Opens in the mail client that holds its key'],
  summary_malformed: ['Preview damaged', 'The message itself may still open.'],
  summary_unopened: ['Preview does not open', 'It does not belong to this message. The message itself may still open.'],
};

export function rowWords(row: MailRow): RowWords {
  if (row.sealed === true) {
    return { who: 'Sealed message', subject: '', text: `Sealed · ${fileSize(row.size)}`, mark: null, attachments: 0, unread: isUnread(row) };
  }
  if (!row.opened) {
    const [subject, text] = unopened[row.reason] ?? ['No preview', ''];
    const mark = row.reason === 'summary_malformed' || row.reason === 'summary_unopened' ? 'Check this message' : null;
    return { who: row.outerSender ?? 'Sender hidden', subject, text: `${text} · ${fileSize(row.size)}`, mark, attachments: 0, unread: isUnread(row) };
  }
  return {
    who: personName(row.from[0]),
    subject: row.subject === '' ? '(no subject)' : row.subject,
    text: row.text,
    mark: senderInDoubt(row.auth) ? 'Sender not verified' : null,
    attachments: row.attachments.length,
    unread: isUnread(row),
  };
}
