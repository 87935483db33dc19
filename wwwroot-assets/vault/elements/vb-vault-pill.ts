// The vault's state in the app bar: locked, unlocked with the time left, or ending.
import { html, nothing, type TemplateResult } from 'lit';
import { Island, icon, uniqueId } from './island.ts';
import { openUnlockDialog } from './unlock-dialog.ts';
import { pillWords, type PillWords } from './words.ts';
import type { VaultEvent, VaultState } from '../client/contract.ts';

const idleChoices = [5, 15, 30, 60] as const;

export class VaultPill extends Island {
  readonly #menuId = uniqueId('vb-pill-menu');
  #announced = false;

  protected override vaultChanged(_state: VaultState, _event: VaultEvent | null): void {
    this.#announced = false;
    this.querySelector<HTMLElement>(`#${this.#menuId}:popover-open`)?.hidePopover();
  }

  protected override render(): TemplateResult {
    const words = pillWords(this.startFailure === null ? this.vaultState : { name: 'none', lockAt: null, idleMinutes: 0, keepUnlocked: false }, this.msLeft);
    if (words.kind === 'ending') this.#announced = true;
    else if (words.kind === 'unlocked') this.#announced = false;
    return html`${this.#pill(words)}
      <span class="vb-visually-hidden" role="status">${this.#announced ? 'Your vault locks in one minute.' : ''}</span>`;
  }

  #pill(words: PillWords): TemplateResult {
    switch (words.kind) {
      case 'waiting':
        return html`<span class="vb-pill vb-pill-waiting" aria-hidden="true">${icon('lock')}<span class="vb-pill-text">Vault</span></span>`;
      case 'none':
        return html`<span class="vb-pill" title="Keys are made with your first vaultbox">${icon('key-round')}${worded(words)}</span>`;
      case 'locked':
        return html`<button type="button" class="vb-pill vb-pill-locked" aria-haspopup="dialog" @click=${() => openUnlockDialog(this)}>
          ${icon('lock')}${worded(words)}</button>`;
      case 'ending':
        return html`<span class="vb-pill vb-pill-ending">${icon('timer')}<span class="vb-num">${words.text}</span>
          <button type="button" class="vb-pill-action" @click=${() => this.#stay()}>Stay unlocked</button></span>`;
      case 'unlocked':
        return this.#unlocked(words);
    }
  }

  #unlocked(words: PillWords): TemplateResult {
    return html`<button type="button" class="vb-pill vb-pill-unlocked" popovertarget=${this.#menuId}>
        ${icon('lock-open')}<span class="vb-pill-text">${words.text}</span>
        ${words.time === null ? nothing : html`<span class="vb-pill-time"><span class="vb-pill-long">locks in </span>${words.time}</span>`}
      </button>
      <div id=${this.#menuId} popover class="vb-menu vb-pill-menu" @toggle=${(e: ToggleEvent) => this.#placed(e)}>
        <button type="button" class="vb-menu-item" @click=${() => void this.session.vault.lock()}>
          ${icon('lock', 'vb-icon-16')}<span class="vb-spacer">Lock now</span><span aria-hidden="true"><kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>L</kbd></span></button>
        <fieldset class="vb-pill-idle"><legend class="vb-menu-caption">Lock when idle for</legend>
          ${idleChoices.map((minutes) => this.#idleChoice(minutes))}
        </fieldset>
      </div>`;
  }

  #idleChoice(minutes: number): TemplateResult {
    const label = minutes === 60 ? '1 hour' : `${minutes} minutes`;
    return html`<label class="vb-menu-item"><input type="radio" name="${this.#menuId}-idle" .checked=${this.vaultState?.idleMinutes === minutes}
      @change=${() => this.#idle(minutes)}>${label}</label>`;
  }

  #idle(minutes: number): void {
    this.session.vault.setIdleMinutes(minutes);
    this.vaultState = this.session.vault.state();
    this.requestUpdate();
  }

  #stay(): void {
    this.session.vault.touch();
  }

  /** Under the pill, inside the window. */
  #placed(event: ToggleEvent): void {
    const menu = event.target;
    if (event.newState !== 'open' || !(menu instanceof HTMLElement)) return;
    const box = this.getBoundingClientRect();
    menu.style.top = `${box.bottom + 6}px`;
    menu.style.right = `${Math.max(8, document.documentElement.clientWidth - box.right)}px`;
    menu.querySelector<HTMLElement>('button')?.focus();
  }
}

/** The brief words are for the eye: a reader is told the full ones. */
const worded = (words: PillWords): TemplateResult => words.brief === words.text
  ? html`<span>${words.text}</span>`
  : html`<span class="vb-pill-full">${words.text}</span><span class="vb-pill-brief" aria-hidden="true">${words.brief}</span>`;
