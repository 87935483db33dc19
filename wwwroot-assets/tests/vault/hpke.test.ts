import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { describe, expect, test } from 'vitest';
import { base64UrlEncode, concat, fromHex, fromUtf8, hex, utf8, uuidBytes } from '../../vault/core/encoding.ts';
import { HpkeOpener, type HpkeRecipient } from '../../vault/core/hpke.ts';
import { openSummary } from '../../vault/core/summary.ts';
import { sampleBytes } from './openssl.ts';

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const ids = { vaultboxId: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b', messageId: '0190a1b2-c3d4-7e5f-8a9b-ffffffffffff', contentSha256: 'ab'.repeat(32) };
const aad = concat(uuidBytes(ids.vaultboxId), uuidBytes(ids.messageId), fromHex(ids.contentSha256));

async function recipient(): Promise<{ publicKey: CryptoKey; held: HpkeRecipient }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', pair.privateKey);
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
  return { publicKey: pair.publicKey, held: { privateKey, publicKey: raw } };
}

async function sealSummary(publicKey: CryptoKey, json: string, info = 'vaultbox/summary/v1', extra: Uint8Array = aad): Promise<Uint8Array> {
  const sealed = await suite.seal({ recipientPublicKey: publicKey, info: utf8(info) }, utf8(json), extra);
  return concat(Uint8Array.of(1), new Uint8Array(sealed.enc), new Uint8Array(sealed.ct));
}

const sample = JSON.stringify({
  from: [{ name: 'Åsa', address: 'asa@example.org' }], to: [{ name: '', address: 'box@ipv.sx' }], subject: 'Grüße 你好', date: '2026-11-22T13:00:00Z',
  messageId: '<1@example.org>', inReplyTo: null, references: [], text: 'Hello', attachments: [{ name: 'a.pdf', type: 'application/pdf', size: 7 }], auth: 'dkim=pass',
}).padEnd(512);

describe('HPKE', () => {
  test('Open_Rfc9180VectorA31_Plaintext', async () => {
    // RFC 9180, A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, sequence number 0.
    const point = '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0';
    const jwk = {
      kty: 'EC', crv: 'P-256', d: base64UrlEncode(fromHex('f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2')),
      x: base64UrlEncode(fromHex(point.slice(2, 66))), y: base64UrlEncode(fromHex(point.slice(66))),
    };
    const privateKey = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
    const enc = fromHex('04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4');
    const ciphertext = fromHex('5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434');
    const opener = new HpkeOpener(fromHex('4f6465206f6e2061204772656369616e2055726e'), 'AES-128-GCM');
    const plaintext = await opener.open({ privateKey, publicKey: fromHex(point) }, enc, fromHex('436f756e742d30'), ciphertext);
    expect(fromUtf8(plaintext)).toBe('Beauty is truth, truth beauty');
  });

  test('Open_SealedByAnotherImplementation_SamePlaintext', async () => {
    const { publicKey, held } = await recipient();
    const opener = new HpkeOpener(utf8('some info'));
    for (const length of [0, 1, 512, 70_000]) {
      const plaintext = sampleBytes(length, length + 1);
      const sealed = await suite.seal({ recipientPublicKey: publicKey, info: utf8('some info') }, plaintext, utf8('extra'));
      expect(hex(await opener.open(held, new Uint8Array(sealed.enc), utf8('extra'), new Uint8Array(sealed.ct)))).toBe(hex(plaintext));
    }
  });
});

describe('sealed summaries', () => {
  test('Open_OwnKeyAmongOthers_Fields', async () => {
    const [mine, other] = [await recipient(), await recipient()];
    const summary = await openSummary(await sealSummary(mine.publicKey, sample), [other.held, mine.held], ids);
    expect(summary.subject).toBe('Grüße 你好');
    expect(summary.from).toEqual([{ name: 'Åsa', address: 'asa@example.org' }]);
    expect(summary.attachments).toEqual([{ name: 'a.pdf', type: 'application/pdf', size: 7 }]);
  });

  test('Open_AnyByteFlipped_Refused', async () => {
    const { publicKey, held } = await recipient();
    const sealed = await sealSummary(publicKey, sample);
    const outcomes = await Promise.all(Array.from(sealed, async (byte, i) => {
      const altered = sealed.slice();
      altered[i] = byte ^ 0x20;
      return openSummary(altered, [held], ids).then(() => `opened with byte ${i} flipped`, (error: { code: string }) => error.code);
    }));
    expect(new Set(outcomes)).toEqual(new Set(['summary_malformed', 'summary_unopened']));
  });

  test.each([
    ['another vaultbox', { ...ids, vaultboxId: ids.messageId }],
    ['another message', { ...ids, messageId: ids.vaultboxId }],
    ['other content', { ...ids, contentSha256: 'ac'.repeat(32) }],
  ])('Open_BoundTo%s_Refused', async (_what, otherIds) => {
    const { publicKey, held } = await recipient();
    await expect(openSummary(await sealSummary(publicKey, sample), [held], otherIds)).rejects.toMatchObject({ code: 'summary_unopened' });
  });

  test('Open_OtherInfoOrNoJson_Refused', async () => {
    const { publicKey, held } = await recipient();
    await expect(openSummary(await sealSummary(publicKey, sample, 'vaultbox/summary/v2'), [held], ids)).rejects.toMatchObject({ code: 'summary_unopened' });
    await expect(openSummary(await sealSummary(publicKey, 'no json'), [held], ids)).rejects.toMatchObject({ code: 'summary_malformed' });
    await expect(openSummary(new Uint8Array(40), [held], ids)).rejects.toMatchObject({ code: 'summary_malformed' });
  });
});
