import { describe, expect, it } from 'vitest';
import type { OpenedSummary } from '../../../vault/client/contract.ts';
import { rowWords, senderInDoubt } from '../../../vault/elements/mail/row-words.ts';

const base = { id: 'x', uid: 1, receivedAt: '2026-11-24T10:42:00Z', size: 212_000, flags: [], outerSender: 'studio.example.org' };
const opened: OpenedSummary = {
  ...base, opened: true, from: [{ name: 'Tomas Arendt', address: 'tomas@studio.example.org' }], to: [], subject: 'Site plan', date: null, text: 'Hello', attachments: [], auth: null,
};

describe('row words', () => {
  it('rowWords_Locked_ShowsSizeAndNothingElse', () => {
    const words = rowWords({ ...base, sealed: true });
    expect(words).toMatchObject({ subject: '', text: 'Sealed · 212 KB', mark: null });
    expect(JSON.stringify(words)).not.toContain('studio');
  });

  it('rowWords_Opened_ShowsNameSubjectAndText', () => {
    expect(rowWords(opened)).toEqual({ who: 'Tomas Arendt', subject: 'Site plan', text: 'Hello', mark: null, attachments: 0, unread: true });
    expect(rowWords({ ...opened, from: [{ name: '', address: 'a@example.org' }], subject: '', flags: ['\\Seen'] })).toMatchObject({ who: 'a@example.org', subject: '(no subject)', unread: false });
  });

  it('rowWords_NotOpened_SaysWhy', () => {
    expect(rowWords({ ...base, opened: false, reason: 'key_not_held' }).subject).toBe('No key here opens this');
    expect(rowWords({ ...base, opened: false, reason: 'summary_unopened' }).mark).toBe('Check this message');
  });

  it('senderInDoubt_OnlyFailures_Count', () => {
    expect(senderInDoubt('portal; dkim=pass; dmarc=pass')).toBe(false);
    expect(senderInDoubt('portal; dkim=none; dmarc=none')).toBe(false);
    expect(senderInDoubt('portal; dkim=fail; dkim=pass')).toBe(false);
    expect(senderInDoubt('portal; dkim=pass; dmarc=fail')).toBe(true);
    expect(senderInDoubt('portal; dkim=fail')).toBe(true);
    expect(senderInDoubt(null)).toBe(false);
  });
});
