// The two fields of a passphrase to be: how strong it is, a suggestion, and typed again. Part of an element, which asks it when it acts.
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { icon, uniqueId } from './island.ts';
import { strengthMeter } from './key-setup-view.ts';
import { passphraseInput } from './passphrase-input.ts';
import type { PassphraseStrength, VaultClient } from '../client/contract.ts';

type Host = ReactiveControllerHost & HTMLElement;

export class NewPassphrase implements ReactiveController {
  value = '';
  #again = '';
  #suggested = '';
  #shown = false;
  #asked = false;
  readonly #id = uniqueId('vb-new-pass');

  constructor(private readonly host: Host, private readonly vault: () => VaultClient, private readonly labels: readonly [first: string, again: string] = ['Passphrase', 'Again']) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.forget();
  }

  /** Strong, and typed twice the same. */
  get ok(): boolean {
    return this.#strength.ok && this.#again === this.value;
  }

  /** Says what is missing and puts the focus there; false when something was. */
  async insist(): Promise<boolean> {
    this.#asked = true;
    this.host.requestUpdate();
    if (this.ok) return true;
    await this.host.updateComplete;
    this.host.querySelector<HTMLElement>('[data-vb-new] [aria-invalid=true]')?.focus();
    return false;
  }

  forget(): void {
    this.value = '';
    this.#again = '';
    this.#suggested = '';
    this.#shown = false;
    this.#asked = false;
    for (const input of this.#inputs) input.value = '';
    this.host.requestUpdate();
  }

  fields(): TemplateResult {
    const strength = this.#strength;
    const same = this.#again !== '' && this.#again === this.value;
    const weak = this.#asked && !strength.ok;
    const differs = this.#asked && strength.ok && !same;
    return html`<div class="vb-new-passphrase" data-vb-new><div class="vb-setup-pair">
        ${passphraseInput({ id: `${this.#id}-pass`, label: this.labels[0], shown: this.#shown, invalid: weak, describedBy: `${this.#id}-strength`, fresh: true,
          onInput: (v) => this.#set(() => (this.value = v)), onToggle: () => this.#set(() => (this.#shown = !this.#shown)) })}
        ${passphraseInput({ id: `${this.#id}-again`, label: this.labels[1], shown: this.#shown, invalid: differs, describedBy: `${this.#id}-differs`, fresh: true,
          onInput: (v) => this.#set(() => (this.#again = v)), onToggle: null,
          mark: same ? html`<span class="vb-input-mark">${icon('check')}<span class="vb-visually-hidden">Matches</span></span>` : nothing })}
      </div>
      <div class="vb-setup-strength">${strengthMeter(strength, this.value === '', `${this.#id}-strength`)}
        <button type="button" class="vb-button vb-button-link" @click=${() => this.#suggest()}>${this.value === '' ? 'Suggest one' : 'Suggest another'}</button></div>
      ${this.#suggested === '' || this.#suggested !== this.value ? nothing : html`<div class="vb-suggested"><span class="vb-label">Write it down, then type it again</span>
        <output class="vb-once-secret">${this.#suggested}</output></div>`}
      <p id="${this.#id}-differs" class="vb-field-error" role="alert">${differs ? html`${icon('circle-alert', 'vb-icon-16')}The two don't match. Type the same passphrase in both.` : nothing}</p></div>`;
  }

  get #strength(): PassphraseStrength {
    return this.vault().passphraseStrength(this.value);
  }

  get #inputs(): readonly HTMLInputElement[] {
    return [...this.host.querySelectorAll<HTMLInputElement>('[data-vb-new] input')];
  }

  #set(change: () => void): void {
    change();
    this.host.requestUpdate();
  }

  #suggest(): void {
    const words = this.vault().suggestPassphrase();
    const [first, again] = this.#inputs;
    if (first !== undefined) first.value = words;
    if (again !== undefined) again.value = '';
    this.#set(() => {
      this.value = words;
      this.#suggested = words;
      this.#again = '';
      this.#shown = true;
    });
    again?.focus();
  }
}
