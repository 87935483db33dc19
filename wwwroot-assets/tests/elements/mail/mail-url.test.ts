import { describe, expect, it } from 'vitest';
import { mailUrl, readMailUrl } from '../../../vault/elements/mail/mail-url.ts';

const box = '11111111-2222-4333-8444-555555555555';
const message = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

describe('mail URL', () => {
  it('readMailUrl_EveryPlace_ComesBackTheSame', () => {
    for (const place of [{ vaultboxId: null, messageId: null }, { vaultboxId: box, messageId: null }, { vaultboxId: box, messageId: message }]) {
      expect(readMailUrl(mailUrl(place))).toEqual(place);
    }
  });

  it('readMailUrl_NoIds_AreIgnored', () => {
    expect(readMailUrl('/mail/../admin/x')).toEqual({ vaultboxId: null, messageId: null });
    expect(readMailUrl(`/mail/${box}/"><img>`)).toEqual({ vaultboxId: box, messageId: null });
    expect(readMailUrl(`/vaultboxes/${box}`)).toEqual({ vaultboxId: null, messageId: null });
  });

  it('readMailUrl_UpperCase_IsFolded', () => {
    expect(readMailUrl(`/mail/${box}/${message.toUpperCase()}/`).messageId).toBe(message);
  });
});
