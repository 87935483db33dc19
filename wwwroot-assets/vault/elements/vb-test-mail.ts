// "Send a test mail to myself": the four steps of a mail's life, each shown when it happened.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { secondsTime, utcTime } from './dates.ts';
import { Island, alertBox, icon } from './island.ts';
import { noProgress, TestMailRun, testSteps, type TestProgress, type TestStep } from './test-mail-run.ts';
import type { VaultState } from '../client/contract.ts';

const words: Readonly<Record<TestStep, readonly [name: string, meaning: string]>> = {
  accepted: ['Accepted', 'our own intake took it, as from any sender'],
  sealed: ['Sealed', 'encrypted to your key before it was stored'],
  stored: ['Stored', 'only the sealed form'],
  opened: ['Opened', 'with your key, in this browser'],
};

export class TestMail extends Island {
  @property({ attribute: 'vaultbox-id' }) vaultboxId = '';
  /** Sends one as soon as the vault's state is known. */
  @property({ type: Boolean }) autostart = false;
  @state() private progress: TestProgress = noProgress;
  @state() private started = false;
  #run: TestMailRun | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#run?.end();
  }

  protected override vaultChanged(vault: VaultState): void {
    if (this.autostart && !this.started) this.#send();
    else if (vault.name === 'unlocked') void this.#run?.open();
  }

  protected override render(): TemplateResult {
    const done = this.progress.at.opened !== null || this.progress.waitsFor === 'other-client';
    const running = this.started && !done && this.progress.failure === null && this.progress.waitsFor === null;
    return html`<div class="vb-test">
      <button type="button" class="vb-button" aria-disabled=${running ? 'true' : 'false'} @click=${() => this.#send()}>
        ${running ? html`${icon('loader-circle', 'vb-spin')}Sending` : html`${icon('send')}${this.started ? 'Send another test mail' : 'Send a test mail to myself'}`}</button>
      ${this.started ? html`<ol class="vb-facts vb-test-steps" aria-live="polite">${testSteps.map((step) => this.#step(step, running))}</ol>` : nothing}
      ${this.progress.waitsFor === 'unlock' ? html`<vb-unlock class="vb-card" reason="The test mail is here. Unlock to see that it opens."></vb-unlock>` : nothing}
      ${this.progress.failure === null ? nothing : alertBox('error', this.progress.failure.what, this.progress.failure.next)}
      ${this.#verdict()}
    </div>`;
  }

  #step(step: TestStep, running: boolean): TemplateResult {
    const at = this.progress.at[step];
    const [name, meaning] = words[step];
    const next = running && testSteps.find((s) => this.progress.at[s] === null) === step;
    const failed = this.progress.failure?.step === step;
    const elsewhere = step === 'opened' && this.progress.waitsFor === 'other-client';
    const state = at !== null ? 'ok' : failed ? 'error' : next ? 'active' : 'waiting';
    const glyph = at !== null ? icon('circle-check') : failed ? icon('circle-x') : next ? icon('loader-circle', 'vb-spin') : icon('circle-dashed');
    const detail = this.progress.detail[step] ?? (elsewhere ? 'in the mail client that holds its key' : meaning);
    return html`<li data-state=${state}>${glyph}<div><span>${name}${at === null ? nothing : html`<span class="vb-visually-hidden">, done</span>`}</span><span>${detail}</span></div>
      ${at === null ? nothing : html`<time class="vb-muted vb-small" datetime=${at.toISOString()} title=${utcTime(at)}>${secondsTime(at)}</time>`}</li>`;
  }

  #verdict(): TemplateResult | typeof nothing {
    if (this.progress.waitsFor === 'other-client') {
      return alertBox('info', 'Sealed to your certificate.', 'Open it in the mail client that holds its key.');
    }
    if (this.progress.at.opened === null) return nothing;
    return alertBox('ok', 'It works.', 'The mail was sealed on arrival, and your key opens it.',
      html`<a class="vb-button vb-button-sm" href="/mail/${this.vaultboxId}/${this.progress.messageId ?? ''}">Read it</a>`);
  }

  #send(): void {
    const over = this.progress.at.opened !== null || this.progress.failure !== null || this.progress.waitsFor !== null;
    if (this.started && !over) return;
    this.#run?.end();
    const run = new TestMailRun(this.session, this.vaultboxId, () => (this.progress = run.progress));
    this.#run = run;
    this.progress = run.progress;
    this.started = true;
    void run.start();
  }
}
