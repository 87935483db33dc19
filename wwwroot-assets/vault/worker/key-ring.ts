// The keys of one vaultbox, opened with the vault key and held as non-extractable CryptoKeys.
import { VaultError, type VaultKeyInfo } from '../client/contract.ts';
import type { ApiCertificate, KeyPurpose } from '../core/api-types.ts';
import { verifyBinding } from '../core/binding.ts';
import { importRecipientKey, type RecipientKey } from '../core/cms/recipient-key.ts';
import { sha256Hex, type Bytes } from '../core/encoding.ts';
import type { HpkeRecipient } from '../core/hpke.ts';
import { fromPem } from '../core/pem.ts';
import { openPrivateKey } from '../core/vault-key.ts';
import { publicKeyBits } from '../core/x509.ts';
import type { Session } from './session.ts';

export interface OwnerKey { readonly fingerprint: string; readonly publicPem: string; readonly privatePem: string }

const rows = (items: readonly ApiCertificate[], type: 'public' | 'private', purpose: KeyPurpose): ApiCertificate[] =>
  items.filter((item) => item.certificateType === type && item.purpose === purpose);

/** DER of a public row, checked against its fingerprint. */
async function publicDer(row: ApiCertificate): Promise<Bytes> {
  const der = fromPem(row.purpose === 'mail' ? 'CERTIFICATE' : 'PUBLIC KEY', row.pem);
  if ((await sha256Hex(der)) !== row.fingerprintSha256) throw new VaultError('key_invalid', 'A stored certificate does not match its fingerprint.');
  return der;
}

/** Runs `load` for each pair of rows; a damaged row loses its own key, not the others. */
async function loadPairs<T>(
  items: readonly ApiCertificate[], purpose: KeyPurpose, load: (publicRow: ApiCertificate, privateRow: ApiCertificate) => Promise<T>,
): Promise<T[]> {
  const loaded = await Promise.all(rows(items, 'private', purpose).map(async (privateRow) => {
    const publicRow = rows(items, 'public', purpose).find((row) => row.fingerprintSha256 === privateRow.fingerprintSha256);
    if (publicRow === undefined) return null;
    try {
      return await load(publicRow, privateRow);
    } catch (error) {
      if (error instanceof VaultError || error instanceof DOMException) return null;
      throw error;
    }
  }));
  return loaded.filter((key) => key !== null) as T[];
}

export class KeyRing {
  private constructor(
    readonly mail: readonly RecipientKey[],
    readonly portal: readonly HpkeRecipient[],
    readonly certificates: readonly ApiCertificate[],
  ) {}

  static async load(session: Session, vaultboxId: string): Promise<KeyRing> {
    const vaultKey = session.vaultKey();
    const items = await fetchCertificates(session, vaultboxId);
    const [mail, portal] = await Promise.all([
      loadPairs(items, 'mail', (pub, priv) => loadMailKey(vaultKey, pub, priv)),
      loadPairs(items, 'portal', (pub, priv) => loadPortalKey(vaultKey, pub, priv)),
    ]);
    return new KeyRing(mail, portal, items);
  }
}

export async function fetchCertificates(session: Session, vaultboxId: string): Promise<readonly ApiCertificate[]> {
  return (await session.api.get<{ items: readonly ApiCertificate[] }>(`/vaultboxes/${encodeURIComponent(vaultboxId)}/certificates`)).items;
}

async function loadMailKey(vaultKey: CryptoKey, publicRow: ApiCertificate, privateRow: ApiCertificate): Promise<RecipientKey> {
  const certificate = await publicDer(publicRow);
  const pkcs8 = await openPrivateKey(vaultKey, 'mail', publicRow.fingerprintSha256, privateRow.pem);
  try {
    return await importRecipientKey(certificate, pkcs8);
  } finally {
    pkcs8.fill(0);
  }
}

async function loadPortalKey(vaultKey: CryptoKey, publicRow: ApiCertificate, privateRow: ApiCertificate): Promise<HpkeRecipient> {
  const publicKey = publicKeyBits(await publicDer(publicRow));
  const pkcs8 = await openPrivateKey(vaultKey, 'portal', publicRow.fingerprintSha256, privateRow.pem);
  try {
    return { privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']), publicKey };
  } finally {
    pkcs8.fill(0);
  }
}

/** The owner key rows among these, with which new certificates are bound. */
export function ownerRows(items: readonly ApiCertificate[]): OwnerKey | null {
  for (const privateRow of rows(items, 'private', 'owner')) {
    const publicRow = rows(items, 'public', 'owner').find((row) => row.fingerprintSha256 === privateRow.fingerprintSha256);
    if (publicRow !== undefined) return { fingerprint: publicRow.fingerprintSha256, publicPem: publicRow.pem, privatePem: privateRow.pem };
  }
  return null;
}

/** Opening the private row proves that the public one is this account's: its fingerprint is bound to it. */
async function trustedOwnerKeys(vaultKey: CryptoKey, items: readonly ApiCertificate[]): Promise<CryptoKey[]> {
  return loadPairs(items, 'owner', async (publicRow, privateRow) => {
    const spki = await publicDer(publicRow);
    (await openPrivateKey(vaultKey, 'owner', publicRow.fingerprintSha256, privateRow.pem)).fill(0);
    return crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  });
}

async function isBound(owners: readonly CryptoKey[], vaultboxId: string, row: ApiCertificate): Promise<boolean> {
  const { bindingSignature: signature, purpose, fingerprintSha256: fingerprint } = row;
  if (signature === null) return false;
  await publicDer(row);
  for (const owner of owners) if (await verifyBinding(owner, vaultboxId, purpose, fingerprint, signature)) return true;
  return false;
}

export async function describeKeys(session: Session, vaultboxId: string): Promise<VaultKeyInfo[]> {
  const items = await fetchCertificates(session, vaultboxId);
  const vaultKey = session.isUnlocked ? session.vaultKey() : null;
  const owners = vaultKey === null ? [] : await trustedOwnerKeys(vaultKey, items);
  return Promise.all(items.filter((row) => row.certificateType === 'public').map(async (row) => {
    const secret = items.find((other) => other.certificateType === 'private' && other.fingerprintSha256 === row.fingerprintSha256);
    const opens = vaultKey !== null && secret !== undefined
      && (await openPrivateKey(vaultKey, row.purpose as KeyPurpose, row.fingerprintSha256, secret.pem).then((k) => k.fill(0) !== null, () => false));
    return {
      id: row.id, purpose: row.purpose, fingerprint: row.fingerprintSha256, friendlyName: row.friendlyName, algorithm: row.algorithm,
      notAfter: row.notAfter, status: row.status, held: vaultKey === null ? null : opens,
      binding: await bindingOf(row, vaultKey !== null, opens, owners, vaultboxId),
    };
  }));
}

async function bindingOf(
  row: ApiCertificate, unlocked: boolean, opens: boolean, owners: readonly CryptoKey[], vaultboxId: string,
): Promise<VaultKeyInfo['binding']> {
  if (row.bindingKind === 'installation') return 'installation';
  if (!unlocked) return 'unchecked';
  if (row.purpose === 'owner') return opens ? 'owner' : 'invalid';
  return (await isBound(owners, vaultboxId, row).catch(() => false)) ? 'owner' : 'invalid';
}
