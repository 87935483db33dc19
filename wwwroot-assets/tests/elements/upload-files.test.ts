import { describe, expect, it } from 'vitest';
import { VaultError } from '../../vault/client/contract.ts';
import type { CheckedCertificate } from '../../vault/core/api-types.ts';
import { added, checkedFile, checking, ready, refusedFile, withItem } from '../../vault/elements/upload-files.ts';

const certificate = (fingerprintSha256: string, isAccepted = true): CheckedCertificate => ({
  name: 'CN=mara', algorithm: 'RSA 3072', notAfter: '2028-01-01T00:00:00Z', pem: 'x', isAccepted, details: { fingerprintSha256 },
  steps: [{ code: 'certificate_duplicate', outcome: 'passed', title: 'Not in this vaultbox yet', reason: null }],
});

describe('upload files', () => {
  it('checkedFile_GoodAndBad_OnlyTheGoodOneIsReady', () => {
    const file = checkedFile(checking(1, 'a.p7b'), { items: [certificate('aa'), certificate('bb', false)], issuers: 2 }, []);
    expect(file.items.map((item) => item.state)).toEqual(['ready', 'refused']);
    expect(file.issuers).toBe(2);
    expect(ready([file])).toHaveLength(1);
  });

  it('checkedFile_SameCertificateInAnotherFile_IsNotAddedTwice', () => {
    const first = checkedFile(checking(1, 'a.pem'), { items: [certificate('aa')], issuers: 0 }, []);
    const second = checkedFile(checking(2, 'b.der'), { items: [certificate('aa')], issuers: 0 }, [first]);
    expect(second.items[0]?.state).toBe('refused');
    expect(second.items[0]?.certificate.steps.map((step) => step.title)).toEqual(['In this list already']);
    expect(ready([first, second])).toHaveLength(1);
  });

  it('refusedFile_PrivateKey_NamesIt', () => {
    const file = refusedFile(checking(1, 'key.pem'), new VaultError('private_key_in_clear', 'Nothing was sent.'));
    expect(file.refusal).toMatchObject({ title: 'It contains a private key', reason: 'Nothing was sent.', outcome: 'refused' });
    expect(ready([file])).toHaveLength(0);
  });

  it('refusedFile_UnknownRefusal_KeepsTheServersSentence', () => {
    expect(refusedFile(checking(1, 'x'), new VaultError('new_code', 'Because of this.')).refusal?.title).toBe('Because of this.');
  });

  it('withItem_Added_IsCountedAndNotReadyAgain', () => {
    const file = checkedFile(checking(1, 'a.pem'), { items: [certificate('aa')], issuers: 0 }, []);
    const after = [withItem(file, 'aa', { state: 'added' })];
    expect(added(after)).toHaveLength(1);
    expect(ready(after)).toHaveLength(0);
  });
});
