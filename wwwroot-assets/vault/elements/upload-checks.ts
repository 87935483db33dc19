// The checks of an upload, one line each, with its reason.
import { VaultError } from '../client/contract.ts';
import { trouble } from './words.ts';
import type { CertificateUpload } from '../core/api-types.ts';

export interface UploadCheck {
  readonly state: 'ok' | 'warn' | 'error';
  readonly what: string;
  readonly why: string;
}

const passed = (what: string): UploadCheck => ({ state: 'ok', what, why: '' });

/** The checks in the order in which they are made: all before a refusal were passed. */
const order: readonly (readonly [code: string, ok: string, refused: string])[] = [
  ['private_key_in_clear', 'No private key in it', 'It contains a private key'],
  ['certificate_unparsable', 'Reads as a certificate', "It doesn't read as a certificate"],
  ['key_algorithm_unsupported', 'A kind of key we can seal to', 'Not a kind of key we can seal to'],
  ['key_too_small', 'The key is long enough', 'The key is too short'],
  ['certificate_not_yet_valid', 'Already valid', 'Not valid yet'],
  ['certificate_expired', 'Not expired', 'It has expired'],
  ['key_usage_forbids_encryption', 'Meant for encryption', 'Not meant for encryption'],
  ['second_key_family', 'Same kind as your other keys', 'Another kind than your other keys'],
  ['certificate_duplicate', 'Not in this vaultbox yet', 'Already in this vaultbox'],
];

/** For a refusal: what refused it, alone, since the server's order is its own. For an accepted one: every line. */
export function uploadChecks(outcome: VaultError | CertificateUpload): readonly UploadCheck[] {
  if (outcome instanceof VaultError) {
    const check = order.find(([code]) => code === outcome.code);
    if (check !== undefined) return [{ state: 'error', what: check[2], why: outcome.message }];
    const words = trouble(outcome);
    return [{ state: 'error', what: words.what, why: words.next }];
  }
  return [
    ...order.map(([, ok]) => passed(ok)),
    ...outcome.warnings.map((warning): UploadCheck => ({ state: 'warn', what: warning.message, why: '' })),
    passed('Added. New mail is sealed to it from now on.'),
  ];
}
