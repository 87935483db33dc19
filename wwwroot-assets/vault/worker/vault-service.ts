import { VaultError, type KeyGenerationProgress } from '../client/contract.ts';
import type { MethodName, Params, Result } from './protocol.ts';

export class VaultService {
  handle<M extends MethodName>(method: M, _params: Params<M>, _progress: (p: KeyGenerationProgress) => void): Promise<Result<M>> {
    return Promise.reject(new VaultError('internal', `${method} is not available in this build.`));
  }
}
