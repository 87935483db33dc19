// The Keys step of a new vaultbox: keys are made at once, here; a passphrase locks them; only then does anything leave.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Island, alertBox, icon, uniqueId } from './island.ts';
import { madeHere, noReset, strengthMeter } from './key-setup-view.ts';
import { passphraseInput, wipeInputs } from './passphrase-input.ts';
import { StepUp } from './step-up.ts';
import { trouble, type Trouble } from './words.ts';
import type { GeneratedKeys, KeyGenerationProgress, KeyGenerationStep, StoredKeys, VaultEvent, VaultState } from '../client/contract.ts';

export class KeySetup extends Island {
  @property({ attribute: 'vaultbox-id' }) vaultboxId = '';
  @property() address = '';
  /** Where the next step is; without it the step after is left to the listener of `vb-keys-stored`. */
  @property() next = '';
  @state() private progress: ReadonlyMap<KeyGenerationStep, KeyGenerationProgress> = new Map();
  @state() private generated: GeneratedKeys | null = null;
  @state() private stored: StoredKeys | null = null;
  @state() private failure: Trouble | null = null;
  @state() private passphrase = '';
  @state() private again = '';
  @state() private shown = false;
  @state() private working = false;
  @state() private asked = false;
  @state() private ownCertificate = false;
  @state() private suggested = '';
  readonly #id = uniqueId('vb-keys');
  readonly #stepUp = new StepUp(this, () => void this.#send());
  #making = false;
  /** Another passphrase than that of an existing vault cannot be chosen here. */
  #newVault = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override vaultChanged(vault: VaultState, event: VaultEvent | null): void {
    if (this.stored !== null) return;
    this.#newVault = vault.name === 'none';
    if (vault.name === 'unlocked' && this.querySelector('vb-unlock')?.contains(document.activeElement) === true) {
      this.requestUpdate();
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('h2')?.focus());
    }
    // Locking ends the worker, and with it keys that were not stored yet.
    if (event !== null && vault.name === 'locked') this.generated = null;
    if (vault.name !== 'locked' && this.generated === null) void this.#make();
  }

  protected override render(): TemplateResult {
    if (this.startFailure !== null) return this.#problem(trouble(this.startFailure));
    if (this.ownCertificate) return this.#own();
    const made = madeHere({ progress: this.progress, generated: this.generated, stored: this.stored !== null });
    // A page that gives its own card and its own words around it gets the form and the list alone.
    if (this.#inCard()) return html`<div class="vb-setup-inside">${this.#main()}${made}</div>`;
    return html`<div class="vb-setup"><div class="vb-card vb-card-raised vb-setup-main">${this.#main()}</div>
      <div class="vb-setup-side">${made}${noReset()}</div></div>`;
  }

  #main(): TemplateResult {
    if (this.stored !== null) return this.#done();
    if (this.vaultState?.name === 'locked') {
      return html`<vb-unlock reason="Your account already has a passphrase. Unlock with it, and the new keys are locked with the same one."></vb-unlock>`;
    }
    const ready = this.generated !== null;
    return html`<form class="vb-setup-form" novalidate aria-labelledby="${this.#id}-title" @submit=${(e: Event) => void this.#store(e)}>
      <div><h2 class="vb-setup-title" id="${this.#id}-title" tabindex="-1">${ready ? 'Your keys are made. Now lock them.' : 'Making your keys'}</h2>
        <p class="vb-muted">${this.#newVault ? 'The passphrase opens your mail every day. It never leaves this browser.' : 'Your vault is open, so they are locked with the passphrase you already have.'}</p></div>
      ${this.#newVault ? this.#fields() : nothing}
      ${this.failure === null ? nothing : this.#problem(this.failure)}${this.#stepUp.card()}
      <div class="vb-card-foot">${this.#inCard() ? html`<span></span>`
          : html`<button type="button" class="vb-button vb-button-quiet" @click=${() => (this.ownCertificate = true)}>Use my own certificate</button>`}
        <button type="submit" class="vb-button vb-button-primary" aria-disabled=${this.working || !ready ? 'true' : 'false'}>
          ${this.working ? html`${icon('loader-circle', 'vb-spin')}Locking your keys` : html`Lock and store keys${icon('arrow-right')}`}</button></div>
    </form>`;
  }

  #fields(): TemplateResult {
    const strength = this.session.vault.passphraseStrength(this.passphrase);
    const same = this.again !== '' && this.again === this.passphrase;
    const weak = this.asked && !strength.ok;
    const differs = this.asked && strength.ok && !same;
    return html`<div class="vb-setup-pair">
        ${passphraseInput({ id: `${this.#id}-pass`, label: 'Passphrase', shown: this.shown, invalid: weak, describedBy: `${this.#id}-strength`, fresh: true,
          onInput: (v) => (this.passphrase = v), onToggle: () => (this.shown = !this.shown) })}
        ${passphraseInput({ id: `${this.#id}-again`, label: 'Again', shown: this.shown, invalid: differs, describedBy: `${this.#id}-differs`, fresh: true,
          onInput: (v) => (this.again = v), onToggle: null, mark: same ? html`<span class="vb-input-mark">${icon('check')}<span class="vb-visually-hidden">Matches</span></span>` : nothing })}
      </div>
      <div class="vb-setup-strength">${strengthMeter(strength, this.passphrase === '', `${this.#id}-strength`)}
        <button type="button" class="vb-button vb-button-link" @click=${() => this.#suggest()}>${this.passphrase === '' ? 'Suggest one' : 'Suggest another'}</button></div>
      ${this.suggested === '' || this.suggested !== this.passphrase ? nothing : html`<div class="vb-suggested"><span class="vb-label">Write it down, then type it again</span>
        <output class="vb-once-secret">${this.suggested}</output></div>`}
      <p id="${this.#id}-differs" class="vb-field-error" role="alert">${differs ? html`${icon('circle-alert', 'vb-icon-16')}The two don't match. Type the same passphrase in both.` : nothing}</p>`;
  }

  #done(): TemplateResult {
    return html`<div class="vb-setup-form" role="status"><span class="vb-tile">${icon('circle-check')}</span>
      <div><h2 class="vb-setup-title" tabindex="-1">Your keys are locked and stored</h2>
        <p class="vb-muted">Mail to ${this.address} is sealed to them from now on. Keep the passphrase somewhere safe.</p></div>
      ${this.next === '' ? nothing : html`<div class="vb-card-foot"><span></span><a class="vb-button vb-button-primary" href=${this.next}>Continue${icon('arrow-right')}</a></div>`}</div>`;
  }

  #own(): TemplateResult {
    return html`<div class="vb-setup"><div class="vb-card vb-card-raised vb-setup-main">
      <button type="button" class="vb-button vb-button-quiet vb-setup-back" @click=${() => (this.ownCertificate = false)}>${icon('arrow-left')}Make keys in this browser instead</button>
      <div><h2 class="vb-setup-title">Upload a certificate</h2><p class="vb-muted">PEM or DER, the public part alone. Your private key stays where it is.</p></div>
      <vb-certificate-upload vaultbox-id=${this.vaultboxId} next=${this.next}></vb-certificate-upload></div>
      <div class="vb-setup-side"><div class="vb-alert vb-alert-info">${icon('info')}<div><strong>Read in your mail client.</strong><br>
        Mail is sealed to your certificate. Only the client that holds its private key opens it; this browser cannot.</div></div></div></div>`;
  }

  #problem(failure: Trouble): TemplateResult {
    const again = this.generated === null && this.stored === null
      ? html`<button type="button" class="vb-button vb-button-sm" @click=${() => void this.#make()}>Make keys again</button>` : nothing;
    return alertBox('error', failure.what, failure.next, again);
  }

  async #make(): Promise<void> {
    if (this.#making) return;
    this.#making = true;
    this.failure = null;
    this.progress = new Map();
    try {
      this.generated = await this.session.vault.generateKeys({ vaultboxId: this.vaultboxId, address: this.address }, (p) => {
        this.progress = new Map(this.progress).set(p.step, p);
      });
    } catch (error) {
      this.failure = trouble(error);
    } finally {
      this.#making = false;
    }
  }

  #suggest(): void {
    const words = this.session.vault.suggestPassphrase();
    const inputs = this.querySelectorAll<HTMLInputElement>('.vb-setup-pair input');
    if (inputs[0] !== undefined) inputs[0].value = words;
    if (inputs[1] !== undefined) inputs[1].value = '';
    this.passphrase = words;
    this.suggested = words;
    this.again = '';
    this.shown = true;
    inputs[1]?.focus();
  }

  async #store(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working || this.generated === null) return;
    this.asked = true;
    if (this.#newVault && (!this.session.vault.passphraseStrength(this.passphrase).ok || this.again !== this.passphrase)) {
      await this.updateComplete;
      this.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
      return;
    }
    await this.#send();
  }

  async #send(): Promise<void> {
    if (this.working || this.generated === null) return;
    this.working = true;
    this.failure = null;
    try {
      const options = { vaultboxId: this.vaultboxId, address: this.address };
      this.stored = await this.session.vault.lockAndStoreKeys(this.#newVault ? { ...options, passphrase: this.passphrase } : options);
      this.#forget();
      this.#stepUp.done();
      this.dispatchEvent(new CustomEvent('vb-keys-stored', { bubbles: true, detail: { vaultboxId: this.stored.vaultboxId, fingerprints: this.stored.fingerprints } }));
      await this.updateComplete;
      this.querySelector<HTMLElement>('h2')?.focus();
    } catch (error) {
      if (this.#stepUp.takes(error)) return;
      this.#stepUp.done();
      this.failure = trouble(error);
      if (this.failure.code === 'keys_not_generated') this.generated = null;
    } finally {
      this.working = false;
    }
  }

  readonly #inCard = (): boolean => this.closest('.vb-card') !== null;

  #forget(): void {
    this.passphrase = '';
    this.again = '';
    this.suggested = '';
    this.shown = false;
    wipeInputs(this);
  }
}
