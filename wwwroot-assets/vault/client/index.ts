import { WorkerVaultClient } from './vault-client.ts';

export * from './contract.ts';
export { PortalApi } from './portal-api.ts';
export { WorkerVaultClient } from './vault-client.ts';

/** The page's one vault. */
export const vault = new WorkerVaultClient();
