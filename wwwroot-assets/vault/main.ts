import { registerElements } from './elements/index.ts';

export * from './client/index.ts';

registerElements();
