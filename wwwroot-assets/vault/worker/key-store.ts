// Making a vaultbox's keys, locking them under the vault key, handing them to the server, and exporting them.
import { VaultError, type KeyGenerationProgress, type GeneratedKeys, type Pkcs12Export, type StoredKeys } from '../client/contract.ts';
import type { ApiKeyItem, ApiStoreKeys, ApiVaultbox, KeyPurpose, Page } from '../core/api-types.ts';
import { signBinding } from '../core/binding.ts';
import { ownBuffer } from '../core/encoding.ts';
import { generateKeys, newOwnerKey, wipeKeys, type NewKey, type NewKeys } from '../core/key-generation.ts';
import { passphraseStrength } from '../core/passphrase.ts';
import { fromPem } from '../core/pem.ts';
import type { PasswordCipher } from '../core/key-files/pbe.ts';
import { generatePassword, writePkcs12 } from '../core/key-files/pkcs12-write.ts';
import { importVaultKey, openPrivateKey, sealPrivateKey } from '../core/vault-key.ts';
import { wrapVaultKey } from '../core/vault-key-wrap.ts';
import { fetchCertificates, ownerRows, type OwnerKey } from './key-ring.ts';
import type { Session } from './session.ts';
import type { UnlockWays } from './unlock-ways.ts';

interface Pending { readonly vaultboxId: string; readonly address: string; readonly keys: NewKeys }
interface AccountKey { readonly key: CryptoKey; readonly wraps: Pick<ApiStoreKeys, 'vaultKeyWrap' | 'recoveryKitWrap'> }
interface Owner { readonly row: OwnerKey; readonly signingKey: CryptoKey }

export class KeyStore {
  readonly #session: Session;
  readonly #ways: UnlockWays;
  #pending: Pending | null = null;

  constructor(session: Session, ways: UnlockWays) {
    this.#session = session;
    this.#ways = ways;
  }

  async generate(vaultboxId: string, address: string, report: (p: KeyGenerationProgress) => void): Promise<GeneratedKeys> {
    this.#dropPending();
    const keys = await generateKeys(address, !this.#session.hasVaultKey, report);
    this.#pending = { vaultboxId, address, keys };
    return keys.report;
  }

  async lockAndStore(vaultboxId: string, address: string, passphrase: string | null): Promise<StoredKeys> {
    const pending = this.#pending;
    if (pending?.vaultboxId !== vaultboxId || pending.address !== address) {
      throw new VaultError('keys_not_generated', 'The keys of this vaultbox are no longer here. Make them again.');
    }
    const { key, wraps } = await this.#vaultKey(passphrase);
    const isFirst = wraps.vaultKeyWrap !== null;
    const owner = await this.#owner(key, !isFirst, pending.keys.owner);
    const items = await this.#items(key, vaultboxId, pending.keys, owner);
    const body: ApiStoreKeys = { ...wraps, items };
    await this.#session.api.send('POST', `/vaultboxes/${encodeURIComponent(vaultboxId)}/keys`, body);
    if (!this.#session.isUnlocked || isFirst) await this.#session.unlock(key);
    this.#dropPending();
    this.#ways.forgetKit();
    const { mail, portal } = pending.keys;
    return { vaultboxId, fingerprints: { mail: mail.fingerprint, portal: portal.fingerprint, owner: owner.row.fingerprint } };
  }

  /** The account's vault key, or a new one with its two wraps when there is none. */
  async #vaultKey(passphrase: string | null): Promise<AccountKey> {
    const none = { vaultKeyWrap: null, recoveryKitWrap: null };
    if (this.#session.isUnlocked) return { key: this.#session.vaultKey(), wraps: none };
    if (passphrase === null) throw new VaultError('passphrase_required', 'Type your passphrase: the new keys are locked with it.');
    const hasKeys = (await this.#session.wraps()).length > 0;
    if (hasKeys) this.#ways.refuseLateFirstKit();
    if (hasKeys) return { key: await this.#session.unwrap({ passphrase }), wraps: none };
    const strength = passphraseStrength(passphrase);
    if (!strength.ok) throw new VaultError('passphrase_weak', strength.hint);
    const raw = crypto.getRandomValues(new Uint8Array(32));
    const recoveryKitWrap = await this.#ways.wrapFirst(raw);
    const vaultKeyWrap = await wrapVaultKey(raw, { passphrase });
    return { key: await importVaultKey(raw), wraps: { vaultKeyWrap, recoveryKitWrap } };
  }

  async #owner(vaultKey: CryptoKey, accountHasKeys: boolean, generated: NewKey | null): Promise<Owner> {
    const existing = accountHasKeys ? await this.#existingOwner() : null;
    if (existing !== null) {
      const pkcs8 = await openPrivateKey(vaultKey, 'owner', existing.fingerprint, existing.privatePem);
      return { row: existing, signingKey: await importSigningKey(pkcs8) };
    }
    const fresh = generated ?? (await newOwnerKey());
    const privatePem = await sealPrivateKey(vaultKey, 'owner', fresh.fingerprint, fresh.pkcs8);
    const row = { fingerprint: fresh.fingerprint, publicPem: fresh.publicPem, privatePem };
    // A copy, since importing wipes its bytes: when the portal refuses, the same keys are stored at the next try.
    return { row, signingKey: await importSigningKey(fresh.pkcs8.slice()) };
  }

  /** The owner key is per account; its rows stand in each vaultbox that has keys. */
  async #existingOwner(): Promise<OwnerKey | null> {
    let after: string | null = null;
    do {
      const page: Page<ApiVaultbox> = await this.#session.api.get('/vaultboxes', { limit: '200', after });
      for (const vaultbox of page.items.filter((v) => v.hasPortalKey)) {
        const owner = ownerRows(await fetchCertificates(this.#session, vaultbox.id));
        if (owner !== null) return owner;
      }
      after = page.next;
    } while (after !== null);
    return null;
  }

  async #items(vaultKey: CryptoKey, vaultboxId: string, keys: NewKeys, owner: Owner): Promise<ApiKeyItem[]> {
    const day = today();
    const item = async (key: NewKey, name: string): Promise<ApiKeyItem> => ({
      purpose: key.purpose,
      publicPem: key.publicPem,
      privatePem: await sealPrivateKey(vaultKey, key.purpose, key.fingerprint, key.pkcs8),
      binding: await signBinding(owner.signingKey, vaultboxId, key.purpose, key.fingerprint),
      friendlyName: `${name}, ${day}`,
    });
    const ownerItem: ApiKeyItem = { purpose: 'owner', publicPem: owner.row.publicPem, privatePem: owner.row.privatePem, binding: null, friendlyName: 'Owner key' };
    return [await item(keys.mail, 'Mail key'), await item(keys.portal, 'Reading key'), ownerItem];
  }

  async exportPkcs12(vaultboxId: string, passphrase: string, wanted: string | null, cipher: PasswordCipher): Promise<Pkcs12Export> {
    const vaultKey = await this.#session.unwrap({ passphrase });
    const { certificatePem, privatePem, fingerprint } = await this.#mailKey(vaultboxId, wanted);
    const password = generatePassword();
    const address = await this.#address(vaultboxId);
    const pkcs8 = await openPrivateKey(vaultKey, 'mail', fingerprint, privatePem);
    try {
      const bytes = await writePkcs12({ pkcs8, certificate: fromPem('CERTIFICATE', certificatePem), friendlyName: address, password, cipher });
      return { bytes: ownBuffer(bytes), fileName: `${fileStem(address)}.p12`, password };
    } finally {
      pkcs8.fill(0);
    }
  }

  async exportCertificatePem(vaultboxId: string): Promise<{ fileName: string; pem: string }> {
    const rows = (await fetchCertificates(this.#session, vaultboxId)).filter((row) => row.certificateType === 'public' && row.purpose === 'mail');
    const row = newest(rows);
    if (row === undefined) throw new VaultError('key_not_held', 'This vaultbox has no mail certificate yet.');
    return { fileName: `${fileStem(await this.#address(vaultboxId))}.pem`, pem: row.pem };
  }

  /** The one with this fingerprint, or the newest. */
  async #mailKey(vaultboxId: string, wanted: string | null): Promise<{ certificatePem: string; privatePem: string; fingerprint: string }> {
    const items = (await fetchCertificates(this.#session, vaultboxId)).filter((row) => row.purpose === ('mail' satisfies KeyPurpose));
    const secretOf = (fingerprint: string): string | undefined =>
      items.find((row) => row.certificateType === 'private' && row.fingerprintSha256 === fingerprint)?.pem;
    const held = items.filter((r) => r.certificateType === 'public' && secretOf(r.fingerprintSha256) !== undefined);
    const row = wanted === null ? newest(held) : held.find((r) => r.fingerprintSha256 === wanted);
    const privatePem = row && secretOf(row.fingerprintSha256);
    if (row === undefined || privatePem === undefined) throw new VaultError('key_not_held', 'This vaultbox has no mail key that was made here.');
    return { certificatePem: row.pem, privatePem, fingerprint: row.fingerprintSha256 };
  }

  async #address(vaultboxId: string): Promise<string> {
    return (await this.#session.api.get<ApiVaultbox>(`/vaultboxes/${encodeURIComponent(vaultboxId)}`)).address;
  }

  #dropPending(): void {
    if (this.#pending !== null) wipeKeys(this.#pending.keys);
    this.#pending = null;
  }
}

export async function importSigningKey(pkcs8: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  pkcs8.fill(0);
  return key;
}

const newest = <T extends { readonly notBefore: string | null }>(rows: readonly T[]): T | undefined =>
  [...rows].sort((a, b) => (b.notBefore ?? '').localeCompare(a.notBefore ?? ''))[0];

const fileStem = (address: string): string => address.replace(/[^A-Za-z0-9@._-]+/g, '_');

/** As pages write a day; part of the name of a key that its owner gave none. */
export const today = (): string => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(new Date());
