import { VaultError } from '../client/contract.ts';
import { VaultService } from './vault-service.ts';
import type { MethodName, Params, Result, WorkerReply, WorkerRequest } from './protocol.ts';
import { transferables } from './transferables.ts';

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const service = new VaultService();

async function answer<M extends MethodName>(request: WorkerRequest<M>): Promise<void> {
  const reply = (message: WorkerReply): void => scope.postMessage(message, message.kind === 'result' ? transferables(message.result) : []);
  try {
    const result: Result<M> = await service.handle(request.method, request.params as Params<M>, (progress) =>
      reply({ id: request.id, kind: 'progress', progress }));
    reply({ id: request.id, kind: 'result', result });
  } catch (error) {
    const known = error instanceof VaultError ? error : new VaultError('internal', 'The vault could not do this.');
    reply({ id: request.id, kind: 'error', code: known.code, message: known.message });
  }
}

scope.onmessage = (event: MessageEvent<WorkerRequest>) => void answer(event.data);
