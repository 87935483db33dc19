// Requests to /api/v1 of our own origin, with the session cookie. Problems (RFC 9457) become VaultErrors with the problem's code.
import { VaultError } from '../client/contract.ts';

type Query = Readonly<Record<string, string | null>>;

export class ApiClient {
  readonly #base: string;
  readonly #antiforgery: string;

  constructor(origin: string, antiforgery: string) {
    this.#base = `${origin}/api/v1`;
    this.#antiforgery = antiforgery;
  }

  url(path: string, query: Query = {}): string {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== null) parameters.set(name, value);
    const text = parameters.toString();
    return `${this.#base}${path}${text === '' ? '' : `?${text}`}`;
  }

  async get<T>(path: string, query: Query = {}): Promise<T> {
    const response = await this.#fetch(this.url(path, query), { headers: { Accept: 'application/json' } });
    return (await response.json()) as T;
  }

  async getBytes(path: string, accept: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; headers: Headers }> {
    const response = await this.#fetch(this.url(path), { headers: { Accept: accept } });
    return { bytes: new Uint8Array(await response.arrayBuffer()), headers: response.headers };
  }

  async send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body: unknown): Promise<T> {
    const response = await this.#fetch(this.url(path), {
      method,
      headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'X-Vaultbox-Antiforgery': this.#antiforgery },
      body: JSON.stringify(body),
    });
    return (response.status === 204 ? null : await response.json()) as T;
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(url, { ...init, credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
    } catch {
      throw new VaultError('network', 'The portal cannot be reached. Check the connection and try again.');
    }
    if (!response.ok) throw await problem(response);
    return response;
  }
}

async function problem(response: Response): Promise<VaultError> {
  const body: unknown = await response.json().catch(() => null);
  const field = (name: string): string | null => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : null;
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const fallback = response.status === 401
    ? (['signed_out', 'You are signed out. Sign in again.'] as const)
    : response.status === 404
      ? (['not_found', 'This is not here (any more).'] as const)
      : (['internal', `The portal answered ${response.status}.`] as const);
  return new VaultError(field('code') ?? fallback[0], field('detail') ?? field('title') ?? fallback[1]);
}
