// Worker and client in one process: messages are cloned between them as a browser does, and a terminated worker answers nothing more.
import type { WorkerPort } from '../../vault/client/rpc.ts';
import { VaultError } from '../../vault/client/contract.ts';
import type { WorkerReply, WorkerRequest } from '../../vault/worker/protocol.ts';
import { transferables } from '../../vault/worker/transferables.ts';
import { VaultService } from '../../vault/worker/vault-service.ts';

export class InProcessWorker implements WorkerPort {
  static started = 0;
  onmessage: ((event: MessageEvent<WorkerReply>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly #service = new VaultService();
  #ended = false;

  constructor() {
    InProcessWorker.started++;
  }

  postMessage(message: WorkerRequest): void {
    void this.#answer(structuredClone(message));
  }

  terminate(): void {
    this.#ended = true;
  }

  async #answer(request: WorkerRequest): Promise<void> {
    const reply = (message: WorkerReply): void => {
      if (this.#ended) return;
      const transfer = message.kind === 'result' ? transferables(message.result) : [];
      this.onmessage?.(new MessageEvent('message', { data: structuredClone(message, { transfer }) }));
    };
    try {
      const result = await this.#service.handle(request.method, request.params, (progress) => reply({ id: request.id, kind: 'progress', progress }));
      reply({ id: request.id, kind: 'result', result });
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      reply({ id: request.id, kind: 'error', code: error.code, message: error.message });
    }
  }
}
