// Over 300 lines: one portal in memory and one worker serve every journey below, and splitting would start them again for each file.
import 'fake-indexeddb/auto';
import { JSDOM } from 'jsdom';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { VaultEvent } from '../../vault/client/contract.ts';
import { WorkerVaultClient } from '../../vault/client/vault-client.ts';
import { base64Decode, base64Encode, fromUtf8 } from '../../vault/core/encoding.ts';
import { checkedKit } from './checked-kit.ts';
import { InProcessWorker } from './in-process-worker.ts';
import { flipped } from './outcomes.ts';
import { antiforgery, FakePortal } from './portal.ts';
import { sharePairs } from './share-pairs.ts';

const words = ['otter', 'lantern', 'gravel', 'sonnet', 'mango', 'drift'].join(' ');
const original = 'From: Ada <ada@example.org>\r\nSubject: =?utf-8?B?R3LDvMOfZQ==?=\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hello <script>x()</script><img src="https://track.example/p.png"></p>\r\n';
const inner = `Received: from a by b;\r\n Sun, 22 Nov 2026 13:00:00 +0000\r\nAuthentication-Results: portal.example; dkim=pass header.d=example.org\r\nHP-Outer: From: ada@example.org\r\nHP-Outer: Subject: [...]\r\n${original.replace('utf-8\r\n\r\n', 'utf-8\r\n ; hp="cipher"\r\n\r\n')}`;

let portal: FakePortal;
let box: string;
let client: WorkerVaultClient;
const clients: WorkerVaultClient[] = [];

function newClient(): WorkerVaultClient {
  const made = new WorkerVaultClient(() => new InProcessWorker());
  clients.push(made);
  return made;
}
let account: string;
const start = (one: WorkerVaultClient, accountId = account): Promise<unknown> => one.init({ antiforgery, accountId });

async function makeKeys(one: WorkerVaultClient, vaultboxId: string, passphrase?: string): Promise<void> {
  const address = portal.boxes.get(vaultboxId)?.address ?? '';
  await one.generateKeys({ vaultboxId, address });
  if (one.state().name === 'none') await checkedKit(one);
  await one.lockAndStoreKeys({ vaultboxId, address, ...(passphrase === undefined ? {} : { passphrase }) });
}

beforeAll(() => {
  // Only what the client touches of a page: a whole jsdom environment brings ArrayBuffers of another realm, which WebCrypto refuses.
  const { window } = new JSDOM('', { url: 'https://portal.example/mail' });
  for (const name of ['window', 'sessionStorage', 'localStorage', 'location'] as const) vi.stubGlobal(name, window[name]);
});
beforeAll(sharePairs);

beforeEach(async () => {
  portal = new FakePortal();
  vi.stubGlobal('fetch', portal.fetch);
  box = portal.addBox('ines@ipv.sx');
  client = newClient();
  account = crypto.randomUUID();
  await start(client);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((one) => one.signOut()));
  sessionStorage.clear();
  localStorage.clear();
  portal.workshop.end();
});
afterAll(() => vi.unstubAllGlobals());

describe('keys', () => {
  test('LockAndStore_FirstVaultbox_OnlyEncryptedPartsLeave', async () => {
    expect(client.state().name).toBe('none');
    const steps: string[] = [];
    const generated = await client.generateKeys({ vaultboxId: box, address: 'ines@ipv.sx' }, (p) => steps.push(p.step));
    expect(steps).toContain('owner-key');
    const kit = await checkedKit(client);
    expect(portal.bodies).toEqual([]);
    const stored = await client.lockAndStoreKeys({ vaultboxId: box, address: 'ines@ipv.sx', passphrase: words });
    expect(stored.fingerprints).toEqual(generated.fingerprints);
    expect(client.state()).toMatchObject({ name: 'unlocked' });
    const sent = portal.bodies.join();
    expect(sent).toContain('ENCRYPTED VAULTBOX KEY');
    expect(sent).not.toMatch(/BEGIN (RSA |EC )?PRIVATE KEY/);
    for (const secret of [...words.split(' '), kit]) expect(sent).not.toContain(secret);
    expect(portal.wraps.map((wrap) => wrap.method)).toEqual(['passphrase', 'recovery_kit']);
    expect((await client.listKeys(box)).map((k) => [k.purpose, k.held, k.binding])).toEqual([['mail', true, 'owner'], ['portal', true, 'owner'], ['owner', true, 'owner']]);
  });

  test('LockAndStore_SecondVaultbox_SameOwnerAndVaultKey', async () => {
    await makeKeys(client, box, words);
    const second = portal.addBox('other@ipv.sx');
    await makeKeys(client, second);
    expect(portal.wraps).toHaveLength(2);
    const owner = (id: string): string | undefined => portal.boxes.get(id)?.certificates.find((c) => c.purpose === 'owner')?.fingerprintSha256;
    expect(owner(second)).toBe(owner(box));
    await client.lock();
    const third = portal.addBox('third@ipv.sx');
    await client.generateKeys({ vaultboxId: third, address: 'third@ipv.sx' });
    await expect(client.lockAndStoreKeys({ vaultboxId: third, address: 'third@ipv.sx' })).rejects.toMatchObject({ code: 'passphrase_required' });
    await expect(client.lockAndStoreKeys({ vaultboxId: third, address: 'third@ipv.sx', passphrase: 'not this one at all' })).rejects.toMatchObject({ code: 'passphrase_wrong' });
    await client.lockAndStoreKeys({ vaultboxId: third, address: 'third@ipv.sx', passphrase: words });
    expect(owner(third)).toBe(owner(box));
    expect(client.state().name).toBe('unlocked');
  });

  test('LockAndStore_RefusedForAnOldProof_StoresTheSameKeysAtTheNextTry', async () => {
    portal.stale = true;
    const address = portal.boxes.get(box)?.address ?? '';
    const made = await client.generateKeys({ vaultboxId: box, address });
    await checkedKit(client);
    await expect(client.lockAndStoreKeys({ vaultboxId: box, address, passphrase: words })).rejects.toMatchObject({ code: 'step_up_required' });
    portal.stale = false;
    const stored = await client.lockAndStoreKeys({ vaultboxId: box, address, passphrase: words });
    expect(stored.fingerprints.mail).toBe(made.fingerprints.mail);
    // The owner key that was kept is whole: it binds the keys of a second vaultbox.
    const second = portal.addBox('second@ipv.sx');
    await makeKeys(client, second);
    expect((await client.listKeys(second)).map((key) => key.binding)).not.toContain('invalid');
  });

  test('LockAndStore_WeakPassphraseOrNoKeys_RefusedUnsent', async () => {
    await expect(client.lockAndStoreKeys({ vaultboxId: box, address: 'ines@ipv.sx', passphrase: words })).rejects.toMatchObject({ code: 'keys_not_generated' });
    await client.generateKeys({ vaultboxId: box, address: 'ines@ipv.sx' });
    await expect(client.lockAndStoreKeys({ vaultboxId: box, address: 'ines@ipv.sx', passphrase: 'password1234' })).rejects.toMatchObject({ code: 'passphrase_weak' });
    expect(portal.bodies).toEqual([]);
  });

  test('ListKeys_CertificateSwappedInTheDatabase_BindingInvalid', async () => {
    await makeKeys(client, box, words);
    const other = portal.addBox('other@ipv.sx');
    await makeKeys(client, other);
    const mine = portal.boxes.get(box);
    const theirs = portal.boxes.get(other)?.certificates.find((c) => c.purpose === 'mail' && c.certificateType === 'public');
    if (mine === undefined || theirs === undefined) throw new Error('no rows');
    mine.certificates = mine.certificates.map((c) => (c.purpose === 'mail' && c.certificateType === 'public' ? theirs : c));
    expect((await client.listKeys(box)).find((k) => k.purpose === 'mail')?.binding).toBe('invalid');
  });

  test('AddMailKey_BesideTheFirst_BoundByTheSameOwnerAndOnlyLockedPartsLeave', async () => {
    await makeKeys(client, box, words);
    const added = await client.addMailKey({ vaultboxId: box, address: 'ines@ipv.sx', name: ' Laptop ' });
    const keys = await client.listKeys(box);
    expect(keys.filter((key) => key.purpose === 'mail').map((key) => [key.binding, key.held])).toEqual([['owner', true], ['owner', true]]);
    expect(keys.find((key) => key.fingerprint === added.fingerprint)?.friendlyName).toBe('Laptop');
    const sent = JSON.parse(portal.bodies.at(-1) ?? '{}') as { purpose: string; privatePem: string };
    expect(sent.purpose).toBe('mail');
    expect(sent.privatePem).toContain('ENCRYPTED VAULTBOX KEY');
    expect(sent.privatePem).not.toContain('PRIVATE KEY-----');
    // The newest mail opens with it, and so do exports that name it.
    const id = await portal.deliver(box, inner, 'x');
    expect((await client.openMessage(box, id)).keyFingerprint).toBe(added.fingerprint);
    const file = await client.exportPkcs12({ vaultboxId: box, passphrase: words, fingerprint: added.fingerprint });
    portal.workshop.write('second.p12', new Uint8Array(file.bytes));
    portal.workshop.openssl('pkcs12', '-in', 'second.p12', '-passin', `pass:${file.password}`, '-nokeys', '-out', 'second.pem');
    expect(portal.workshop.openssl('x509', '-in', 'second.pem', '-noout', '-fingerprint', '-sha256').replaceAll(':', '').toLowerCase()).toContain(added.fingerprint);
  });

  test('AddMailKey_LockedOrNoOwnerKey_RefusedUnsent', async () => {
    await makeKeys(client, box, words);
    const bare = portal.addBox('bare@ipv.sx');
    await expect(client.addMailKey({ vaultboxId: bare, address: 'bare@ipv.sx', name: '' })).rejects.toMatchObject({ code: 'owner_key_missing' });
    await client.lock();
    const before = portal.bodies.length;
    await expect(client.addMailKey({ vaultboxId: box, address: 'ines@ipv.sx', name: '' })).rejects.toMatchObject({ code: 'locked' });
    expect(portal.bodies).toHaveLength(before);
  });

  test('OpenKeyNote_SealedToTheKey_TellsTheCode', async () => {
    await makeKeys(client, box, words);
    const row = portal.boxes.get(box)?.certificates.find((c) => c.purpose === 'mail' && c.certificateType === 'public');
    const code = 'A'.repeat(43);
    portal.workshop.write('to.pem', row?.pem ?? '');
    portal.workshop.write('note.txt', `Content-Type: text/plain; charset=us-ascii\r\n\r\nYour key opened this note. The code that proves it:\r\n\r\n${code}\r\n`);
    const note = base64Encode(portal.workshop.seal('note.txt', 'note.der', ['to']));
    portal.workshop.write('mail.txt', `Subject: Your code\r\n\r\n${code}\r\n`);
    const mail = base64Encode(portal.workshop.seal('mail.txt', 'mail.der', ['to']));
    expect(await client.openKeyNote({ vaultboxId: box, certificateId: row?.id ?? '', note })).toBe(code);
    // A mail that ends as a note does is none.
    await expect(client.openKeyNote({ vaultboxId: box, certificateId: row?.id ?? '', note: mail })).rejects.toMatchObject({ code: 'cms_malformed' });
    await expect(client.openKeyNote({ vaultboxId: box, certificateId: crypto.randomUUID(), note })).rejects.toMatchObject({ code: 'key_not_held' });
  });

  test('ExportPkcs12_PassphraseCheckedAnew_OpensslOpensMail', async () => {
    await makeKeys(client, box, words);
    await portal.deliver(box, inner, 'x');
    await expect(client.exportPkcs12({ vaultboxId: box, passphrase: 'not this one at all' })).rejects.toMatchObject({ code: 'passphrase_wrong' });
    const file = await client.exportPkcs12({ vaultboxId: box, passphrase: words });
    expect(file.fileName).toBe('ines@ipv.sx.p12');
    portal.workshop.write('key.p12', new Uint8Array(file.bytes));
    portal.workshop.openssl('pkcs12', '-in', 'key.p12', '-passin', `pass:${file.password}`, '-nodes', '-out', 'key.pem');
    portal.workshop.write('mail.der', portal.messages[0]?.der ?? '');
    portal.workshop.openssl('cms', '-decrypt', '-binary', '-inform', 'DER', '-in', 'mail.der', '-inkey', 'key.pem', '-out', 'opened.eml');
    expect(fromUtf8(portal.workshop.read('opened.eml'))).toBe(inner);
    expect((await client.exportCertificatePem(box)).pem).toContain('BEGIN CERTIFICATE');
  });
});

describe('unlocking and locking', () => {
  test('Unlock_WrongThenRight_StateAndEvents', async () => {
    await makeKeys(client, box, words);
    const events: VaultEvent[] = [];
    client.subscribe((e) => events.push(e));
    await client.lock();
    expect(client.state().name).toBe('locked');
    await expect(client.unlock(`${words}x`)).rejects.toMatchObject({ code: 'passphrase_wrong' });
    expect((await client.unlock(words)).name).toBe('unlocked');
    expect(events.filter((e) => e.kind === 'state').map((e) => [e.state.name, e.reason])).toEqual([['locked', 'user'], ['unlocked', null]]);
  });

  test('Lock_WhileReading_WorkerEndsAndNothingOpens', async () => {
    await makeKeys(client, box, words);
    const id = await portal.deliver(box, inner, 'x');
    const workers = InProcessWorker.started;
    const opening = client.openMessage(box, id);
    const refused = expect(opening).rejects.toMatchObject({ code: expect.stringMatching(/^(cancelled|locked)$/) as unknown });
    await client.lock();
    await refused;
    expect(InProcessWorker.started).toBe(workers + 1);
    await expect(client.openMessage(box, id)).rejects.toMatchObject({ code: 'locked' });
    await expect(client.listSummaries(box)).rejects.toMatchObject({ code: 'locked' });
  });

  test('Init_SameTabLoadedAgain_StaysUnlockedUntilLockOrOtherAccount', async () => {
    await makeKeys(client, box, words);
    const again = newClient();
    await start(again);
    expect(again.state().name).toBe('unlocked');
    const stranger = newClient();
    await start(stranger, crypto.randomUUID());
    expect(stranger.state().name).toBe('locked');
    await client.lock();
    const after = newClient();
    await start(after);
    expect(after.state().name).toBe('locked');
  });

  test('Init_AnotherTab_HasNoKey', async () => {
    await makeKeys(client, box, words);
    const marker = sessionStorage.getItem('vaultbox.kept');
    sessionStorage.clear();
    const other = newClient();
    await start(other);
    expect(other.state().name).toBe('locked');
    expect(marker).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('Idle_TimeOver_LocksWithoutTheTimerToo', async () => {
    await makeKeys(client, box, words);
    const events: VaultEvent[] = [];
    client.subscribe((e) => events.push(e));
    const now = Date.now();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now + 16 * 60_000);
    await expect(client.listSummaries(box)).rejects.toMatchObject({ code: 'locked' });
    expect(client.state().name).toBe('locked');
    expect(events.at(-1)).toMatchObject({ kind: 'state', reason: 'idle' });
    const again = newClient();
    await start(again);
    expect(again.state().name).toBe('locked');
    clock.mockRestore();
  });

  test('Lock_ServerUnreachable_LockedAllTheSameAndUnlocksLater', async () => {
    await makeKeys(client, box, words);
    portal.online = false;
    await client.lock();
    expect(client.state().name).toBe('locked');
    await expect(client.unlock(words)).rejects.toMatchObject({ code: 'network' });
    portal.online = true;
    expect((await client.unlock(words)).name).toBe('unlocked');
  });
});

describe('the list', () => {
  test('List_AlteredAndMissingRows_ShownAsSuchAmongOpenedOnes', async () => {
    await makeKeys(client, box, words);
    for (const subject of ['first', 'second', 'third']) await portal.deliver(box, inner, subject);
    const [newest, middle] = portal.messages;
    if (newest === undefined || middle === undefined) throw new Error('no messages');
    const bytes = base64Decode(newest.summary ?? '');
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    newest.summary = base64Encode(bytes);
    middle.summary = null;
    const page = await client.listSummaries(box, { limit: 10 });
    expect(page.items.map((r) => (r.opened ? r.subject : r.reason))).toEqual(['summary_unopened', 'no_summary', 'first']);
    expect(page.items[2]).toMatchObject({ opened: true, from: [{ name: 'Ada', address: 'ada@example.org' }], text: 'snippet', uid: 3 });
    const first = await client.listSummaries(box, { limit: 2 });
    const second = await client.listSummaries(box, { limit: 2, after: first.next });
    expect([...first.items, ...second.items].map((r) => r.id)).toEqual(page.items.map((r) => r.id));
  });

  test('List_SummaryExchangedWithinTheVaultbox_DoesNotOpen', async () => {
    await makeKeys(client, box, words);
    await portal.deliver(box, inner, 'first');
    await portal.deliver(box, inner, 'second');
    const [a, b] = portal.messages;
    if (a === undefined || b === undefined) throw new Error('no messages');
    [a.summary, b.summary] = [b.summary, a.summary];
    expect((await client.listSummaries(box)).items.map((r) => r.opened)).toEqual([false, false]);
  });
});

describe('a message', () => {
  test('Open_Verified_SanitisedHtmlAndFacts', async () => {
    await makeKeys(client, box, words);
    const id = await portal.deliver(box, inner, 'x');
    await client.listSummaries(box);
    const message = await client.openMessage(box, id);
    expect(message.receipt).toMatchObject({ verdict: 'verified', receivedAt: '2026-11-22T13:00:00.123Z' });
    expect(message.headers).toMatchObject({ subject: 'Grüße', from: [{ name: 'Ada', address: 'ada@example.org' }] });
    expect(message.html).toContain('data-vb-src="https://track.example/p.png"');
    expect(message.html).not.toContain('script');
    expect(message.remoteImages).toBe(1);
    expect(message.text).toBe('Hello');
    expect(message.authResults).toEqual([{ method: 'dkim', result: 'pass', properties: { 'header.d': 'example.org' } }]);
    expect(message.addedLines.outerFields).toEqual([{ name: 'From', value: 'ada@example.org' }, { name: 'Subject', value: '[...]' }]);
    const source = await client.source(id);
    expect(fromUtf8(new Uint8Array(source.original ?? new ArrayBuffer(0)))).toBe(original);
    await client.setFlags(id, ['\\Seen']);
    expect(portal.messages[0]?.flags).toEqual(['\\Seen']);
  });

  test('Open_SealedWithAuthentication_VerifiedAndItsCipherNamed', async () => {
    await makeKeys(client, box, words);
    const id = await portal.deliver(box, inner, 'x', 'AES-256-GCM');
    const message = await client.openMessage(box, id);
    expect(message.receipt.verdict).toBe('verified');
    expect(message.cipher).toBe('AES-256-GCM');
    expect(message.headers.subject).toBe('Gr\u00fc\u00dfe');
  });

  test('Open_ReceiptMissingOrOfAnotherMessage_TextOnly', async () => {
    await makeKeys(client, box, words);
    const id = await portal.deliver(box, inner, 'x');
    const other = await portal.deliver(box, inner, 'y');
    const [newer, older] = portal.messages;
    if (newer === undefined || older === undefined) throw new Error('no messages');
    older.receipt = newer.receipt;
    newer.receipt = null;
    await expect(client.openMessage(box, id)).rejects.toMatchObject({ code: 'receipt_invalid', message: expect.stringContaining('another message') as unknown });
    const swapped = await client.openMessage(box, id, { despiteReceipt: true });
    await expect(client.openMessage(box, other)).rejects.toMatchObject({ code: 'receipt_missing' });
    const missing = await client.openMessage(box, other, { despiteReceipt: true });
    expect([swapped.receipt.verdict, missing.receipt.verdict]).toEqual(['invalid', 'missing']);
    for (const message of [swapped, missing]) expect(message).toMatchObject({ html: null, text: 'Hello', attachments: [], inlineImages: [], authResults: [] });
    await expect(client.attachment(id, 'a0')).rejects.toMatchObject({ code: 'receipt_not_verified' });
    for (const unproved of [id, other]) expect(await client.source(unproved)).toMatchObject({ original: null });
  });

  test('Open_ReceiptSpeaksAgainstIt_NothingIsDecrypted', async () => {
    await makeKeys(client, box, words);
    const id = await portal.deliver(box, inner, 'x');
    await client.listSummaries(box);
    const [message] = portal.messages;
    if (message === undefined) throw new Error('no message');
    message.der = flipped(message.der, message.der.length - 1);
    const unwrap = vi.spyOn(crypto.subtle, 'unwrapKey');
    await expect(client.openMessage(box, id)).rejects.toMatchObject({ code: 'receipt_invalid' });
    expect(unwrap).not.toHaveBeenCalled();
    unwrap.mockRestore();
  });

  test('Open_ContentAlteredInTheDatabase_NothingAndNeverHtml', async () => {
    await makeKeys(client, box, words);
    const id = await portal.deliver(box, inner, 'x');
    const [message] = portal.messages;
    if (message === undefined) throw new Error('no message');
    message.der = message.der.slice();
    const at = message.der.length - 200;
    message.der[at] = (message.der[at] ?? 0) ^ 1;
    await expect(client.openMessage(box, id)).rejects.toMatchObject({ code: 'receipt_invalid' });
    const opened = await client.openMessage(box, id, { despiteReceipt: true });
    expect(opened).toMatchObject({ html: null, attachments: [], receipt: { verdict: 'invalid' } });
  });

  test('Open_SummaryReplacedByAForgedOne_Invalid', async () => {
    await makeKeys(client, box, words);
    const id = await portal.deliver(box, inner, 'true');
    const [message] = portal.messages;
    if (message === undefined) throw new Error('no message');
    message.summary = base64Encode(base64Decode(message.summary ?? '').map((b, i) => (i === 300 ? b ^ 1 : b)));
    await client.listSummaries(box);
    await expect(client.openMessage(box, id)).rejects.toMatchObject({ code: 'receipt_invalid', message: expect.stringContaining('list') as unknown });
  });

  test('Open_ReceiptKeyChanged_TextOnlyUntilAccepted', async () => {
    await makeKeys(client, box, words);
    const before = await portal.deliver(box, inner, 'x');
    expect((await client.openMessage(box, before)).receipt.verdict).toBe('verified');
    portal.changeReceiptKey();
    const after = await portal.deliver(box, inner, 'y');
    const opened = await client.openMessage(box, after);
    expect(opened.receipt.verdict).toBe('key-changed');
    expect(opened.html).toBeNull();
    const { fingerprint } = await client.trustReceiptKey();
    expect(fingerprint).toBe(opened.receipt.keyId);
    expect((await client.openMessage(box, after)).receipt.verdict).toBe('verified');
    expect((await client.openMessage(box, before)).receipt.verdict).toBe('verified');
  });

  test('Open_KeyAddedElsewhereMeanwhile_FoundAtOnce', async () => {
    await makeKeys(client, box, words);
    await client.listSummaries(box);
    const elsewhere = newClient();
    await start(elsewhere);
    await makeKeys(elsewhere, box);
    const id = await portal.deliver(box, inner, 'x');
    expect((await client.openMessage(box, id)).receipt.verdict).toBe('verified');
  });

  test('Open_NotThere_NotFound', async () => {
    await makeKeys(client, box, words);
    await expect(client.openMessage(box, crypto.randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });

  test('Attachment_Twice_SameBytes', async () => {
    await makeKeys(client, box, words);
    const mail = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\na;b\r\n--b--\r\n';
    const id = await portal.deliver(box, mail, 'x');
    const message = await client.openMessage(box, id);
    expect(message.attachments).toEqual([{ id: 'a0', name: 'a.csv', type: 'text/csv', size: 3 }]);
    for (let i = 0; i < 2; i++) expect(fromUtf8(new Uint8Array((await client.attachment(id, 'a0')).bytes))).toBe('a;b');
  });
});
