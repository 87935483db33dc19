// The mail page when there is no list to show, or nothing to read.
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../island.ts';
import type { Trouble } from '../words.ts';
import type { ApiVaultbox } from '../../core/api-types.ts';

export const noVaultboxes = (): TemplateResult => html`<div class="vb-empty vb-mail-none">${icon('archive-restore')}<h2>Mail</h2>
  <p>Make your first address. It takes two minutes.</p><a class="vb-button vb-button-primary" href="/vaultboxes/new">Make a vaultbox</a></div>`;

export const noMessageChosen = (): TemplateResult => html`<div class="vb-empty vb-pane-empty">${icon('mail-open')}<p>Choose a message to read it.</p>
  <p class="vb-caption"><kbd>J</kbd> <kbd>K</kbd> move, <kbd>Enter</kbd> opens</p></div>`;

export const noKeysHere = (box: ApiVaultbox | null): TemplateResult => html`<div class="vb-empty">${icon('key-round')}<h2>No keys in this account yet</h2>
  <p>Mail to ${box?.address ?? 'this address'} opens in the mail client that holds its key.</p></div>`;

export const emptyList = (): TemplateResult => html`<div class="vb-empty">${icon('inbox')}<p>Nothing here. New mail is sealed as it comes in.</p></div>`;

export const failedList = (failure: Trouble, again: () => void): TemplateResult => html`<div class="vb-empty" role="alert">${icon('circle-alert')}
  <p><strong>${failure.what}</strong> ${failure.next}</p>${failure.code === 'signed_out'
    ? html`<a class="vb-button" href="/account/sign-in">Sign in</a>` : html`<button type="button" class="vb-button" @click=${again}>Try again</button>`}
  <p class="vb-caption">Reason: <span class="vb-mono">${failure.code}</span></p></div>`;

/** Rows of the height that real ones will have. */
export const listSkeleton = (): TemplateResult => html`<div class="vb-mail-waiting" role="status"><span class="vb-visually-hidden">Loading messages</span>
  ${[38, 30, 42, 26, 34, 40, 28].map((width) => html`<div class="vb-mail-row"><div class="vb-mail-cell"><span class="vb-skeleton vb-skeleton-live" .style=${`width:${width}%`}></span>
    <span class="vb-skeleton vb-skeleton-live" .style=${`width:${width * 2}%`}></span><span class="vb-skeleton vb-skeleton-live" style="width:88%"></span></div></div>`)}</div>`;

export function picker(boxes: readonly ApiVaultbox[], chosen: ApiVaultbox | null, pick: (id: string) => void): TemplateResult {
  if (boxes.length === 1) return html`<span class="vb-mail-address vb-truncate" title=${boxes[0]?.address ?? ''}>${boxes[0]?.address ?? ''}</span>`;
  return html`<span class="vb-picker"><select aria-label="Vaultbox" @change=${(e: Event) => e.target instanceof HTMLSelectElement && pick(e.target.value)}>
    ${chosen === null ? html`<option value="" selected>Choose a vaultbox</option>` : nothing}
    ${boxes.map((box) => html`<option value=${box.id} .selected=${box.id === chosen?.id}>${box.address}</option>`)}</select>${icon('chevrons-up-down', 'vb-icon-16')}</span>`;
}
