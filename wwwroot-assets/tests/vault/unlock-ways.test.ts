import 'fake-indexeddb/auto';
import { JSDOM } from 'jsdom';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { WorkerVaultClient } from '../../vault/client/vault-client.ts';
import { newKitWords } from '../../vault/core/recovery-kit.ts';
import { checkedKit } from './checked-kit.ts';
import { InProcessWorker } from './in-process-worker.ts';
import { antiforgery, FakePortal } from './portal.ts';
import { sharePairs } from './share-pairs.ts';

const passphrase = ['otter', 'lantern', 'gravel', 'sonnet', 'mango', 'drift'].join(' ');
const another = ['velvet', 'timber', 'orbit', 'salad', 'wagon', 'cousin'].join(' ');

let portal: FakePortal;
let account: string;
let client: WorkerVaultClient;
let kit: string;
const clients: WorkerVaultClient[] = [];

/** A browser of its own: nothing kept, only what the portal stores. */
async function newBrowser(): Promise<WorkerVaultClient> {
  sessionStorage.clear();
  const made = new WorkerVaultClient(() => new InProcessWorker());
  clients.push(made);
  await made.init({ antiforgery, accountId: account });
  return made;
}

beforeAll(() => {
  const { window } = new JSDOM('', { url: 'https://portal.example/mail' });
  for (const name of ['window', 'sessionStorage', 'localStorage', 'location'] as const) vi.stubGlobal(name, window[name]);
});
beforeAll(sharePairs);
beforeEach(async () => {
  portal = new FakePortal();
  vi.stubGlobal('fetch', portal.fetch);
  account = crypto.randomUUID();
  client = await newBrowser();
  const box = portal.addBox('ines@ipv.sx');
  await client.generateKeys({ vaultboxId: box, address: 'ines@ipv.sx' });
  kit = await checkedKit(client);
  await client.lockAndStoreKeys({ vaultboxId: box, address: 'ines@ipv.sx', passphrase });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((one) => one.signOut()));
  portal.workshop.end();
});
afterAll(() => vi.unstubAllGlobals());

describe('first keys', () => {
  test('LockAndStore_KitNotChecked_RefusedUnsent', async () => {
    portal = new FakePortal();
    vi.stubGlobal('fetch', portal.fetch);
    const fresh = await newBrowser();
    const box = portal.addBox('new@ipv.sx');
    const store = (): Promise<unknown> => fresh.lockAndStoreKeys({ vaultboxId: box, address: 'new@ipv.sx', passphrase });
    await fresh.generateKeys({ vaultboxId: box, address: 'new@ipv.sx' });
    await expect(store()).rejects.toMatchObject({ code: 'kit_gone' });
    await fresh.makeRecoveryKit();
    await expect(store()).rejects.toMatchObject({ code: 'kit_unchecked' });
    expect(portal.bodies).toEqual([]);
  });
});

describe('first keys in two windows', () => {
  test('LockAndStore_KeysWereMadeElsewhereMeanwhile_SaysThatTheShownKitIsVoid', async () => {
    portal = new FakePortal();
    vi.stubGlobal('fetch', portal.fetch);
    const [slow, quick] = [await newBrowser(), await newBrowser()];
    const box = portal.addBox('new@ipv.sx');
    for (const window of [slow, quick]) await window.generateKeys({ vaultboxId: box, address: 'new@ipv.sx' });
    const shown = await checkedKit(slow);
    await checkedKit(quick);
    await quick.lockAndStoreKeys({ vaultboxId: box, address: 'new@ipv.sx', passphrase });
    const sent = portal.bodies.length;

    await expect(slow.lockAndStoreKeys({ vaultboxId: box, address: 'new@ipv.sx', passphrase })).rejects.toMatchObject({ code: 'kit_void', message: expect.stringContaining('destroy your copy') });

    expect(portal.bodies).toHaveLength(sent);
    await expect((await newBrowser()).unlockWithKit(shown)).rejects.toMatchObject({ code: 'kit_wrong' });
    // Told once; the words are forgotten, and the same vault key is used from then on.
    await expect(slow.checkRecoveryKit([])).rejects.toMatchObject({ code: 'kit_gone' });
    await slow.lockAndStoreKeys({ vaultboxId: box, address: 'new@ipv.sx', passphrase });
    expect(portal.wraps.map((wrap) => wrap.method)).toEqual(['passphrase', 'recovery_kit']);
  });
});

describe('an answer that is lost', () => {
  /** The portal stores, and its answer does not arrive. */
  function losing(times: number, reaches = true): void {
    const open = portal.fetch;
    let left = times;
    vi.stubGlobal('fetch', async (input: string | URL | Request, init: RequestInit = {}) => {
      if (init.method !== 'PUT' || left === 0) return open(input, init);
      left -= 1;
      if (reaches) await open(input, init);
      throw new TypeError('Failed to fetch');
    });
  }

  test('ChangePassphrase_StoredButUnanswered_IsDone', async () => {
    losing(1);
    await client.changePassphrase({ current: { passphrase }, next: another });
    await expect((await newBrowser()).unlock(another)).resolves.toMatchObject({ name: 'unlocked' });
  });

  test('ConfirmKit_StoredButUnanswered_IsDoneAndItsWordsForgotten', async () => {
    const fresh = await checkedKit(client, { passphrase });
    losing(1);
    await client.confirmRecoveryKit();
    await expect(client.confirmRecoveryKit()).rejects.toMatchObject({ code: 'kit_gone' });
    await expect((await newBrowser()).unlockWithKit(fresh)).resolves.toMatchObject({ name: 'unlocked' });
  });

  test('ConfirmKit_NotStored_SaysSoAndCanBeTriedAgainWithTheSameWords', async () => {
    const fresh = await checkedKit(client, { passphrase });
    losing(1, false);
    await expect(client.confirmRecoveryKit()).rejects.toMatchObject({ code: 'network' });
    await expect((await newBrowser()).unlockWithKit(kit)).resolves.toMatchObject({ name: 'unlocked' });
    await client.confirmRecoveryKit();
    await expect((await newBrowser()).unlockWithKit(fresh)).resolves.toMatchObject({ name: 'unlocked' });
  });

  test('ChangePassphrase_PortalAwayAltogether_SaysSoAndTheOldOneHolds', async () => {
    const open = portal.fetch;
    vi.stubGlobal('fetch', async (input: string | URL | Request, init: RequestInit = {}) => {
      if (init.method === 'PUT') portal.online = false;
      return open(input, init);
    });
    await expect(client.changePassphrase({ current: { passphrase }, next: another })).rejects.toMatchObject({ code: 'network' });
    portal.online = true;
    await expect((await newBrowser()).unlock(passphrase)).resolves.toMatchObject({ name: 'unlocked' });
  });
});

describe('unlocking by the kit', () => {
  test('UnlockWithKit_AnotherBrowser_Unlocks', async () => {
    const second = await newBrowser();
    expect(second.state().name).toBe('locked');
    expect((await second.unlockWithKit(kit.toUpperCase())).name).toBe('unlocked');
  });

  test('UnlockWithKit_AnotherKitOrNoKit_StaysLocked', async () => {
    const second = await newBrowser();
    await expect(second.unlockWithKit(newKitWords().join(' '))).rejects.toMatchObject({ code: 'kit_wrong' });
    await expect(second.unlockWithKit('copper ladder')).rejects.toMatchObject({ code: 'kit_malformed' });
    portal.wraps = portal.wraps.filter((wrap) => wrap.method === 'passphrase');
    await expect(second.unlockWithKit(kit)).rejects.toMatchObject({ code: 'way_missing' });
    expect(second.state().name).toBe('locked');
  });

  test('TryKit_RightWords_LeavesTheVaultLocked', async () => {
    const second = await newBrowser();
    await second.tryKit(kit);
    expect(second.state().name).toBe('locked');
    await expect(second.tryKit(newKitWords().join(' '))).rejects.toMatchObject({ code: 'kit_wrong' });
  });
});

describe('a new passphrase', () => {
  test('ChangePassphrase_ByKitInAnotherBrowser_OldOneEndsKitStays', async () => {
    const second = await newBrowser();
    expect((await second.changePassphrase({ current: { words: kit }, next: another })).name).toBe('unlocked');
    await client.lock();
    await expect(client.unlock(passphrase)).rejects.toMatchObject({ code: 'passphrase_wrong' });
    expect((await client.unlock(another)).name).toBe('unlocked');
    await second.lock();
    expect((await second.unlockWithKit(kit)).name).toBe('unlocked');
    expect(portal.bodies.join()).not.toContain(another);
  });

  test('ChangePassphrase_WrongCurrentOrWeakNext_NothingSent', async () => {
    const sent = portal.bodies.length;
    await expect(client.changePassphrase({ current: { passphrase: another }, next: another })).rejects.toMatchObject({ code: 'passphrase_wrong' });
    await expect(client.changePassphrase({ current: { passphrase }, next: 'password1234' })).rejects.toMatchObject({ code: 'passphrase_weak' });
    expect(portal.bodies).toHaveLength(sent);
  });

  test('ChangePassphrase_ChangedElsewhereMeanwhile_Refused', async () => {
    const wraps = [...portal.wraps];
    const open = portal.fetch;
    vi.stubGlobal('fetch', async (input: string | URL | Request, init: RequestInit = {}) => {
      const answer = await open(input, init);
      // Right after this browser has read the wraps another one stores its own.
      if (init.method === undefined && String(input).endsWith('/vault-key')) portal.wraps = wraps.map((wrap) => ({ ...wrap, createdAt: '2026-11-23T00:00:00.000Z' }));
      return answer;
    });
    await expect(client.changePassphrase({ current: { passphrase }, next: another })).rejects.toMatchObject({ code: 'wrap_changed' });
  });
});

describe('a new kit', () => {
  test('ConfirmKit_AfterTheCheck_OldWordsEnd', async () => {
    const before = (await client.unlockMethods()).map((way) => way.method);
    const fresh = await checkedKit(client, { passphrase });
    await client.confirmRecoveryKit();
    expect(before).toEqual(['passphrase', 'recovery_kit']);
    const second = await newBrowser();
    await expect(second.unlockWithKit(kit)).rejects.toMatchObject({ code: 'kit_wrong' });
    expect((await second.unlockWithKit(fresh)).name).toBe('unlocked');
  });

  test('MakeKit_WrongOrNoPassphrase_Refused', async () => {
    await expect(client.makeRecoveryKit({ passphrase: another })).rejects.toMatchObject({ code: 'passphrase_wrong' });
    await expect(client.makeRecoveryKit()).rejects.toMatchObject({ code: 'passphrase_required' });
  });

  test('ConfirmKit_UncheckedOrWronglyAnswered_NothingSent', async () => {
    const sent = portal.bodies.length;
    const words = await client.makeRecoveryKit({ passphrase });
    await expect(client.confirmRecoveryKit()).rejects.toMatchObject({ code: 'kit_unchecked' });
    const [first = 0, second = 0, third = 0] = await client.askRecoveryKit();
    expect(new Set([first, second, third]).size).toBe(3);
    const right = (position: number): { position: number; word: string } => ({ position, word: words[position - 1] ?? '' });
    expect(await client.checkRecoveryKit([right(first), { position: second, word: 'xyz' }])).toEqual([second, third]);
    await expect(client.confirmRecoveryKit()).rejects.toMatchObject({ code: 'kit_unchecked' });
    await client.forgetRecoveryKit();
    await expect(client.checkRecoveryKit([right(first)])).rejects.toMatchObject({ code: 'kit_gone' });
    expect(portal.bodies).toHaveLength(sent);
  });

  test('ConfirmKit_RefusedForAnOldProof_StoredAtTheNextTry', async () => {
    const fresh = await checkedKit(client, { passphrase });
    portal.stale = true;
    await expect(client.confirmRecoveryKit()).rejects.toMatchObject({ code: 'step_up_required' });
    portal.stale = false;
    await client.confirmRecoveryKit();
    await expect((await newBrowser()).unlockWithKit(fresh)).resolves.toMatchObject({ name: 'unlocked' });
  });
});
