// One worker and the requests under way in it.
import { VaultError, type KeyGenerationProgress } from './contract.ts';
import type { MethodName, Params, Result, WorkerReply, WorkerRequest } from '../worker/protocol.ts';

interface Pending {
  readonly resolve: (value: Result<MethodName>) => void;
  readonly reject: (error: VaultError) => void;
  readonly progress: ((p: KeyGenerationProgress) => void) | undefined;
}

/** The part of Worker that is needed, so that tests can stand in for it. */
export interface WorkerPort {
  postMessage(message: WorkerRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<WorkerReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}
export type WorkerFactory = () => WorkerPort;

export class WorkerCalls {
  readonly #pending = new Map<number, Pending>();
  readonly #port: WorkerPort;
  #nextId = 1;
  #ended = false;

  constructor(factory: WorkerFactory) {
    this.#port = factory();
    this.#port.onmessage = (event) => this.#receive(event.data);
    this.#port.onerror = () => this.#failAll(new VaultError('internal', 'The vault stopped unexpectedly. Reload the page.'));
  }

  call<M extends MethodName>(method: M, params: Params<M>, progress?: (p: KeyGenerationProgress) => void): Promise<Result<M>> {
    if (this.#ended) return Promise.reject(new VaultError('cancelled', 'The vault was locked meanwhile.'));
    const id = this.#nextId++;
    return new Promise<Result<M>>((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (value: Result<MethodName>) => void, reject, progress });
      this.#port.postMessage({ id, method, params });
    });
  }

  /** Ends the worker: its memory, keys included, is gone. Requests under way fail with `cancelled`. */
  end(): void {
    this.#ended = true;
    this.#port.terminate();
    this.#failAll(new VaultError('cancelled', 'The vault was locked meanwhile.'));
  }

  #receive(reply: WorkerReply): void {
    const pending = this.#pending.get(reply.id);
    if (pending === undefined) return;
    if (reply.kind === 'progress') {
      pending.progress?.(reply.progress);
      return;
    }
    this.#pending.delete(reply.id);
    if (reply.kind === 'result') pending.resolve(reply.result);
    else pending.reject(new VaultError(reply.code, reply.message));
  }

  #failAll(error: VaultError): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const entry of pending) entry.reject(error);
  }
}
