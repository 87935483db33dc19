// Another mail key for a vaultbox that has keys made here. Made and locked in this browser; the vault must be open for that.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Island, alertBox, icon, uniqueId } from './island.ts';
import { keyAdded } from './key-added-view.ts';
import { StepUp } from './step-up.ts';
import { trouble, type Trouble } from './words.ts';
import type { AddedMailKey } from '../client/contract.ts';

export class KeyAdd extends Island {
  @property({ attribute: 'vaultbox-id' }) vaultboxId = '';
  @property() address = '';
  @property() next = '';
  @state() private name = '';
  @state() private working = false;
  @state() private made: AddedMailKey | null = null;
  @state() private failure: Trouble | null = null;
  readonly #id = uniqueId('vb-key-add');
  readonly #stepUp = new StepUp(this, () => void this.#make());

  protected override render(): TemplateResult {
    if (this.startFailure !== null) return this.#problem(trouble(this.startFailure));
    if (this.made !== null) return keyAdded('The key is made, locked and stored', this.made, this.address, this.next);
    if (this.vaultState?.name === 'locked') return html`<vb-unlock reason="The new key is locked with the passphrase that you have. Unlock your vault to make it."></vb-unlock>`;
    if (this.vaultState?.name === 'none') return html`<p class="vb-muted">This account has no keys yet. Make all of them first.</p>`;
    return html`<form class="vb-setup-form" novalidate aria-label="New key" @submit=${(e: Event) => this.#submitted(e)}>
      <div class="vb-field"><label for="${this.#id}-name">Name <span class="vb-muted">(optional)</span></label>
        <input id="${this.#id}-name" type="text" maxlength="100" autocomplete="off" placeholder="Laptop 2027" .value=${this.name}
          @input=${(e: InputEvent) => e.target instanceof HTMLInputElement && (this.name = e.target.value)}>
        <p class="vb-hint">What will use it, so that you recognise it later.</p></div>
      ${this.failure === null ? nothing : this.#problem(this.failure)}${this.#stepUp.card()}
      <div class="vb-card-foot"><span></span><button type="submit" class="vb-button vb-button-primary" aria-disabled=${this.working ? 'true' : 'false'}>
        ${this.working ? html`${icon('loader-circle', 'vb-spin')}Making the key` : 'Make the key'}</button></div></form>`;
  }

  readonly #problem = (failure: Trouble): TemplateResult => alertBox('error', failure.what, failure.next);

  #submitted(event: Event): void {
    event.preventDefault();
    void this.#make();
  }

  async #make(): Promise<void> {
    if (this.working || this.made !== null) return;
    this.working = true;
    this.failure = null;
    try {
      this.made = await this.session.vault.addMailKey({ vaultboxId: this.vaultboxId, address: this.address, name: this.name });
      this.#stepUp.done();
      this.dispatchEvent(new CustomEvent('vb-key-added', { bubbles: true, detail: { vaultboxId: this.vaultboxId, fingerprint: this.made.fingerprint } }));
      await this.updateComplete;
      this.querySelector<HTMLElement>('h2')?.focus();
    } catch (error) {
      if (this.#stepUp.takes(error)) return;
      this.#stepUp.done();
      this.failure = trouble(error);
    } finally {
      this.working = false;
    }
  }
}
