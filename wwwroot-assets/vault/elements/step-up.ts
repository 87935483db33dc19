// An act was refused because the last proof of identity is too old. The element keeps all that was typed and waits beside a link to
// the page that takes a proof, in another tab; when that one is done, the act is tried again.
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { VaultError } from '../client/contract.ts';
import { onStepUp } from '../../shared/step-up-channel.ts';
import { icon } from './island.ts';

export class StepUp implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #again: () => void;
  #end: (() => void) | null = null;

  /** `again` repeats the refused act with what is still in the element. */
  constructor(host: ReactiveControllerHost, again: () => void) {
    this.#host = host;
    this.#again = again;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  get waits(): boolean {
    return this.#end !== null;
  }

  /** True when the refusal was for want of a fresh proof: the card is shown, and nothing else needs to be. */
  takes(error: unknown): boolean {
    if (!(error instanceof VaultError) || error.code !== 'step_up_required') return false;
    this.#end ??= onStepUp(() => this.#retry());
    this.#host.requestUpdate();
    return true;
  }

  /** The act went through, or failed for another reason. */
  done(): void {
    this.#stop();
    this.#host.requestUpdate();
  }

  card(): TemplateResult | typeof nothing {
    if (!this.waits) return nothing;
    return html`<div class="vb-alert vb-alert-info vb-step-up" role="status">${icon('shield-check')}
      <div><strong>Confirm that it is you.</strong> Keys need a proof from the last ten minutes. What you entered stays here.
        <div class="vb-step-up-acts"><a class="vb-button vb-button-sm" href="/account/confirm?done=tab" target="_blank" rel="noopener">Confirm in a new tab${icon('external-link', 'vb-icon-16')}</a>
          <button type="button" class="vb-button vb-button-sm" @click=${() => this.#retry()}>Try again</button></div></div></div>`;
  }

  #retry(): void {
    if (this.waits) this.#again();
  }

  #stop(): void {
    this.#end?.();
    this.#end = null;
  }
}
