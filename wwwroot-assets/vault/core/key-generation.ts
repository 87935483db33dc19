// New keys of a vaultbox, as PKCS#8 and public parts. Extractable only until they are sealed under the vault key.
import type { GeneratedKeys, KeyGenerationProgress, KeyGenerationStep } from '../client/contract.ts';
import type { KeyPurpose } from './api-types.ts';
import { sha256Hex, type Bytes } from './encoding.ts';
import { toPem } from './pem.ts';
import { selfSignedCertificate } from './x509.ts';

export interface NewKey {
  readonly purpose: KeyPurpose;
  readonly publicPem: string;
  readonly fingerprint: string;
  /** Zeroed once sealed. */
  readonly pkcs8: Bytes;
}
export interface NewKeys { readonly mail: NewKey; readonly portal: NewKey; readonly owner: NewKey | null; readonly report: GeneratedKeys }

type Report = (progress: KeyGenerationProgress) => void;

export async function generateKeys(address: string, withOwner: boolean, report: Report): Promise<NewKeys> {
  const began = performance.now();
  const step = async <T>(name: KeyGenerationStep, work: () => Promise<T>): Promise<T> => {
    report({ step: name, done: false, ms: performance.now() - began });
    const result = await work();
    report({ step: name, done: true, ms: performance.now() - began });
    return result;
  };
  const rsa = await step('mail-key', newMailPair);
  const mail = await step('certificate', () => mailKey(rsa, address));
  const portal = await step('reading-key', async () => curveKey(
    'portal', await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])));
  const owner = withOwner ? await step('owner-key', newOwnerKey) : null;
  const fingerprints = { mail: mail.fingerprint, portal: portal.fingerprint, owner: owner?.fingerprint ?? null };
  return { mail, portal, owner, report: { fingerprints, certificatePem: mail.publicPem, ms: performance.now() - began } };
}

const newMailPair = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(
  { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 3072, publicExponent: Uint8Array.of(1, 0, 1) }, true, ['sign', 'verify']);

export const newMailKey = async (address: string): Promise<NewKey> => mailKey(await newMailPair(), address);

export const newOwnerKey = async (): Promise<NewKey> =>
  curveKey('owner', await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']));

const exportKey = async (format: 'pkcs8' | 'spki', key: CryptoKey): Promise<Bytes> => new Uint8Array(await crypto.subtle.exportKey(format, key));

async function mailKey(pair: CryptoKeyPair, address: string): Promise<NewKey> {
  const spki = await exportKey('spki', pair.publicKey);
  const certificate = await selfSignedCertificate({ address, signingKey: pair.privateKey, spki, now: new Date() });
  return { purpose: 'mail', publicPem: toPem('CERTIFICATE', certificate), fingerprint: await sha256Hex(certificate), pkcs8: await exportKey('pkcs8', pair.privateKey) };
}

async function curveKey(purpose: KeyPurpose, pair: CryptoKeyPair): Promise<NewKey> {
  const spki = await exportKey('spki', pair.publicKey);
  return { purpose, publicPem: toPem('PUBLIC KEY', spki), fingerprint: await sha256Hex(spki), pkcs8: await exportKey('pkcs8', pair.privateKey) };
}

export function wipeKeys(keys: NewKeys): void {
  for (const key of [keys.mail, keys.portal, keys.owner]) key?.pkcs8.fill(0);
}
