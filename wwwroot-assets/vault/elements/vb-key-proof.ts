// Proves that a key still works: a note sealed to it alone is opened, here or where its private part is, and the code in it told.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { base64Decode, ownBuffer } from '../core/encoding.ts';
import { Island, alertBox, icon, uniqueId } from './island.ts';
import { saveFile } from './mail/save-file.ts';
import { trouble, type Trouble } from './words.ts';
import type { ApiKeyProof } from '../core/api-types.ts';

export class KeyProof extends Island {
  @property({ attribute: 'vaultbox-id' }) vaultboxId = '';
  @property({ attribute: 'certificate-id' }) certificateId = '';
  /** Whether its locked private part is kept here. */
  @property({ type: Boolean }) held = false;
  @state() private working = false;
  @state() private proven = false;
  @state() private proof: ApiKeyProof | null = null;
  @state() private failure: Trouble | null = null;
  readonly #id = uniqueId('vb-proof');

  protected override render(): TemplateResult {
    if (this.startFailure !== null) return problem(trouble(this.startFailure));
    if (this.proven) return alertBox('ok', 'Opened the test note.', 'This key works.');
    if (this.held && this.vaultState?.name === 'locked') return html`<vb-unlock reason="The key is opened with your passphrase, in this browser."></vb-unlock>`;
    return html`<form class="vb-setup-form" novalidate aria-label="Prove the key" @submit=${(e: Event) => this.#submitted(e)}>
      ${this.held ? html`<p>Your browser fetches the note and opens it with this key.</p>` : this.#elsewhere()}
      ${this.failure === null ? nothing : problem(this.failure)}
      <div class="vb-row vb-row-wrap"><button type="submit" class="vb-button vb-button-primary" aria-disabled=${this.working ? 'true' : 'false'}>
        ${this.working ? html`${icon('loader-circle', 'vb-spin')}Working` : this.held ? 'Open the test note' : this.proof === null ? 'Save the test note' : 'Check the code'}</button></div></form>`;
  }

  #elsewhere(): TemplateResult {
    if (this.proof === null) return html`<p>The private part of this key is with you. Save the note, open it in the mail client that has the key, and bring back the code in it.</p>`;
    return html`<ol class="vb-proof-steps"><li>Open <b>test-note.eml</b> in your mail client, or run <code class="vb-print">openssl cms -decrypt -in test-note.eml -inkey key.pem</code></li>
        <li>Copy the code that it shows.</li></ol>
      <div class="vb-field"><label for="${this.#id}-code">Code in the note</label>
        <input id="${this.#id}-code" name="code" class="vb-mono" type="text" maxlength="80" autocomplete="off" autocapitalize="none" spellcheck="false" aria-invalid=${this.failure === null ? 'false' : 'true'}></div>`;
  }

  #submitted(event: Event): void {
    event.preventDefault();
    if (this.working) return;
    void this.#run(() => (this.held ? this.#openHere() : this.proof === null ? this.#save() : this.#finish(this.proof)));
  }

  async #run(work: () => Promise<void>): Promise<void> {
    this.working = true;
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.failure = trouble(error);
      // A note that is too old is made anew.
      if (this.failure.code === 'proof_expired') this.proof = null;
    } finally {
      this.working = false;
    }
  }

  async #openHere(): Promise<void> {
    const started = await this.session.api.startKeyProof(this.vaultboxId, this.certificateId);
    const code = await this.session.vault.openKeyNote({ vaultboxId: this.vaultboxId, certificateId: this.certificateId, note: started.note });
    await this.#tell(started, code);
  }

  async #save(): Promise<void> {
    this.proof = await this.session.api.startKeyProof(this.vaultboxId, this.certificateId);
    saveFile(ownBuffer(noteFile(this.proof.note)), 'test-note.eml');
    await this.updateComplete;
    this.querySelector<HTMLElement>('input[name=code]')?.focus();
  }

  #finish(started: ApiKeyProof): Promise<void> {
    return this.#tell(started, this.querySelector<HTMLInputElement>('input[name=code]')?.value.trim() ?? '');
  }

  async #tell(started: ApiKeyProof, code: string): Promise<void> {
    await this.session.api.finishKeyProof(this.vaultboxId, this.certificateId, started.token, code);
    this.proven = true;
    this.dispatchEvent(new CustomEvent('vb-key-proven', { bubbles: true, detail: { certificateId: this.certificateId } }));
  }
}

const problem = (failure: Trouble): TemplateResult => alertBox('error', failure.what, failure.next);

/** A message as mail clients and openssl read it (RFC 8551, section 3.2). */
export function noteFile(note: string): Uint8Array<ArrayBuffer> {
  const head = ['Subject: Test note', 'MIME-Version: 1.0', 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"', 'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="smime.p7m"', '', ''].join('\r\n');
  base64Decode(note);
  return new TextEncoder().encode(`${head}${(note.match(/.{1,76}/g) ?? []).join('\r\n')}\r\n`);
}
