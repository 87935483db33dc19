// One box for the 24 words of a recovery kit: pasted or typed, with what is wrong said before anything is tried.
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './island.ts';
import { kitFault, kitLength, readTypedKit } from '../core/recovery-kit.ts';
import type { Trouble } from './words.ts';

export interface KitField {
  readonly id: string;
  readonly label: string;
  readonly words: string;
  readonly failure: Trouble | null;
  readonly onInput: (words: string) => void;
}

export function kitField(field: KitField): TemplateResult {
  const kit = readTypedKit(field.words);
  const whole = kit.words.length >= kitLength && kitFault(kit) === null;
  return html`<div class="vb-field"><label for=${field.id}>${field.label}</label>
    <textarea id=${field.id} class="vb-mono vb-kit-typed" rows="4" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" data-1p-ignore data-lpignore="true"
      aria-invalid=${field.failure === null ? 'false' : 'true'} aria-describedby="${field.id}-hint ${field.id}-error"
      @input=${(event: InputEvent) => event.target instanceof HTMLTextAreaElement && field.onInput(event.target.value)}></textarea>
    <p id="${field.id}-hint" class=${whole ? 'vb-field-ok' : 'vb-hint'}>${whole ? html`${icon('check', 'vb-icon-16')}24 words, in order.`
      : kit.words.length === 0 ? 'In their order, with or without numbers. The first four letters of each are enough.' : `${kit.words.length} of ${kitLength} words.`}</p>
    <p id="${field.id}-error" class="vb-field-error" role="alert">${field.failure === null ? nothing : html`${icon('circle-alert', 'vb-icon-16')}<span>${field.failure.what} ${field.failure.next}</span>`}</p></div>`;
}

/** What to say before the words are tried; null when they are a kit. */
export function kitTrouble(words: string): Trouble | null {
  const fault = kitFault(readTypedKit(words));
  return fault === null ? null : { ...fault, code: 'kit_malformed' };
}
