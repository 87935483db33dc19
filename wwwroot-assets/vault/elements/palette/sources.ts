// What the palette knows of this account: fetched when it is first opened, and again after a minute. The question is never sent.
import type { ApiVaultbox } from '../../core/api-types.ts';
import { ofMessage, ofVaultbox, type Entry } from './entries.ts';
import type { Session } from '../session.ts';

const freshMs = 60_000;
/** More vaultboxes are found by the page that lists them. */
const mostVaultboxes = 1_000;
/** Of the vaultboxes with the newest mail, so many messages each. */
const searched = { vaultboxes: 5, messages: 200 } as const;

export class Sources {
  vaultboxes: readonly Entry[] = [];
  mail: readonly Entry[] = [];
  #boxes: readonly ApiVaultbox[] = [];
  #fetchedAt = 0;
  #opening: Promise<void> | null = null;

  constructor(private readonly changed: () => void) {}

  async load(session: Session): Promise<void> {
    if (Date.now() - this.#fetchedAt < freshMs) return;
    this.#fetchedAt = Date.now();
    try {
      const boxes: ApiVaultbox[] = [];
      let after: string | null = null;
      do {
        const page = await session.api.vaultboxes(after);
        boxes.push(...page.items);
        after = page.next;
      } while (after !== null && boxes.length < mostVaultboxes);
      this.#boxes = boxes;
      this.vaultboxes = boxes.flatMap(ofVaultbox);
      this.changed();
    } catch {
      // Pages and commands are still there; the next opening asks again.
      this.#fetchedAt = 0;
    }
  }

  /** Opened in this browser, while the vault is unlocked. */
  openMail(session: Session): void {
    if (session.vault.state().name !== 'unlocked' || this.mail.length > 0) return;
    this.#opening ??= this.#open(session).finally(() => (this.#opening = null));
  }

  forgetMail(): void {
    this.mail = [];
  }

  async #open(session: Session): Promise<void> {
    const newest = [...this.#boxes].filter((box) => box.lastMailAt !== null)
      .sort((a, b) => (b.lastMailAt ?? '').localeCompare(a.lastMailAt ?? '')).slice(0, searched.vaultboxes);
    const found: Entry[] = [];
    for (const box of newest) {
      const page = await session.vault.listSummaries(box.id, { limit: searched.messages }).catch(() => null);
      for (const row of page?.items ?? []) if (row.opened) found.push(ofMessage(box.id, row));
    }
    if (session.vault.state().name !== 'unlocked') return;
    this.mail = found;
    this.changed();
  }
}
