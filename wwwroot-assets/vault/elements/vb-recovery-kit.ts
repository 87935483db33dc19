// Shows the words of a new recovery kit, prints and saves them, and asks for three of them once they are hidden. The words come from the
// element around this one and stay in it: no event carries them.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Island, icon, uniqueId } from './island.ts';
import { fullDay } from './dates.ts';
import { saveFile } from './mail/save-file.ts';
import { trouble, type Trouble } from './words.ts';
import { ownBuffer } from '../core/encoding.ts';
import { kitPdf } from '../core/kit-pdf.ts';
import { kitSheet, type KitSheet } from '../core/kit-sheet.ts';

export class RecoveryKit extends Island {
  /** Null once they are not to be seen any more. */
  @property({ attribute: false }) words: readonly string[] | null = null;
  /** Of the vaultbox that it is made with; printed on the sheet. */
  @property() address = '';
  @state() private asked: readonly number[] = [];
  @state() private wrong: readonly number[] = [];
  @state() private checked = false;
  @state() private working = false;
  @state() private failure: Trouble | null = null;
  @state() private account: string | null = null;
  readonly #id = uniqueId('vb-kit');

  override connectedCallback(): void {
    super.connectedCallback();
    // On paper only: without it the sheet names the portal alone.
    this.session.api.me().then((me) => (this.account = me.email), () => undefined);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.words = null;
    this.#clear();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('words')) {
      this.asked = [];
      this.wrong = [];
      this.checked = false;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.words === null) return nothing;
    return html`<section class="vb-kit" aria-labelledby="${this.#id}-title">
      <div class="vb-kit-head"><h3 id="${this.#id}-title" tabindex="-1">Recovery kit</h3><p class="vb-muted">${this.#lead()}</p>
        ${this.asked.length > 0 ? nothing : html`<div class="vb-kit-acts">
          <button type="button" class="vb-button vb-button-sm" @click=${() => this.#save()}>${icon('file-down', 'vb-icon-16')}Save PDF</button>
          <button type="button" class="vb-button vb-button-sm ${this.checked ? '' : 'vb-button-primary'}" @click=${() => window.print()}>${icon('printer', 'vb-icon-16')}Print kit</button></div>`}</div>
      ${this.checked ? this.#right() : this.asked.length > 0 ? this.#questions() : this.#words(this.words)}
      ${this.failure === null ? nothing : html`<p class="vb-field-error" role="alert">${icon('circle-alert', 'vb-icon-16')}<span>${this.failure.what} ${this.failure.next}</span></p>`}
    </section>${this.asked.length > 0 ? nothing : sheetView(this.#sheet(this.words))}`;
  }

  #lead(): string {
    if (this.checked) return 'Your copy is right.';
    return this.asked.length > 0 ? 'Three words from your copy.' : '24 words, in this order. Paper is best.';
  }

  #words(words: readonly string[]): TemplateResult {
    return html`<ol class="vb-kit-words">${words.map((word, i) => html`<li><span>${i + 1}</span><b>${word}</b></li>`)}</ol>
      <div class="vb-kit-check">${icon('list-checks')}<div><strong>Check your copy</strong>
          <span>We hide the words and ask for three. Ten seconds, and you know the paper is right.</span></div>
        <button type="button" class="vb-button" @click=${() => void this.#ask()}>Hide words and check</button></div>`;
  }

  #questions(): TemplateResult {
    return html`<form class="vb-kit-questions" novalidate @submit=${(e: Event) => void this.#check(e)}>
      ${this.asked.map((position) => this.#question(position))}
      <p id="${this.#id}-wrong" class="vb-field-error" role="alert">${this.wrong.length === 0 ? nothing
        : html`${icon('circle-alert', 'vb-icon-16')}<span>${wrongWords(this.wrong)} Look at your copy again.</span>`}</p>
      <div class="vb-row vb-row-wrap"><button type="submit" class="vb-button" aria-disabled=${this.working ? 'true' : 'false'}>Check</button>
        <button type="button" class="vb-button vb-button-quiet" @click=${() => this.#show()}>Show the words again</button></div>
    </form>`;
  }

  #question(position: number): TemplateResult {
    const id = `${this.#id}-word-${position}`;
    return html`<div class="vb-field"><label for=${id}>Word ${position}</label>
      <input id=${id} class="vb-mono" type="text" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" data-1p-ignore data-lpignore="true"
        data-position=${position} aria-invalid=${this.wrong.includes(position) ? 'true' : 'false'} aria-describedby="${this.#id}-wrong"></div>`;
  }

  #right(): TemplateResult {
    return html`<div class="vb-kit-check" data-right role="status">${icon('circle-check')}<div><strong>Your copy is right</strong>
        <span>Keep it where you keep your passport.</span></div>
      <button type="button" class="vb-button vb-button-quiet" @click=${() => this.#show()}>Show the words again</button></div>`;
  }

  #sheet(words: readonly string[]): KitSheet {
    return kitSheet(words, {
      portal: location.origin, account: this.account, address: this.address === '' ? null : this.address, madeOn: fullDay(new Date()),
    });
  }

  #save(): void {
    if (this.words !== null) saveFile(ownBuffer(kitPdf(this.#sheet(this.words))), 'vaultbox-recovery-kit.pdf');
  }

  async #ask(): Promise<void> {
    this.failure = null;
    try {
      this.asked = await this.session.vault.askRecoveryKit();
    } catch (error) {
      this.failure = trouble(error);
      return;
    }
    await this.updateComplete;
    this.querySelector('input')?.focus();
  }

  async #check(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working) return;
    this.working = true;
    const inputs = [...this.querySelectorAll<HTMLInputElement>('.vb-kit-questions input')];
    try {
      this.wrong = await this.session.vault.checkRecoveryKit(inputs.map((input) => ({ position: Number(input.dataset.position), word: input.value })));
      this.checked = this.wrong.length === 0;
      if (this.checked) this.dispatchEvent(new CustomEvent('vb-kit-checked', { bubbles: true }));
    } catch (error) {
      this.failure = trouble(error);
    } finally {
      this.working = false;
    }
    await this.updateComplete;
    (this.checked ? this.querySelector<HTMLElement>('h3') : this.querySelector<HTMLElement>('[aria-invalid=true]'))?.focus();
  }

  #show(): void {
    this.#clear();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('h3')?.focus());
  }

  #clear(): void {
    for (const input of this.querySelectorAll('input')) input.value = '';
    this.asked = [];
    this.wrong = [];
    this.checked = false;
    this.failure = null;
  }
}

function wrongWords(wrong: readonly number[]): string {
  if (wrong.length === 1) return `Word ${wrong[0]} is another.`;
  return `Words ${wrong.slice(0, -1).join(', ')} and ${wrong.at(-1)} are others.`;
}

/** Not seen on the screen; the one thing that is printed while it is there. */
function sheetView(sheet: KitSheet): TemplateResult {
  return html`<div class="vb-kit-sheet" aria-hidden="true"><h1>${sheet.title}</h1>
    <dl>${sheet.facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
    <ol>${sheet.words.map((word, i) => html`<li><span>${i + 1}</span><b>${word}</b></li>`)}</ol>
    ${sheet.notes.map((note) => html`<p>${note}</p>`)}</div>`;
}
