import { describe, expect, it } from 'vitest';
import { VaultError, type OpenedSummary, type SummaryPage } from '../../../vault/client/contract.ts';
import type { Session } from '../../../vault/elements/session.ts';
import { Mailbox } from '../../../vault/elements/mail/mailbox.ts';

const row = (n: number, flags: readonly string[] = []): OpenedSummary => ({
  id: `m${n}`, uid: n, receivedAt: '2026-11-24T10:42:00Z', size: 10, flags, outerSender: null, opened: true,
  from: [{ name: 'Canary', address: 'c@example.org' }], to: [], subject: 'secret subject', date: null, text: 'secret text', attachments: [], auth: null,
});

class Box {
  rows: OpenedSummary[] = [];
  locked = false;
  fail = false;
  readonly flagged: string[] = [];
  hold: Promise<void> = Promise.resolve();

  mailbox(): Mailbox {
    const page = async (after: string | null | undefined, limit = 100): Promise<SummaryPage> => {
      const from = after == null ? 0 : Number(after);
      const items = this.rows.slice(from, from + limit);
      const next = from + limit < this.rows.length ? String(from + limit) : null;
      await this.hold;
      if (this.fail) throw new VaultError('network', '');
      return { items, next };
    };
    const vault = {
      state: () => ({ name: this.locked ? 'locked' : 'unlocked', lockAt: null, idleMinutes: 15, keepUnlocked: true }),
      listSummaries: (_id: string, options: { after?: string | null; limit?: number }) => page(options.after, options.limit),
      setFlags: (id: string, flags: readonly string[]) => Promise.resolve(void this.flagged.push(`${id} ${flags.join(' ')}`)),
    };
    const api = {
      summaries: async (_id: string, options: { after?: string | null; limit?: number }) => {
        const { items, next } = await page(options.after, options.limit);
        return { items: items.map((r) => ({ id: r.id, uid: r.uid, receivedAt: r.receivedAt, size: r.size, flags: r.flags, contentSha256: '', summary: null, sender: null })), next };
      },
    };
    return new Mailbox('box', { vault, api } as unknown as Session, () => undefined);
  }
}

const ids = (mailbox: Mailbox): string[] => mailbox.rows.map((r) => r.id);

describe('mailbox', () => {
  it('more_SecondPage_FollowsTheFirst', async () => {
    const box = new Box();
    box.rows = Array.from({ length: 150 }, (_, i) => row(i));
    const mailbox = box.mailbox();
    await mailbox.load();
    expect(mailbox.rows.length).toBe(100);
    await mailbox.more();
    await mailbox.more();
    expect(ids(mailbox)).toEqual(box.rows.map((r) => r.id));
  });

  it('refresh_NewMail_StandsOnTopOnce', async () => {
    const box = new Box();
    box.rows = [row(1), row(2)];
    const mailbox = box.mailbox();
    await mailbox.load();
    box.rows = [row(0), row(1, ['\\Seen']), row(2)];
    expect(await mailbox.refresh()).toBe(1);
    expect(await mailbox.refresh()).toBe(0);
    expect(ids(mailbox)).toEqual(['m0', 'm1', 'm2']);
    expect(mailbox.unread).toBe(2);
  });

  it('refresh_MoreThanAPageIsNew_LeavesNoHole', async () => {
    const box = new Box();
    box.rows = [row(500)];
    const mailbox = box.mailbox();
    await mailbox.load();
    box.rows = [...Array.from({ length: 120 }, (_, i) => row(i)), row(500)];
    await mailbox.refresh();
    await mailbox.more();
    expect(ids(mailbox)).toEqual(box.rows.map((r) => r.id));
  });

  it('seal_OpenedRows_AreForgottenAtOnce', async () => {
    const box = new Box();
    box.rows = [row(1)];
    const mailbox = box.mailbox();
    await mailbox.load();
    box.locked = true;
    mailbox.seal();
    expect(JSON.stringify(mailbox.rows)).not.toMatch(/secret|Canary/);
    await mailbox.load();
    expect(JSON.stringify(mailbox.rows)).not.toMatch(/secret|Canary/);
  });

  it('seal_AnswerStillUnderWay_IsDropped', async () => {
    const box = new Box();
    box.rows = [row(1)];
    let release: () => void = () => undefined;
    box.hold = new Promise((resolve) => (release = resolve));
    const mailbox = box.mailbox();
    const loading = mailbox.load();
    mailbox.seal();
    release();
    await loading;
    expect(mailbox.rows).toEqual([]);
    expect(mailbox.status).toBe('loading');
  });

  it('load_Failure_IsKeptInWords', async () => {
    const box = new Box();
    box.fail = true;
    const mailbox = box.mailbox();
    await mailbox.load();
    expect(mailbox.status).toBe('failed');
    expect(mailbox.failure?.code).toBe('network');
  });

  it('markSeen_SeenAlready_SendsNothing', async () => {
    const box = new Box();
    box.rows = [row(1), row(2, ['\\Seen'])];
    const mailbox = box.mailbox();
    await mailbox.load();
    await mailbox.markSeen('m1');
    await mailbox.markSeen('m1');
    await mailbox.markSeen('m2');
    expect(box.flagged).toEqual(['m1 \\Seen']);
    expect(mailbox.unread).toBe(0);
  });
});
