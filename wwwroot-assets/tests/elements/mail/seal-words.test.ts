import { describe, expect, it } from 'vitest';
import type { AuthResult, ReceiptReport, ReceiptVerdict } from '../../../vault/client/contract.ts';
import { isProgram, safeFileName, sealWords, signedBy } from '../../../vault/elements/mail/seal-words.ts';

const receipt = (verdict: ReceiptVerdict): ReceiptReport => ({ verdict, detail: '', receivedAt: null, isSealedBySender: false, fingerprints: [], keyId: null });
const auth = (method: string, result: string, properties: Record<string, string> = {}): AuthResult => ({ method, result, properties });

describe('seal words', () => {
  it('sealWords_AllGood_IsQuiet', () => {
    expect(sealWords({ receipt: receipt('verified'), authResults: [auth('dkim', 'pass')] })).toEqual({ tone: 'ok', parts: ['Sealed on arrival', 'DKIM pass', 'Receipt verified'] });
  });

  it('sealWords_StoredAsItCame_SaysWhoSealedIt', () => {
    expect(sealWords({ receipt: { ...receipt('verified'), isSealedBySender: true }, authResults: [] }).parts).toEqual(['Sealed by its sender', 'Receipt verified']);
  });

  it('sealWords_NothingChecked_SaysNothingOfDkim', () => {
    expect(sealWords({ receipt: receipt('verified'), authResults: [auth('dkim', 'none')] })).toEqual({ tone: 'ok', parts: ['Sealed on arrival', 'Receipt verified'] });
  });

  it('sealWords_FailedCheck_IsAmber', () => {
    expect(sealWords({ receipt: receipt('verified'), authResults: [auth('dkim', 'fail')] }).tone).toBe('warn');
    expect(sealWords({ receipt: receipt('verified'), authResults: [auth('dkim', 'pass'), auth('dmarc', 'fail')] }).tone).toBe('warn');
  });

  it('sealWords_NoGoodReceipt_IsRedWhateverDkimSays', () => {
    for (const verdict of ['invalid', 'missing', 'key-changed'] as const) {
      expect(sealWords({ receipt: receipt(verdict), authResults: [auth('dkim', 'pass')] }).tone).toBe('error');
    }
  });

  it('signedBy_Pass_NamesTheDomain', () => {
    expect(signedBy([auth('dkim', 'fail', { 'header.d': 'evil.example' }), auth('dkim', 'pass', { 'header.d': 'studio.example.org', 'header.s': 'mail2026' })]))
      .toEqual({ domain: 'studio.example.org', selector: 'mail2026' });
    expect(signedBy([auth('dkim', 'fail', { 'header.d': 'evil.example' })])).toBeNull();
  });

  it('isProgram_HiddenBehindAnotherEnding_IsStillFound', () => {
    expect(['report.pdf.exe', 'a.LNK', 'x.docm', 'page.html', 'run.sh ']. every(isProgram)).toBe(true);
    expect(['plan.pdf', 'notes.odt', 'README'].some(isProgram)).toBe(false);
  });

  it('safeFileName_PathsAndDirectionMarks_AreTakenOut', () => {
    expect(safeFileName('../../etc/passwd')).toBe('.._.._etc_passwd');
    expect(safeFileName('invoice\u202Efdp.exe')).toBe('invoicefdp.exe');
    expect(safeFileName(' .. ')).toBe('attachment');
  });
});
