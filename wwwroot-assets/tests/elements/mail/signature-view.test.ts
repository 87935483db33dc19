// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import type { ChainLink, SignerReport } from '../../../vault/client/signature-report.ts';
import { signatureWords } from '../../../vault/elements/mail/signature-words.ts';
import { text } from '../page.ts';
import { opened, reading } from './reading.ts';

const link = (name: string, issuerName: string, issued: ChainLink['issued']): ChainLink => ({
  name, subject: `CN=${name}`, issuerName, issuer: `CN=${issuerName}`, notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z', isValid: true,
  fingerprint: 'ab'.repeat(32), key: 'RSA-2048', issued,
});
const good: SignerReport = {
  verdict: 'good', problems: [], name: 'Ada', emails: ['ada@example.org'], matchesSender: true, signedAt: '2026-11-22T13:00:00Z', algorithm: 'RSA, SHA-256',
  chain: [link('Ada', 'Issuing', 'good'), link('Issuing', 'Root', 'absent')],
};
const words = (problems: SignerReport['problems'], changes: Partial<SignerReport> = {}): string => {
  const { tone, title } = signatureWords({ ...good, problems, ...changes });
  return `${tone}: ${title}`;
};

describe('signature words', () => {
  test('Words_Good_NameTheIssuerAndTrustNobody', () => {
    expect(signatureWords(good)).toEqual({
      tone: 'info', title: 'Signed by Ada', detail: 'Unchanged since it was signed. The certificate was issued by Issuing. Vaultbox does not know whether to trust Issuing, which says that it was issued by Root.',
    });
    expect(signatureWords({ ...good, chain: [link('Ada', 'Issuing', 'good'), link('Issuing', 'Root', 'good'), link('Root', 'Root', 'self')] }).detail)
      .toContain('was issued by Issuing, under Root. Vaultbox does not know whether to trust Root.');
    expect(signatureWords({ ...good, chain: [link('Ada', 'Ada', 'self')] }).detail).toContain('vouches for itself');
  });

  test.each(['absent', 'unknown'] as const)('Words_Issuer%s_IsOnlyWhatTheCertificateSays', (issued) => {
    const { detail } = signatureWords({ ...good, chain: [link('Ada', 'A reputable authority', issued)] });
    expect(detail).toContain('says that it was issued by A reputable authority. That could not be checked');
    expect(detail).not.toContain('was issued by A reputable authority. Vaultbox');
  });

  test('Words_Problems_TheGravestFirst', () => {
    expect(words(['altered'])).toBe("error: The sender's signature doesn't match");
    expect(words(['sha1', 'expired', 'other-sender'])).toBe('warn: Signed by Ada, not by its sender');
    expect(words(['expired'])).toBe('warn: Signed by Ada with a certificate out of its time');
    expect(words(['usage'])).toBe('warn: Signed by Ada with a certificate not meant for it');
    expect(words(['chain'])).toContain('warn:');
    expect(words(['sha1'])).toBe('warn: Signed by Ada in an outdated way');
    expect(words(['no-certificate'], { name: null, chain: [] })).toBe('info: Signed, but not said by whom');
    expect(words(['algorithm'])).toBe('info: Signed in a way that this page cannot check');
    expect(signatureWords({ ...good, problems: ['no-address'] }).detail).toContain('nothing ties it to this sender');
  });
});

describe('the view', () => {
  test('Reader_SignedMessage_ShowsTheVerdictWithTheChainFolded', async () => {
    const element = await reading({ openMessage: async () => opened('verified', { signature: { form: 'detached', signers: [good] } }) });
    const details = element.querySelector('details');
    expect(details?.open).toBe(false);
    expect(details?.querySelector('summary')?.textContent?.trim()).toBe('Signed by Ada');
    expect([...element.querySelectorAll('.vb-chain > li strong')].map((one) => one.textContent)).toEqual(['Ada', 'Issuing']);
    expect(text(details as HTMLElement)).toContain('Says that it was issued by Root, whose certificate is not in the message');
    expect(text(details as HTMLElement)).toContain('abab abab');
  });

  test('Reader_NotSigned_ShowsNoVerdict', async () => {
    expect((await reading({ openMessage: async () => opened() })).querySelector('details')).toBeNull();
  });
});
