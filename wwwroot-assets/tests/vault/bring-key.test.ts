import 'fake-indexeddb/auto';
import { JSDOM } from 'jsdom';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { WorkerVaultClient } from '../../vault/client/vault-client.ts';
import { base64UrlDecode, base64UrlEncode, utf8 } from '../../vault/core/encoding.ts';
import { fromPem } from '../../vault/core/pem.ts';
import { checkedKit } from './checked-kit.ts';
import { InProcessWorker } from './in-process-worker.ts';
import type { KeyKind } from './openssl.ts';
import { flipped } from './outcomes.ts';
import { antiforgery, FakePortal } from './portal.ts';
import { sharePairs } from './share-pairs.ts';

const words = ['otter', 'lantern', 'gravel', 'sonnet', 'mango', 'drift'].join(' ');
const mail = 'From: Ada <ada@example.org>\r\nSubject: Sealed to a key of one’s own\r\n\r\nHello\r\n';
let portal: FakePortal;
let box: string;
let client: WorkerVaultClient;

beforeAll(() => {
  const { window } = new JSDOM('', { url: 'https://portal.example/mail' });
  for (const name of ['window', 'sessionStorage', 'localStorage', 'location'] as const) vi.stubGlobal(name, window[name]);
});
beforeAll(sharePairs);
beforeEach(async () => {
  portal = new FakePortal();
  vi.stubGlobal('fetch', portal.fetch);
  box = portal.addBox('ines@ipv.sx');
  client = new WorkerVaultClient(() => new InProcessWorker());
  await client.init({ antiforgery, accountId: crypto.randomUUID() });
  await client.generateKeys({ vaultboxId: box, address: 'ines@ipv.sx' });
  await checkedKit(client);
  await client.lockAndStoreKeys({ vaultboxId: box, address: 'ines@ipv.sx', passphrase: words });
});
afterEach(async () => {
  await client.signOut();
  sessionStorage.clear();
  localStorage.clear();
  portal.workshop.end();
});
afterAll(() => vi.unstubAllGlobals());

async function p12(kind: KeyKind, password: string): Promise<{ file: ArrayBuffer; fingerprint: string }> {
  const { fingerprint } = await portal.workshop.recipient('own', [], kind);
  portal.workshop.openssl('pkcs12', '-export', '-in', 'own.pem', '-inkey', 'own.key', '-out', 'own.p12', '-passout', `pass:${password}`);
  return { file: portal.workshop.read('own.p12').buffer, fingerprint };
}

describe('a key of one’s own', () => {
  test.each([['RSA', 'AES-256-CBC'], ['P-256', 'AES-256-GCM'], ['P-384', 'AES-256-GCM']] as const)('Import_%s_MailSealedToItOpensHereAndOnlyLockedPartsLeft', async (kind, cipher) => {
    const { file, fingerprint } = await p12(kind, words);
    const added = await client.importMailKey({ vaultboxId: box, files: [file], password: words, name: ' Card ' });
    expect(added.fingerprint).toBe(fingerprint);
    const sent = portal.bodies.at(-1) ?? '';
    expect(sent).toContain('ENCRYPTED VAULTBOX KEY');
    expect(sent).not.toContain('PRIVATE KEY-----');
    expect((await client.listKeys(box)).find((key) => key.fingerprint === fingerprint)).toMatchObject({ friendlyName: 'Card', held: true, binding: 'owner' });
    const id = await portal.deliver(box, mail, 'x', cipher);
    const message = await client.openMessage(box, id);
    expect(message).toMatchObject({ text: 'Hello\n', keyFingerprint: fingerprint, cipher, receipt: { verdict: 'verified' } });
    // And out again, for another program.
    for (const older of [false, true]) {
      const out = await client.exportPkcs12({ vaultboxId: box, passphrase: words, fingerprint, older });
      portal.workshop.write('out.p12', new Uint8Array(out.bytes));
      portal.workshop.openssl('pkcs12', '-in', 'out.p12', '-passin', `pass:${out.password}`, '-nocerts', '-nodes', '-out', 'out.key');
      expect(fromPem('PRIVATE KEY', new TextDecoder().decode(portal.workshop.read('out.key')))).toEqual(portal.workshop.read('own.p8'));
    }
  });

  test('Import_WrongPasswordOrNoKey_RefusedUnsent', async () => {
    const { file } = await p12('RSA', words);
    const before = portal.bodies.length;
    const bring = (one: ArrayBuffer, password: string): Promise<unknown> => client.importMailKey({ vaultboxId: box, files: [one], password, name: '' });
    await expect(bring(file, 'another')).rejects.toMatchObject({ code: 'key_file_password' });
    await expect(bring(file, '')).rejects.toMatchObject({ code: 'key_file_locked' });
    await expect(bring(utf8('nothing').buffer, '')).rejects.toMatchObject({ code: 'key_file_malformed' });
    await client.lock();
    await expect(bring(file, words)).rejects.toMatchObject({ code: 'locked' });
    expect(portal.bodies).toHaveLength(before);
  });
});

describe('an old message', () => {
  test('Open_OnRequestWithThePassphrase_AsAnyOtherAndItsAttachmentsToo', async () => {
    const withFile = `From: Ada <ada@example.org>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nfile\r\n--b--\r\n`;
    const id = await portal.deliver(box, withFile, 'x', 'AES-256-CBC', true);
    await expect(client.openMessage(box, id)).rejects.toMatchObject({ code: 'cms_pkcs1_only' });
    const old = (passphrase: string): ReturnType<typeof client.openOldMessage> => client.openOldMessage({ vaultboxId: box, messageId: id, passphrase });
    await expect(old('not this one at all')).rejects.toMatchObject({ code: 'passphrase_wrong' });
    const message = await old(words);
    expect(message).toMatchObject({ text: 'Hello\n', receipt: { verdict: 'verified' } });
    expect(new TextDecoder().decode((await client.attachment(id, message.attachments[0]?.id ?? '')).bytes)).toBe('file');
    await client.lock();
    await expect(old(words)).rejects.toMatchObject({ code: 'locked' });
  });

  test('Open_AlteredInTheDatabase_NothingShown', async () => {
    const id = await portal.deliver(box, mail, 'x', 'AES-256-CBC', true);
    const [stored] = portal.messages;
    if (stored === undefined) throw new Error('no message');
    stored.der = flipped(stored.der, stored.der.length - 40);
    await expect(client.openOldMessage({ vaultboxId: box, messageId: id, passphrase: words })).rejects.toMatchObject({ code: expect.stringMatching(/^(receipt_invalid|cms_decrypt_failed)$/) as unknown });
  });
});

describe('a message that its sender signed', () => {
  test('Open_ReceiptVerifiedOrNot_VerdictOnlyWithIt', async () => {
    portal.workshop.openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'sign.key', '-out', 'sign.pem', '-subj', '/CN=Ada', '-addext', 'subjectAltName=email:ada@example.org', '-days', '30');
    portal.workshop.write('entity.txt', 'Content-Type: text/plain\r\n\r\nHello\r\n');
    portal.workshop.openssl('cms', '-sign', '-binary', '-in', 'entity.txt', '-signer', 'sign.pem', '-inkey', 'sign.key', '-out', 'signed.eml');
    const signed = new TextDecoder().decode(portal.workshop.read('signed.eml')).replace(/\r?\n/g, '\r\n');
    const id = await portal.deliver(box, `From: ada@example.org\r\n${signed}`, 'x');
    const message = await client.openMessage(box, id);
    expect(message.signature).toMatchObject({ form: 'detached', signers: [{ verdict: 'good', name: 'Ada', matchesSender: true }] });
    expect(message.text?.trim()).toBe('Hello');
    expect(message.attachments).toEqual([]);
    const unproved = await portal.deliver(box, `From: ada@example.org\r\n${signed}`, 'y');
    const [stored] = portal.messages;
    if (stored !== undefined) stored.receipt = null;
    expect((await client.openMessage(box, unproved, { despiteReceipt: true })).signature).toBeNull();
  });
});

describe('a message that was stored as it came', () => {
  const outer = 'Received: from a by portal.example\r\nAuthentication-Results: portal.example; dkim=pass header.d=example.org\r\nFrom: Ada <ada@example.org>\r\nSubject: Plans';
  const forged = 'Received: from b by portal.example\r\nAuthentication-Results: portal.example; dkim=pass header.d=bank.example\r\n';

  test('Open_HeaderOutsideAlone_ShownFromThereAndNothingInsideTakenForOurs', async () => {
    const id = await portal.deliver(box, `${forged}Content-Type: text/plain\r\n\r\nHello\r\n`, 'Plans', 'AES-256-GCM', false, outer);
    const message = await client.openMessage(box, id);
    expect(message).toMatchObject({ receipt: { verdict: 'verified', isSealedBySender: true }, headers: { subject: 'Plans', from: [{ name: 'Ada', address: 'ada@example.org' }] }, authResults: [] });
    expect(message.addedLines).toEqual({ received: null, authenticationResults: null, outerFields: [] });
    expect(new TextDecoder().decode((await client.source(id)).original ?? undefined)).toContain(forged);
  });

  test('Open_HeaderOutsideAlteredInTheDatabase_ShowsWhatTheReceiptProves', async () => {
    const id = await portal.deliver(box, 'Content-Type: text/plain\r\n\r\nHello\r\n', 'Plans', 'AES-256-GCM', false, outer);
    const [stored] = portal.messages;
    if (stored !== undefined) stored.outer = outer.replace('Plans', 'Pay Eve').replace('ada@', 'ceo@');
    await client.listSummaries(box);
    expect((await client.openMessage(box, id)).headers).toMatchObject({ subject: 'Plans', from: [{ address: 'ada@example.org' }] });
  });

  test('Open_WithoutItsList_HeaderOfTheSummaryThatTheReceiptProves', async () => {
    const id = await portal.deliver(box, 'Content-Type: text/plain\r\n\r\nHello\r\n', 'Plans', 'AES-256-GCM', false, outer.replace('Plans', 'Pay Eve').replace('ada@', 'ceo@'));
    expect(await client.openMessage(box, id)).toMatchObject({ isHeaderProven: true, headers: { subject: 'Plans', from: [{ address: 'ada@example.org' }] } });
  });

  test('Open_SummaryThatDoesNotOpenInTheList_StillTheHeaderThatTheReceiptProves', async () => {
    const id = await portal.deliver(box, 'Content-Type: text/plain\r\n\r\nHello\r\n', 'Plans', 'AES-256-GCM', false, outer.replace('ada@', 'ceo@'));
    const [stored] = portal.messages;
    if (stored !== undefined) stored.contentSha256 = '00'.repeat(32);
    expect((await client.listSummaries(box)).items[0]?.opened).toBe(false);
    expect(await client.openMessage(box, id)).toMatchObject({ isHeaderProven: true, headers: { from: [{ address: 'ada@example.org' }] } });
  });

  test('Open_SummaryTakenAway_HeaderIsNotProvenAndMatchesNoSigner', async () => {
    const id = await portal.deliver(box, 'Content-Type: text/plain\r\n\r\nHello\r\n', 'Plans', 'AES-256-GCM', false, outer);
    const [stored] = portal.messages;
    if (stored !== undefined) stored.summary = null;
    expect(await client.openMessage(box, id)).toMatchObject({ receipt: { verdict: 'verified' }, isHeaderProven: false, headers: { subject: 'Plans' } });
  });

  test('Open_TrueSummaryShownForAForgedOne_Invalid', async () => {
    const id = await portal.deliver(box, 'Content-Type: text/plain\r\n\r\nHello\r\n', 'Plans', 'AES-256-GCM', false, outer);
    const [stored] = portal.messages;
    if (stored === undefined) throw new Error('no message');
    const [summary, contentSha256] = [stored.summary, stored.contentSha256];
    stored.summary = await portal.sealSummary(box, id, contentSha256, 'Pay Eve');
    expect((await client.listSummaries(box)).items[0]).toMatchObject({ opened: true, subject: 'Pay Eve' });
    Object.assign(stored, { summary, contentSha256: '00'.repeat(32) });
    expect((await client.listSummaries(box)).items[0]?.opened).toBe(false);
    Object.assign(stored, { summary: await portal.sealSummary(box, id, contentSha256, 'Pay Eve'), contentSha256 });
    expect((await client.listSummaries(box)).items[0]).toMatchObject({ opened: true, subject: 'Pay Eve' });
    await expect(client.openMessage(box, id)).rejects.toMatchObject({ code: 'receipt_invalid' });
  });

  test('Open_HeaderInsideToo_TheOneInside', async () => {
    const id = await portal.deliver(box, 'From: Ada <ada@example.org>\r\nSubject: Secret plans\r\n\r\nHello\r\n', 'x', 'AES-256-GCM', false, outer);
    expect((await client.openMessage(box, id)).headers.subject).toBe('Secret plans');
  });

  test('Open_ClaimTakenOutOfItsReceipt_NothingShown', async () => {
    const id = await portal.deliver(box, `${forged}\r\nHello\r\n`, 'x', 'AES-256-GCM', false, outer);
    const [stored] = portal.messages;
    const [head, , signature] = (stored?.receipt ?? '').split('.');
    const claims = JSON.parse(new TextDecoder().decode(base64UrlDecode((stored?.receipt ?? '').split('.')[1] ?? ''))) as Record<string, unknown>;
    delete claims.sealed_by;
    if (stored !== undefined) stored.receipt = `${head}.${base64UrlEncode(utf8(JSON.stringify(claims)))}.${signature}`;
    await expect(client.openMessage(box, id)).rejects.toMatchObject({ code: 'receipt_invalid' });
  });
});
