// The files of an upload, each read, checked and added by itself. What holds a private key is dropped before anything is sent.
import { VaultError } from '../client/contract.ts';
import type { CertificateStep, CheckedCertificate, CheckedCertificates } from '../core/api-types.ts';
import { trouble } from './words.ts';

export interface UploadItem {
  readonly certificate: CheckedCertificate;
  /** What the owner calls it; empty: what it calls itself. */
  readonly name: string;
  readonly state: 'ready' | 'refused' | 'adding' | 'added' | 'failed';
  /** Why adding it failed. */
  readonly failure: string;
}
export interface UploadFile {
  readonly id: number;
  readonly name: string;
  readonly state: 'checking' | 'checked' | 'refused';
  /** One line that refused the whole file. */
  readonly refusal: CertificateStep | null;
  readonly items: readonly UploadItem[];
  readonly issuers: number;
}

export const checking = (id: number, name: string): UploadFile => ({ id, name, state: 'checking', refusal: null, items: [], issuers: 0 });

/** Certificates that another file of the list already has are said to be there twice, not added twice. */
export function checkedFile(file: UploadFile, answer: CheckedCertificates, others: readonly UploadFile[]): UploadFile {
  const seen = new Set(others.filter((other) => other.id !== file.id).flatMap((other) => other.items.map((item) => item.certificate.details.fingerprintSha256)));
  const items = answer.items.map((certificate): UploadItem => {
    if (!seen.has(certificate.details.fingerprintSha256)) return { certificate, name: '', state: certificate.isAccepted ? 'ready' : 'refused', failure: '' };
    const twice: CertificateStep = { code: 'certificate_duplicate', outcome: 'refused', title: 'In this list already', reason: 'Another file here holds the same certificate.' };
    return { certificate: { ...certificate, isAccepted: false, steps: [...certificate.steps.filter((step) => step.code !== twice.code), twice] }, name: '', state: 'refused', failure: '' };
  });
  return { ...file, state: 'checked', items, issuers: answer.issuers };
}

const titles: Readonly<Record<string, string>> = {
  private_key_in_clear: 'It contains a private key',
  certificate_unparsable: "It doesn't read as a certificate",
  too_large: 'This file is no certificate',
};

export function refusedFile(file: UploadFile, error: unknown): UploadFile {
  const words = trouble(error);
  const code = error instanceof VaultError ? error.code : 'internal';
  const title = titles[code];
  const refusal: CertificateStep = { code, outcome: 'refused', title: title ?? words.what, reason: title === undefined ? words.next : error instanceof VaultError ? error.message : words.next };
  return { ...file, state: 'refused', refusal };
}

export const withItem = (file: UploadFile, fingerprint: string, change: Partial<UploadItem>): UploadFile => ({
  ...file, items: file.items.map((item) => (item.certificate.details.fingerprintSha256 === fingerprint ? { ...item, ...change } : item)),
});

export const ready = (files: readonly UploadFile[]): readonly UploadItem[] => files.flatMap((file) => file.items.filter((item) => item.state === 'ready' || item.state === 'failed'));
export const added = (files: readonly UploadFile[]): readonly UploadItem[] => files.flatMap((file) => file.items.filter((item) => item.state === 'added'));
