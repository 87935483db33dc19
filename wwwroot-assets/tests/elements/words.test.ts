import { describe, expect, it } from 'vitest';
import { VaultError, type VaultState } from '../../vault/client/contract.ts';
import { fileSize, inFours, pillWords, shortPrint, trouble, waitingWords } from '../../vault/elements/words.ts';

const state = (name: VaultState['name']): VaultState => ({ name, lockAt: name === 'unlocked' ? 1 : null, idleMinutes: 15, keepUnlocked: true });

describe('words', () => {
  it('pillWords_EachState_SaysSo', () => {
    expect(pillWords(null, null).kind).toBe('waiting');
    expect(pillWords(state('none'), null)).toMatchObject({ text: 'No keys in this view', brief: 'No keys here' });
    expect(pillWords(state('locked'), null)).toMatchObject({ text: 'Vault locked', brief: 'Locked' });
    expect(pillWords(state('unlocked'), 14 * 60_000)).toMatchObject({ kind: 'unlocked', text: 'Unlocked', time: '14 min' });
  });

  it('pillWords_LastMinute_CountsDown', () => {
    expect(pillWords(state('unlocked'), 60_001).kind).toBe('unlocked');
    expect(pillWords(state('unlocked'), 42_000)).toMatchObject({ kind: 'ending', text: 'Locks in 0:42', time: '0:42' });
  });

  it('trouble_WrongPassphrase_SaysWhatAndNext', () => {
    expect(trouble(new VaultError('passphrase_wrong', 'internal wording'))).toEqual({
      what: "That passphrase didn't open your keys.", next: 'Check capitals and spaces, then try again.', code: 'passphrase_wrong',
    });
  });

  it('trouble_CodeOfTheServer_KeepsItsSentence', () => {
    expect(trouble(new VaultError('key_too_small', 'RSA-1024 is too short.')).what).toBe('RSA-1024 is too short.');
  });

  it('trouble_AnythingElse_ShowsNothingInternal', () => {
    expect(trouble(new TypeError('x is undefined')).what).toBe('This did not work.');
  });

  it('waitingWords_Counts_AgreeInNumber', () => {
    expect(waitingWords(1)).toContain('1 sealed message is waiting. Unlock to read it here.');
    expect(waitingWords(5190)).toContain('5,190 sealed messages are waiting. Unlock to read them here.');
    expect(waitingWords(0)).not.toMatch(/\d/);
  });

  it('fingerprints_InFours_LoseNothing', () => {
    expect(inFours('0123456789ab')).toBe('0123 4567 89ab');
    expect(shortPrint('4a1c9f07d3e2b1a09f2cd2e8')).toBe('4a1c 9f07 … d2e8');
  });

  it('fileSize_Units_AreDecimal', () => {
    expect([fileSize(1), fileSize(999), fileSize(212_400), fileSize(2_400_000)]).toEqual(['1 byte', '999 bytes', '212 KB', '2.4 MB']);
  });
});
