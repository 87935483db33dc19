// The Keys step of a new vaultbox: keys are made at once, here; a passphrase and, for an account's first ones, a recovery kit lock them;
// only then does anything leave.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Island, alertBox, icon, uniqueId } from './island.ts';
import { madeHere, noReset } from './key-setup-view.ts';
import { NewPassphrase } from './new-passphrase.ts';
import { StepUp } from './step-up.ts';
import { trouble, type Trouble } from './words.ts';
import type { GeneratedKeys, KeyGenerationProgress, KeyGenerationStep, StoredKeys, VaultEvent, VaultState } from '../client/contract.ts';

export class KeySetup extends Island {
  @property({ attribute: 'vaultbox-id' }) vaultboxId = '';
  @property() address = '';
  /** Where the next step is; without it the step after is left to the listener of `vb-keys-stored`. */
  @property() next = '';
  /** What the button says that goes there. */
  @property({ attribute: 'next-label' }) nextLabel = 'Lock and store keys';
  /** Where *Back* leads; without it there is none. */
  @property() back = '';
  @state() private progress: ReadonlyMap<KeyGenerationStep, KeyGenerationProgress> = new Map();
  @state() private generated: GeneratedKeys | null = null;
  @state() private stored: StoredKeys | null = null;
  @state() private failure: Trouble | null = null;
  @state() private working = false;
  @state() private ownCertificate = false;
  /** The words of the kit, as long as they may be looked at. */
  @state() private kit: readonly string[] | null = null;
  @state() private kitChecked = false;
  @state() private kitAsked = false;
  readonly #id = uniqueId('vb-keys');
  readonly #passphrase = new NewPassphrase(this, () => this.session.vault);
  readonly #stepUp = new StepUp(this, () => void this.#send());
  #making = false;
  /** Another passphrase than that of an existing vault cannot be chosen here. */
  #newVault = false;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pagehide', this.#forget);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pagehide', this.#forget);
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
    return html`<div class="vb-setup-form" role="group" aria-labelledby="${this.#id}-title">
      <div><h2 class="vb-setup-title" id="${this.#id}-title" tabindex="-1">${ready ? 'Your keys are made. Now lock them.' : 'Making your keys'}</h2>
        <p class="vb-muted">${this.#newVault ? 'The passphrase opens your mail every day. The kit opens it when everything else is lost.' : 'Your vault is open, so they are locked with the passphrase you already have.'}</p></div>
      <form id="${this.#id}-form" class="vb-setup-form" novalidate @submit=${(e: Event) => void this.#store(e)}>${this.#newVault ? this.#passphrase.fields() : nothing}</form>
      ${this.#newVault && this.kit !== null ? html`<div class="vb-setup-kit"><vb-recovery-kit .words=${this.kit} address=${this.address} @vb-kit-checked=${() => (this.kitChecked = true)}></vb-recovery-kit></div>` : nothing}
      ${this.failure === null ? nothing : this.#problem(this.failure)}${this.#stepUp.card()}
      ${this.#foot(ready && (!this.#newVault || this.kitChecked))}</div>`;
  }

  #foot(ready: boolean): TemplateResult {
    const kitMissing = this.#newVault && !this.kitChecked;
    return html`<div class="vb-card-foot"><div class="vb-row vb-row-wrap">
        ${this.back === '' ? nothing : html`<a class="vb-button vb-button-quiet" href=${this.back}>${icon('arrow-left')}Back</a>`}
        ${this.#inCard() ? nothing : html`<button type="button" class="vb-button vb-button-quiet" @click=${() => (this.ownCertificate = true)}>Use my own certificate</button>`}</div>
      <div class="vb-row vb-row-wrap"><span id="${this.#id}-hint" class="vb-small ${this.kitAsked && kitMissing ? 'vb-field-error' : 'vb-muted'}" role="status">${kitMissing && this.kit !== null ? 'Check your copy first' : ''}</span>
        <button type="submit" form="${this.#id}-form" class="vb-button vb-button-primary" aria-describedby="${this.#id}-hint" aria-disabled=${this.working || !ready ? 'true' : 'false'}>
          ${this.working ? html`${icon('loader-circle', 'vb-spin')}Locking your keys` : html`${this.nextLabel}${icon('arrow-right')}`}</button></div></div>`;
  }

  #done(): TemplateResult {
    return html`<div class="vb-setup-form" role="status"><span class="vb-tile">${icon('circle-check')}</span>
      <div><h2 class="vb-setup-title" tabindex="-1">Your keys are locked and stored</h2>
        <p class="vb-muted">Mail to ${this.address} is sealed to them from now on.</p></div>
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
      if (this.#newVault) await this.#makeKit();
    } catch (error) {
      this.failure = trouble(error);
    } finally {
      this.#making = false;
    }
  }

  async #makeKit(): Promise<void> {
    this.kitChecked = false;
    this.kit = await this.session.vault.makeRecoveryKit();
  }

  async #store(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working || this.generated === null) return;
    if (this.#newVault && !(await this.#passphrase.insist())) return;
    if (this.#newVault && !this.kitChecked) {
      this.kitAsked = true;
      this.querySelector<HTMLElement>('.vb-kit-questions input, .vb-kit-check button')?.focus();
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
      this.stored = await this.session.vault.lockAndStoreKeys(this.#newVault ? { ...options, passphrase: this.#passphrase.value } : options);
      this.#forget();
      this.#stepUp.done();
      this.dispatchEvent(new CustomEvent('vb-keys-stored', { bubbles: true, detail: { vaultboxId: this.stored.vaultboxId, fingerprints: this.stored.fingerprints } }));
      await this.updateComplete;
      this.querySelector<HTMLElement>('h2')?.focus();
      if (this.next !== '') location.assign(this.next);
    } catch (error) {
      if (this.#stepUp.takes(error)) return;
      this.#stepUp.done();
      this.failure = trouble(error);
      if (this.failure.code === 'keys_not_generated') this.generated = null;
      if (this.failure.code === 'kit_gone') await this.#makeKit();
    } finally {
      this.working = false;
    }
  }

  readonly #inCard = (): boolean => this.closest('.vb-card') !== null;

  readonly #forget = (): void => {
    this.kit = null;
    this.#passphrase.forget();
    void this.session.vault.forgetRecoveryKit().catch(() => undefined);
  };
}
