// The parts of the Keys step that only show: what was made, and what nobody can undo.
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './island.ts';
import { inFours } from './words.ts';
import type { GeneratedKeys, KeyGenerationProgress, KeyGenerationStep, PassphraseStrength } from '../client/contract.ts';

const steps: readonly (readonly [step: KeyGenerationStep, name: string, use: string])[] = [
  ['mail-key', 'Mail key', 'for every mail client'],
  ['certificate', 'Certificate', 'tells the server which key is yours'],
  ['reading-key', 'Reading key', 'for lists and search here'],
  ['owner-key', 'Owner key', 'proves that these keys are yours'],
];

export interface MadeView {
  readonly progress: ReadonlyMap<KeyGenerationStep, KeyGenerationProgress>;
  readonly generated: GeneratedKeys | null;
  readonly stored: boolean;
}

export function madeHere(view: MadeView): TemplateResult {
  const reused = view.generated !== null && view.generated.fingerprints.owner === null;
  return html`<section class="vb-card" aria-label="Made in this browser"><h2>Made in this browser</h2>
    <ul class="vb-facts" aria-live="polite">
      ${steps.map(([step, name, use]) => (step === 'owner-key' && reused ? made(true, name, 'the one your account already has') : made(isDone(view, step), name, `${use}${step === 'mail-key' ? seconds(view.progress.get(step)) : ''}`, view.progress.has(step))))}
      ${made(view.stored, 'Locked copies', view.stored ? 'stored; the server cannot open them' : 'leave this browser after this step')}
    </ul>
    ${view.generated === null ? nothing : html`<details class="vb-details"><summary>${icon('chevron-right', 'vb-icon-16')}Technical details</summary>
      <dl class="vb-dl vb-dl-stack"><dt>Mail key</dt><dd>RSA-3072, S/MIME certificate</dd><dt>Certificate fingerprint, SHA-256</dt><dd class="vb-print">${inFours(view.generated.fingerprints.mail)}</dd>
        <dt>Reading key</dt><dd>P-256</dd><dt>Reading key fingerprint, SHA-256</dt><dd class="vb-print">${inFours(view.generated.fingerprints.portal)}</dd></dl></details>`}
  </section>`;
}

const isDone = (view: MadeView, step: KeyGenerationStep): boolean => view.generated !== null || view.progress.get(step)?.done === true;

const seconds = (progress: KeyGenerationProgress | undefined): string => (progress?.done === true && progress.ms >= 100 ? ` · ${(progress.ms / 1000).toFixed(1)} s` : '');

function made(done: boolean, name: string, use: string, active = false): TemplateResult {
  const glyph = done ? icon('circle-check') : active ? icon('loader-circle', 'vb-spin') : icon('circle-dashed');
  return html`<li data-state=${done ? 'ok' : active ? 'active' : 'waiting'}>${glyph}<div><span>${name}${done ? html`<span class="vb-visually-hidden">, done</span>` : nothing}</span><span>${use}</span></div></li>`;
}

export const noReset = (): TemplateResult => html`<div class="vb-alert vb-alert-warn">${icon('triangle-alert')}<div><strong>Nobody can reset this.</strong><br>
  The server holds only locked copies. Without the passphrase, the kit or an exported key, this mail stays sealed for good.</div></div>`;

export function strengthMeter(strength: PassphraseStrength, empty: boolean, id: string): TemplateResult {
  const tone = strength.ok ? 'ok' : strength.score >= 2 ? 'warn' : 'error';
  const filled = empty ? 0 : strength.score + 1;
  return html`<div class="vb-meter" data-tone=${tone} aria-hidden="true">${[1, 2, 3, 4, 5].map((n) => html`<i ?data-on=${n <= filled}></i>`)}</div>
    <p id=${id} class="vb-meter-words" role="status">${empty ? html`<span class="vb-muted">Five or six words that have nothing to do with each other.</span>`
      : html`<strong data-tone=${tone}>${strength.label}</strong> ${strength.hint === '' ? nothing : html`<span class="vb-muted">${strength.hint}</span>`}`}</p>`;
}
