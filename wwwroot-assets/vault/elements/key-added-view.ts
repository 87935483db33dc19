// What is said once a mail key is stored, be it made here or brought along.
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './island.ts';
import { inFours } from './words.ts';
import type { AddedMailKey } from '../client/contract.ts';

export const keyAdded = (title: string, key: AddedMailKey, address: string, next: string): TemplateResult =>
  html`<div class="vb-setup-form" role="status"><span class="vb-tile">${icon('circle-check')}</span>
    <div><h2 class="vb-setup-title" tabindex="-1">${title}</h2><p class="vb-muted">${key.isActive ? `New mail to ${address} is sealed to it from now on.`
      : 'Mail that was sealed to it opens here now. It is retired: no new mail is sealed to it.'}</p></div>
    <p class="vb-caption">Fingerprint, SHA-256<br><span class="vb-print">${inFours(key.fingerprint)}</span></p>
    ${next === '' ? nothing : html`<div class="vb-card-foot"><span></span><a class="vb-button vb-button-primary" href=${next}>Look at the keys${icon('arrow-right')}</a></div>`}</div>`;
