// States and codes as sentences. An error says what, why and what next.
import { VaultError, type VaultState } from '../client/contract.ts';
import { countdown, timeLeft } from './dates.ts';

const number = new Intl.NumberFormat('en-GB');

export const count = (n: number): string => number.format(n);
export const plural = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`;

/** Decimal units, as file managers on most systems show them. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return plural(bytes, 'byte', 'bytes');
  if (bytes < 1_000_000) return `${count(Math.round(bytes / 1000))} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Hex in groups of four. */
export const inFours = (hex: string): string => hex.replace(/(.{4})(?=.)/g, '$1 ');

/** First and last groups: "4a1c 9f07 … d2e8". */
export function shortPrint(hex: string): string {
  return hex.length <= 16 ? inFours(hex) : `${inFours(hex.slice(0, 8))} … ${hex.slice(-4)}`;
}

export type PillKind = 'waiting' | 'locked' | 'unlocked' | 'ending' | 'none';
export interface PillWords {
  readonly kind: PillKind;
  readonly text: string;
  /** What a phone has room for, where it is less. */
  readonly brief: string;
  /** The part that counts; null when nothing does. */
  readonly time: string | null;
}

/** The vault pill. `ending` is the last minute before the idle lock. */
export function pillWords(state: VaultState | null, msLeft: number | null): PillWords {
  if (state === null) return pill('waiting', 'Vault');
  if (state.name === 'none') return pill('none', 'No keys in this view', 'No keys here');
  if (state.name === 'locked') return pill('locked', 'Vault locked', 'Locked');
  if (msLeft === null) return pill('unlocked', 'Unlocked');
  if (msLeft <= 60_000) return { ...pill('ending', `Locks in ${countdown(msLeft)}`), time: countdown(msLeft) };
  return { ...pill('unlocked', 'Unlocked'), time: timeLeft(msLeft) };
}

const pill = (kind: PillKind, text: string, brief = text): PillWords => ({ kind, text, brief, time: null });

export interface Trouble {
  readonly what: string;
  readonly next: string;
  readonly code: string;
}

const known: Readonly<Record<string, readonly [what: string, next: string]>> = {
  passphrase_wrong: ["That passphrase didn't open your keys.", 'Check capitals and spaces, then try again.'],
  kit_wrong: ["These words are a recovery kit, but not this account's.", 'A newer kit ends an older one: look for the newest sheet.'],
  kit_gone: ['The new words are gone from this tab.', 'Make them again; nothing had left the browser.'],
  kit_unchecked: ['Your copy of the words is not checked yet.', 'Hide the words and answer for three.'],
  way_missing: ['This account has no recovery kit.', 'Unlock with the passphrase.'],
  wrap_changed: ['This was changed in another browser meanwhile.', 'Reload the page and try again.'],
  passphrase_required: ['Your keys need a passphrase.', 'Type one, then try again.'],
  vault_key_exists: ['Your account already has a passphrase.', 'Reload the page and unlock with it.'],
  vault_key_missing: ['Your account has no passphrase yet.', 'Reload the page and choose one.'],
  vault_key_changed: ['Your keys were changed on another device.', 'Reload the page and unlock again.'],
  no_vault_key: ['You have no keys yet.', 'Make a vaultbox first; its keys are made in this browser.'],
  keys_not_generated: ['The new keys are gone from this tab.', 'Make them again; nothing had left the browser.'],
  locked: ['Your vault is locked.', 'Unlock it to go on.'],
  key_not_held: ['No key here opens this.', 'Open it in the mail client that holds its key.'],
  proof_wrong: ["That isn't the code in the test note.", 'Copy the whole line and try again.'],
  proof_expired: ['This test note is too old.', 'Start again with a fresh one.'],
  too_many_keys: ['This vaultbox has as many keys as it can have.', 'Delete one that no mail needs, then try again.'],
  key_invalid: ['A stored key is damaged.', 'Nothing was shown. Reload the page; if it stays, use the exported key.'],
  key_unsupported: ['Mail cannot be sealed to this kind of key.', 'Use an RSA, P-256 or P-384 key.'],
  key_file_malformed: ['This file does not read as a key.', 'Choose a .p12, .pfx, .pem, .key or .der file.'],
  key_file_locked: ['This file has a password.', 'Type it to go on.'],
  key_file_password: ["That password didn't open the file.", 'Check capitals and spaces, then try again.'],
  key_file_legacy: ['This file is encrypted in an outdated way that browsers do not know.',
    'Convert it with OpenSSL: “openssl pkcs12 -legacy -in old.p12 -nodes -out key.pem”, then choose key.pem and delete it afterwards.'],
  key_file_unsupported: ['This file is encrypted in a way this page cannot open.', 'Export it anew as PKCS#12 with AES-256.'],
  key_file_without_key: ['There is no private key in this file.', 'Choose the file with the key, or the key and the certificate together.'],
  key_file_without_certificate: ['There is no certificate in this file.', 'Choose the key and its certificate together.'],
  key_file_mismatch: ['The private key and the certificate do not belong together.', 'Choose the two files of one key.'],
  certificate_duplicate: ['This vaultbox has this certificate already.', 'Nothing was changed.'],
  cms_malformed: ['This message is damaged.', 'Its sealed form cannot be read. The activity of the vaultbox shows when it arrived.'],
  cms_type_unsupported: ['This is no sealed message that this page can open.', 'Save it and open it in your mail client.'],
  cms_cipher_unsupported: ['This message is encrypted in a way this page cannot open.', 'Open it in your mail client.'],
  cms_key_unsupported: ['The key of this message is wrapped in a way this page cannot open.', 'Open it in your mail client.'],
  cms_pkcs1_only: ['This message is sealed in an old way that browsers have no safe means for.', 'Open it in your mail client, or here as an old message.'],
  cms_limit: ['This message is too large to open here.', 'Open it in your mail client.'],
  cms_decrypt_failed: ['This message does not open.', 'It was changed after it was sealed, or belongs to another key. Nothing of it was shown.'],
  cms_authentication_failed: ['This message does not open.', 'It was changed after it was sealed, or belongs to another key. Nothing of it was shown.'],
  old_message_unvouched: ['An old message is opened here only with a receipt that matches.', 'Open it in your mail client.'],
  receipt_invalid: ["Receipt doesn't match.", 'This message may have been changed after it arrived. Nothing of it was shown.'],
  receipt_missing: ['This message has no receipt.', 'Each message gets one as it arrives; this one was lost or taken away. Nothing of the message was shown.'],
  mime_malformed: ['This message opens, but its parts cannot be told apart.', 'Save the original and open it in a mail client.'],
  part_not_found: ['That attachment is not in the message.', 'Reload the message and try again.'],
  test_mail_not_accepted: ['Our own intake did not take the mail.', 'Check on the Keys tab that this vaultbox has a valid key, then send another.'],
  network: ['The portal cannot be reached.', 'Check the connection, then try again.'],
  signed_out: ['You are signed out.', 'Sign in again; your mail stays sealed meanwhile.'],
  not_found: ['This is not here, or no longer.', 'It may have been deleted. Go back to the list.'],
};

/** Words for anything thrown; the server's own sentence wins where it gave one for a code we do not know. */
export function trouble(error: unknown): Trouble {
  if (!(error instanceof VaultError)) return { what: 'This did not work.', next: 'Reload the page and try again.', code: 'internal' };
  const words = known[error.code];
  if (words !== undefined) return { what: words[0], next: words[1], code: error.code };
  return { what: error.message === '' ? 'This did not work.' : error.message, next: '', code: error.code };
}

export function waitingWords(sealed: number): string {
  if (sealed === 0) return 'Unlock to read your mail here. The server cannot open it.';
  const subject = sealed === 1 ? '1 sealed message is waiting.' : `${count(sealed)} sealed messages are waiting.`;
  return `${subject} Unlock to read ${sealed === 1 ? 'it' : 'them'} here. The server cannot open ${sealed === 1 ? 'it' : 'them'}.`;
}
