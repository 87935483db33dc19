// What openssl makes of a message: by key and wrapping, cipher, number of recipients, and form.
import type { KeyKind, Workshop } from './openssl.ts';

export interface Cell {
  readonly transport: string;
  readonly kind: KeyKind;
  readonly keyOptions: readonly string[];
  readonly cipher: string;
  readonly recipients: number;
  readonly form: string;
  /** `same bytes`, or the code of the error that says why a browser cannot. */
  readonly expected: string;
}

export const people = ['ada', 'ben', 'cyd'];
export const kinds: readonly KeyKind[] = ['RSA', 'P-256', 'P-384'];
export const nameOf = (person: string, kind: KeyKind): string => `${person}-${kind}`;
export const oaep = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256'];

const transports = [
  { transport: 'v1.5', kind: 'RSA', keyOptions: [], expected: 'cms_pkcs1_only' },
  { transport: 'OAEP', kind: 'RSA', keyOptions: oaep, expected: 'same bytes' },
  { transport: 'EC P-256', kind: 'P-256', keyOptions: ['ecdh_kdf_md:sha256'], expected: 'same bytes' },
  { transport: 'EC P-384', kind: 'P-384', keyOptions: ['ecdh_kdf_md:sha256'], expected: 'same bytes' },
] as const;

export const cells: readonly Cell[] = transports.flatMap((transport) => ['-aes-256-cbc', '-aes-256-gcm'].flatMap((cipher) =>
  [1, 3].flatMap((recipients) => ['DER', '-stream'].map((form) => ({ ...transport, cipher, recipients, form })))));

export const readers = ({ kind, recipients }: Cell): string[] => people.slice(0, recipients).map((person) => nameOf(person, kind));

/** `mail.eml` of the workshop, sealed to these of its recipients. */
export function seal(workshop: Workshop, to: readonly string[], cipher: string, keyOptions: readonly string[], options: readonly string[] = []): Uint8Array<ArrayBuffer> {
  const recipients = to.flatMap((name) => ['-recip', `${name}.pem`, ...keyOptions.flatMap((option) => ['-keyopt', option])]);
  workshop.openssl('cms', '-encrypt', '-binary', cipher, '-in', 'mail.eml', '-outform', 'DER', '-out', 'sealed.der', ...options, ...recipients);
  return workshop.read('sealed.der');
}

export const sealCell = (workshop: Workshop, cell: Cell): Uint8Array<ArrayBuffer> =>
  seal(workshop, readers(cell), cell.cipher, cell.keyOptions, cell.form === 'DER' ? [] : [cell.form]);
