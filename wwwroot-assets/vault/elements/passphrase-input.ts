// A passphrase field: hidden text, a button that shows it, and nothing that stores it.
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './island.ts';

export interface PassphraseField {
  readonly id: string;
  readonly label: string;
  readonly shown: boolean;
  readonly invalid: boolean;
  readonly describedBy: string;
  readonly autofocus?: boolean;
  readonly disabled?: boolean;
  readonly fresh: boolean;
  readonly mark?: TemplateResult | typeof nothing;
  readonly onInput: (value: string) => void;
  readonly onToggle: (() => void) | null;
}

export function passphraseInput(field: PassphraseField): TemplateResult {
  return html`<div class="vb-field">
    <label for=${field.id}>${field.label}</label>
    <div class="vb-input-group">
      <input id=${field.id} type=${field.shown ? 'text' : 'password'} autocomplete=${field.fresh ? 'new-password' : 'off'} spellcheck="false"
        autocapitalize="off" ?autofocus=${field.autofocus ?? false} ?disabled=${field.disabled ?? false} data-1p-ignore data-lpignore="true"
        aria-invalid=${field.invalid ? 'true' : 'false'} aria-describedby=${field.describedBy === '' ? nothing : field.describedBy}
        @input=${(event: InputEvent) => event.target instanceof HTMLInputElement && field.onInput(event.target.value)}>
      ${field.mark ?? nothing}
      ${field.onToggle === null ? nothing : html`<button type="button" class="vb-button vb-button-icon" aria-pressed=${field.shown ? 'true' : 'false'}
        aria-label=${`Show ${field.label.toLowerCase()}`} @click=${field.onToggle}>${icon(field.shown ? 'eye-off' : 'eye')}</button>`}
    </div>
  </div>`;
}

/** Empties every field for passphrases and words below an element. */
export function wipeInputs(root: HTMLElement): void {
  for (const input of root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input[type=password], input[type=text][autocomplete], textarea')) input.value = '';
}
