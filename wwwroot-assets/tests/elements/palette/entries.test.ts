import { describe, expect, it } from 'vitest';
import type { ApiVaultbox } from '../../../vault/core/api-types.ts';
import { commands, matching, ofMessage, ofVaultbox, pages } from '../../../vault/elements/palette/entries.ts';

const box = (change: Partial<ApiVaultbox> = {}): ApiVaultbox => ({
  id: 'b1', domain: 'vault.test', name: 'Everyday mail', alias: 'mara', address: 'mara@vault.test', status: 'active', createdAt: '', messageCount: 1,
  lastMailAt: null, keyCount: 1, needsKey: false, hasPortalKey: true, expiresAt: null, ...change,
});

const titles = (question: string, entries = [...commands('unlocked'), ...pages(false), ...ofVaultbox(box())]): string[] =>
  matching(entries, question).flatMap((section) => section.entries.map((entry) => entry.title));

describe('palette entries', () => {
  it('matching_NothingTyped_OffersCommandsAndPagesButNoMail', () => {
    const mail = ofMessage('b1', { id: 'm1', uid: 1, receivedAt: '', size: 1, flags: [], outerSender: null, opened: true, from: [{ name: '', address: 'o@x.org' }], to: [], subject: 'Plans', date: null, text: '', attachments: [], auth: null });
    const groups = matching([...commands('locked'), ...pages(false), mail], '').map((section) => section.label);
    expect(groups).toEqual(['Do', 'Go to']);
    expect(matching([mail], 'plans')[0]?.entries[0]?.run).toEqual({ href: '/mail/b1/m1' });
  });

  it('matching_EachWord_MustOccurSomewhere', () => {
    expect(titles('everyday keys')).toEqual(['Everyday mail, Keys']);
    expect(titles('mara@vault.test settings')).toEqual(['Everyday mail, Settings']);
    expect(titles('keys nowhere')).toEqual([]);
  });

  it('matching_CaseAndAccents_DoNotCount', () => {
    expect(titles('CAFE MAIL', [...ofVaultbox(box({ name: 'Café' }))])).toContain('Café, Mail');
  });

  it('matching_TitleBeginning_ComesBeforeTheRest', () => {
    expect(titles('se')[0]).toBe('Sending');
    expect(titles('passkeys')).toEqual(['Sign-in and security']);
  });

  it('commands_ByTheVault_LockOrUnlock', () => {
    expect(commands('unlocked').map((e) => e.title)).toContain('Lock the vault now');
    expect(commands('locked').map((e) => e.title)).toContain('Unlock the vault');
    expect(commands('none').map((e) => e.icon)).not.toContain('lock');
  });

  it('ofVaultbox_WithoutKey_OffersToMakeIt', () => {
    expect(ofVaultbox(box({ needsKey: true }))[0]?.run).toEqual({ href: '/vaultboxes/b1/keys-setup' });
    expect(ofVaultbox(box()).some((e) => e.group === 'do')).toBe(false);
  });

  it('pages_OfAnAdmin_AreForAnAdminAlone', () => {
    expect(pages(true).some((e) => e.title === 'Users')).toBe(true);
    expect(pages(false).some((e) => e.title === 'Users')).toBe(false);
  });

  it('matching_ManyHits_ShowsFewOfEach', () => {
    const many = Array.from({ length: 50 }, (_, i) => box({ id: `b${i}`, name: `Box ${i}` })).flatMap(ofVaultbox);
    expect(matching(many, 'box')[0]?.entries.length).toBe(8);
  });
});
