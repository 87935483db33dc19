// What pages need of the API that is no secret. Runs on the main thread; private keys are refused before anything is sent.
import { ApiClient } from '../core/api.ts';
import { checkCertificateText } from '../core/certificate-text.ts';
import type {
  ApiAccount, ApiCertificate, ApiDomain, ApiKeyProof, ApiPassportEntry, ApiSummary, ApiVaultbox, AvailabilityAnswer, CertificateUpload, CheckedCertificates, Page, TestMailAnswer,
} from '../core/api-types.ts';

const certificatePath = (vaultboxId: string, certificateId: string): string =>
  `/vaultboxes/${encodeURIComponent(vaultboxId)}/certificates/${encodeURIComponent(certificateId)}`;

export class PortalApi {
  readonly #api: ApiClient;

  constructor(options: { antiforgery: string; origin?: string }) {
    this.#api = new ApiClient(options.origin ?? location.origin, options.antiforgery);
  }

  me(): Promise<ApiAccount> {
    return this.#api.get('/me');
  }

  domains(): Promise<Page<ApiDomain>> {
    return this.#api.get('/domains');
  }

  vaultboxes(after: string | null = null): Promise<Page<ApiVaultbox>> {
    return this.#api.get('/vaultboxes', { limit: '200', after });
  }

  vaultbox(id: string): Promise<ApiVaultbox> {
    return this.#api.get(`/vaultboxes/${encodeURIComponent(id)}`);
  }

  createVaultbox(request: { domain: string; name: string; alias: string }): Promise<ApiVaultbox> {
    return this.#api.send('POST', '/vaultboxes', request);
  }

  availability(domain: string, alias: string): Promise<AvailabilityAnswer> {
    return this.#api.get('/vaultboxes/availability', { domain, alias });
  }

  certificates(vaultboxId: string): Promise<{ items: readonly ApiCertificate[] }> {
    return this.#api.get(`/vaultboxes/${encodeURIComponent(vaultboxId)}/certificates`);
  }

  /** The list as the server knows it, for a locked vault: nothing in it is opened. */
  summaries(vaultboxId: string, options: { after?: string | null; limit?: number } = {}): Promise<Page<ApiSummary>> {
    const query = { limit: String(options.limit ?? 50), after: options.after ?? null };
    return this.#api.get(`/vaultboxes/${encodeURIComponent(vaultboxId)}/summaries`, query);
  }

  /** PEM text or base64 DER. Throws `private_key_in_clear` before anything is sent. */
  async uploadCertificate(vaultboxId: string, text: string, friendlyName: string | null): Promise<CertificateUpload> {
    const check = checkCertificateText(text);
    const body = check.kind === 'pem' ? { pem: text, friendlyName } : { der: text.replace(/\s+/g, ''), friendlyName };
    return this.#api.send('POST', `/vaultboxes/${encodeURIComponent(vaultboxId)}/certificates`, body);
  }

  /** What an upload would be answered, certificate by certificate; nothing is kept. Throws `private_key_in_clear` before anything is sent. */
  async checkCertificates(vaultboxId: string, text: string): Promise<CheckedCertificates> {
    const check = checkCertificateText(text);
    const body = check.kind === 'pem' ? { pem: text } : { der: text.replace(/\s+/g, '') };
    return this.#api.send('POST', `/vaultboxes/${encodeURIComponent(vaultboxId)}/certificates/check`, body);
  }

  startKeyProof(vaultboxId: string, certificateId: string): Promise<ApiKeyProof> {
    return this.#api.send('POST', `${certificatePath(vaultboxId, certificateId)}/proof`, {});
  }

  finishKeyProof(vaultboxId: string, certificateId: string, token: string, code: string): Promise<ApiCertificate> {
    return this.#api.send('POST', `${certificatePath(vaultboxId, certificateId)}/proof/finish`, { token, code });
  }

  sendTestMail(vaultboxId: string): Promise<TestMailAnswer> {
    return this.#api.send('POST', `/vaultboxes/${encodeURIComponent(vaultboxId)}/test-mail`, {});
  }

  passport(messageId: string): Promise<{ items: readonly ApiPassportEntry[] }> {
    return this.#api.get(`/messages/${encodeURIComponent(messageId)}/passport`);
  }

  /** Calls back with the id of each message as it is stored; the returned function ends it. */
  arrivals(vaultboxId: string, onMessage: (messageId: string) => void): () => void {
    const source = new EventSource(this.#api.url(`/vaultboxes/${encodeURIComponent(vaultboxId)}/events`));
    source.addEventListener('message', (event: MessageEvent<string>) => {
      const data: unknown = JSON.parse(event.data);
      if (typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'string') onMessage(data.id);
    });
    return () => source.close();
  }
}
