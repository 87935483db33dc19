// Another mail key for a vaultbox that has keys made here, be it made now or brought along: its reading key and owner key stay, and the owner key signs the new one.
import { VaultError, type AddedMailKey } from '../client/contract.ts';
import type { ApiCertificate, ApiKeyItem } from '../core/api-types.ts';
import { signBinding } from '../core/binding.ts';
import { readOwnKey } from '../core/key-files/own-key.ts';
import { newMailKey, type NewKey } from '../core/key-generation.ts';
import { toPem } from '../core/pem.ts';
import { openPrivateKey, sealPrivateKey } from '../core/vault-key.ts';
import { fetchCertificates, ownerRows } from './key-ring.ts';
import { importSigningKey, today } from './key-store.ts';
import type { Session } from './session.ts';

export const addMailKey = (session: Session, vaultboxId: string, address: string, name: string): Promise<AddedMailKey> =>
  store(session, vaultboxId, name, () => newMailKey(address));

/** The private key leaves these files only locked by the vault key. */
export const importMailKey = (session: Session, vaultboxId: string, files: readonly ArrayBuffer[], password: string, name: string): Promise<AddedMailKey> =>
  store(session, vaultboxId, name, async () => {
    const views = files.map((file) => new Uint8Array(file));
    try {
      const { certificate, fingerprint, pkcs8 } = await readOwnKey(views, password);
      return { purpose: 'mail', publicPem: toPem('CERTIFICATE', certificate), fingerprint, pkcs8 };
    } finally {
      for (const view of views) view.fill(0);
    }
  });

async function store(session: Session, vaultboxId: string, name: string, make: () => Promise<NewKey>): Promise<AddedMailKey> {
  const vaultKey = session.vaultKey();
  const began = performance.now();
  const owner = ownerRows(await fetchCertificates(session, vaultboxId));
  if (owner === null) throw new VaultError('owner_key_missing', 'This vaultbox has no keys made in a browser yet. Make all of them first.');
  const signingKey = await importSigningKey(await openPrivateKey(vaultKey, 'owner', owner.fingerprint, owner.privatePem));
  const key = await make();
  try {
    const item: ApiKeyItem = {
      purpose: 'mail',
      publicPem: key.publicPem,
      privatePem: await sealPrivateKey(vaultKey, 'mail', key.fingerprint, key.pkcs8),
      binding: await signBinding(signingKey, vaultboxId, 'mail', key.fingerprint),
      friendlyName: name.trim() === '' ? `Mail key, ${today()}` : name.trim(),
    };
    const { status } = await session.api.send<Pick<ApiCertificate, 'status'>>('POST', `/vaultboxes/${encodeURIComponent(vaultboxId)}/keys/mail`, item);
    return { fingerprint: key.fingerprint, certificatePem: key.publicPem, isActive: status !== 'retired', ms: performance.now() - began };
  } finally {
    key.pkcs8.fill(0);
  }
}
