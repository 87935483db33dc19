import { describe, expect, it } from 'vitest';
import { VaultError } from '../../vault/client/contract.ts';
import { uploadChecks } from '../../vault/elements/upload-checks.ts';

describe('upload checks', () => {
  it('uploadChecks_Refused_NamesTheCheckAndItsReason', () => {
    expect(uploadChecks(new VaultError('key_too_small', 'RSA-1024; 2048 bits is the least.'))).toEqual([{ state: 'error', what: 'The key is too short', why: 'RSA-1024; 2048 bits is the least.' }]);
  });

  it('uploadChecks_UnknownRefusal_KeepsTheServersSentence', () => {
    expect(uploadChecks(new VaultError('new_code', 'Because of this.'))[0]?.what).toBe('Because of this.');
  });

  it('uploadChecks_Accepted_ListsEachWarning', () => {
    const checks = uploadChecks({ warnings: [{ code: 'self_signed', message: 'It is self-signed.' }] } as unknown as Parameters<typeof uploadChecks>[0]);
    expect(checks.filter((c) => c.state === 'warn').map((c) => c.what)).toEqual(['It is self-signed.']);
    expect(checks.some((c) => c.state === 'error')).toBe(false);
  });
});
