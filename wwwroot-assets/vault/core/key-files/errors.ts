import { VaultError } from '../../client/contract.ts';

export const malformedFile = (what: string): VaultError => new VaultError('key_file_malformed', `This file does not read as a key (${what}).`);
export const lockedFile = (): VaultError => new VaultError('key_file_locked', 'This file has a password. Type it to go on.');
export const wrongPassword = (): VaultError => new VaultError('key_file_password', "That password didn't open the file.");
/** Ciphers that nobody should use any more and WebCrypto has none of. */
export const legacyFile = (what: string): VaultError => new VaultError('key_file_legacy', `This file is encrypted in an outdated way (${what}).`);
export const unknownFile = (what: string): VaultError => new VaultError('key_file_unsupported', `This file is encrypted in a way that the browser does not open (${what}).`);
