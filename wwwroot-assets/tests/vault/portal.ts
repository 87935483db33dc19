// A portal in memory: the API that the vault speaks, and messages sealed by openssl, @hpke/core and WebCrypto instead of by the vault.
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { ContentCipher } from '../../vault/client/contract.ts';
import type { ApiCertificate, ApiKeyItem, ApiReplaceWrap, ApiStoredWrap, ApiStoreKeys, ApiVaultKeyWrap } from '../../vault/core/api-types.ts';
import { base64Decode, base64Encode, base64UrlEncode, concat, fromHex, sha256Hex, utf8, uuidBytes } from '../../vault/core/encoding.ts';
import { parseEnvelopedData } from '../../vault/core/cms/envelope.ts';
import { fromPem } from '../../vault/core/pem.ts';
import { publicKeyBits } from '../../vault/core/x509.ts';
import { Workshop } from './openssl.ts';

interface StoredMessage { readonly id: string; readonly vaultboxId: string; der: Uint8Array<ArrayBuffer>; receipt: string | null; summary: string | null; contentSha256: string; flags: readonly string[]; outer: string }
interface Box { readonly id: string; readonly address: string; certificates: ApiCertificate[] }

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
export const antiforgery = 'forgery-token';

export class FakePortal {
  readonly workshop = new Workshop();
  readonly boxes = new Map<string, Box>();
  readonly messages: StoredMessage[] = [];
  readonly bodies: string[] = [];
  wraps: ApiStoredWrap[] = [];
  online = true;
  /** Whether the session's last proof of identity is too old for keys. */
  stale = false;
  requests = 0;
  #wrapSerial = 0;
  #receiptKey: Promise<{ pair: CryptoKeyPair; spki: Uint8Array; fingerprint: string }> = newReceiptKey();

  addBox(address: string): string {
    const id = crypto.randomUUID();
    this.boxes.set(id, { id, address, certificates: [] });
    return id;
  }

  changeReceiptKey(): void {
    this.#receiptKey = newReceiptKey();
  }

  readonly fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    if (!this.online) throw new TypeError('Failed to fetch');
    this.requests++;
    const url = new URL(String(input));
    if (url.origin !== 'https://portal.example') throw new Error(`left the origin: ${url.origin}`);
    const method = init.method ?? 'GET';
    const headers = new Headers(init.headers);
    if (typeof init.body === 'string') this.bodies.push(init.body);
    if (method !== 'GET' && headers.get('X-Vaultbox-Antiforgery') !== antiforgery) return problem(400, 'antiforgery', 'no token');
    const path = url.pathname.replace('/api/v1', '');
    const box = this.boxes.get(/^\/vaultboxes\/([^/]+)/.exec(path)?.[1] ?? '');
    if (path === '/vault-key') return json({ items: this.wraps });
    if (path.startsWith('/vault-key/')) return this.#replaceWrap(path.slice('/vault-key/'.length), JSON.parse(String(init.body)) as ApiReplaceWrap);
    if (path === '/receipt-key') return this.#receiptKeyAnswer();
    if (path === '/vaultboxes') return json({ items: [...this.boxes.values()].map(describeBox), next: null });
    if (path.startsWith('/messages/')) return this.#message(path, method, init, headers);
    if (box === undefined) return problem(404, 'not_found', 'No such vaultbox.');
    if (path.endsWith('/certificates')) return json({ items: box.certificates });
    if (path.endsWith('/keys') && this.stale) return problem(403, 'step_up_required', 'Confirm that it is you, then do this again.');
    if (path.endsWith('/keys/mail')) return this.#storeItem(box, JSON.parse(String(init.body)) as ApiKeyItem);
    if (path.endsWith('/keys')) return this.#storeKeys(box, JSON.parse(String(init.body)) as ApiStoreKeys);
    if (path.endsWith('/summaries')) return this.#summaries(box, url);
    return json(describeBox(box));
  };

  async #receiptKeyAnswer(): Promise<Response> {
    const { fingerprint, spki } = await this.#receiptKey;
    return json({ fingerprint, spki: base64Encode(spki) });
  }

  async #storeKeys(box: Box, body: ApiStoreKeys): Promise<Response> {
    if ((body.vaultKeyWrap === null) !== this.wraps.length > 0) return problem(409, body.vaultKeyWrap === null ? 'vault_key_missing' : 'vault_key_exists', 'No.');
    this.#addWraps([body.vaultKeyWrap, body.recoveryKitWrap]);
    for (const item of body.items) await this.#storeItem(box, item);
    return json({ items: [] }, 201);
  }

  async #storeItem(box: Box, item: ApiKeyItem): Promise<Response> {
    const fingerprint = await sha256Hex(fromPem(item.purpose === 'mail' ? 'CERTIFICATE' : 'PUBLIC KEY', item.publicPem));
    const row = (type: 'public' | 'private', pem: string): ApiCertificate => ({
      id: crypto.randomUUID(), certificateType: type, purpose: item.purpose, friendlyName: item.friendlyName, pem, fingerprintSha256: fingerprint, algorithm: null,
      notBefore: '2026-11-22T00:00:00Z', notAfter: null, status: 'active', bindingKind: item.binding === null ? null : 'owner', bindingSignature: item.binding,
    });
    box.certificates.push(row('public', item.publicPem), row('private', item.privatePem));
    return json({}, 201);
  }

  #addWraps(wraps: readonly (ApiVaultKeyWrap | null)[]): void {
    for (const wrap of wraps) if (wrap !== null) this.wraps.push({ ...wrap, createdAt: new Date(Date.UTC(2026, 10, 22) + ++this.#wrapSerial).toISOString() });
  }

  #replaceWrap(method: string, body: ApiReplaceWrap): Response {
    if (this.stale) return problem(403, 'step_up_required', 'Confirm that it is you, then do this again.');
    const old = this.wraps.find((wrap) => wrap.method === method);
    if ((old?.createdAt ?? null) !== body.replaces) return problem(409, 'wrap_changed', 'It was changed elsewhere.');
    this.wraps = this.wraps.filter((wrap) => wrap !== old);
    this.#addWraps([{ method, kdf: body.kdf, wrapped: body.wrapped }]);
    return new Response(null, { status: 204 });
  }

  #summaries(box: Box, url: URL): Response {
    const own = this.messages.filter((m) => m.vaultboxId === box.id);
    const start = Number(url.searchParams.get('after') ?? 0);
    const limit = Number(url.searchParams.get('limit'));
    const items = own.slice(start, start + limit).map((m, i) => ({
      id: m.id, uid: start + i + 1, receivedAt: '2026-11-22T13:00:00.123Z', size: m.der.length, flags: m.flags, contentSha256: m.contentSha256, summary: m.summary, sender: 'a@example.org',
    }));
    return json({ items, next: start + limit < own.length ? String(start + limit) : null });
  }

  #message(path: string, method: string, init: RequestInit, headers: Headers): Response {
    const message = this.messages.find((m) => path === `/messages/${m.id}`);
    if (message === undefined) return problem(404, 'not_found', 'No such message.');
    if (method === 'PATCH') {
      message.flags = (JSON.parse(String(init.body)) as { flags: string[] }).flags;
      return new Response(null, { status: 204 });
    }
    if (headers.get('Accept') === 'message/rfc822') return new Response(utf8(`${message.outer}\r\n\r\nsealed`));
    if (headers.get('Accept') !== 'application/pkcs7-mime') return json({ message: { id: message.id }, contentSha256: message.contentSha256, summary: message.summary });
    return new Response(message.der, { headers: message.receipt === null ? {} : { 'Vaultbox-Receipt': message.receipt } });
  }

  /** Seals as intake would, to the newest keys of the vaultbox; `old`: with PKCS#1 v1.5; `outer`: as a sender would who writes this header. */
  async deliver(vaultboxId: string, inner: string | Uint8Array, subject: string, cipher: ContentCipher = 'AES-256-CBC', old = false, outer: string | null = null): Promise<string> {
    const box = this.boxes.get(vaultboxId);
    const publicRow = (purpose: string): ApiCertificate | undefined => box?.certificates.findLast((c) => c.purpose === purpose && c.certificateType === 'public');
    const certificate = publicRow('mail');
    const portal = publicRow('portal');
    if (certificate === undefined || portal === undefined) throw new Error('the vaultbox has no keys');
    this.workshop.write('to.pem', certificate.pem);
    this.workshop.write('inner.eml', inner);
    const id = crypto.randomUUID();
    const der = this.workshop.seal('inner.eml', 'sealed.der', ['to'], [], cipher === 'AES-256-GCM' ? '-aes-256-gcm' : '-aes256', old);
    const contentSha256 = await sha256Hex(parseEnvelopedData(der).content);
    const summary = base64Decode(await this.sealSummary(vaultboxId, id, contentSha256, subject));
    const receipt = await this.#receipt({
      cipher, content_sha256: contentSha256, der_sha256: await sha256Hex(der), fingerprints: [certificate.fingerprintSha256], message: id,
      received_at: '2026-11-22T13:00:00.123Z', ...(outer === null ? {} : { sealed_by: 'sender' }), size: der.length, summary_sha256: await sha256Hex(summary), v: 1, vaultbox: vaultboxId,
    });
    this.messages.unshift({ id, vaultboxId, der, receipt, summary: base64Encode(summary), contentSha256, flags: [], outer: outer ?? 'Subject: [...]' });
    return id;
  }

  /** To the newest reading key, which anybody can do. Base64. */
  async sealSummary(vaultboxId: string, id: string, contentSha256: string, subject: string): Promise<string> {
    const portal = this.boxes.get(vaultboxId)?.certificates.findLast((c) => c.purpose === 'portal' && c.certificateType === 'public');
    const plain = JSON.stringify({ from: [{ name: 'Ada', address: 'ada@example.org' }], to: [], subject, date: '2026-11-22T13:00:00Z', text: 'snippet', attachments: [], auth: null });
    const point = await suite.kem.deserializePublicKey(publicKeyBits(fromPem('PUBLIC KEY', portal?.pem ?? '')).slice().buffer);
    const aad = concat(uuidBytes(vaultboxId), uuidBytes(id), fromHex(contentSha256));
    const sealed = await suite.seal({ recipientPublicKey: point, info: utf8('vaultbox/summary/v1') }, utf8(plain.padEnd(512)), aad);
    return base64Encode(concat(Uint8Array.of(1), new Uint8Array(sealed.enc), new Uint8Array(sealed.ct)));
  }

  async #receipt(claims: Record<string, unknown>): Promise<string> {
    const { pair, fingerprint } = await this.#receiptKey;
    const signed = `${base64UrlEncode(utf8(JSON.stringify({ alg: 'ES256', kid: fingerprint })))}.${base64UrlEncode(utf8(JSON.stringify(claims)))}`;
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, utf8(signed));
    return `${signed}.${base64UrlEncode(new Uint8Array(signature))}`;
  }
}

async function newReceiptKey(): Promise<{ pair: CryptoKeyPair; spki: Uint8Array; fingerprint: string }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  return { pair, spki, fingerprint: await sha256Hex(spki) };
}

const json = (body: unknown, status = 200): Response => Response.json(body, { status });
const problem = (status: number, code: string, detail: string): Response =>
  new Response(JSON.stringify({ code, detail }), { status, headers: { 'Content-Type': 'application/problem+json' } });

function describeBox(box: Box): Record<string, unknown> {
  return { id: box.id, address: box.address, hasPortalKey: box.certificates.some((c) => c.purpose === 'portal') };
}
