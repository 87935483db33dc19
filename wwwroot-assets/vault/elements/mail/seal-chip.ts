// "Sealed on arrival · DKIM pass · Receipt verified", and the facts behind each part.
import { html, nothing, type TemplateResult } from 'lit';
import { utcTime } from '../dates.ts';
import { icon } from '../island.ts';
import { inFours } from '../words.ts';
import { authOf, sealWords, signedBy } from './seal-words.ts';
import type { OpenedMessage, VaultKeyInfo } from '../../client/contract.ts';

export interface SealChip {
  readonly message: OpenedMessage;
  readonly keys: readonly VaultKeyInfo[];
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onTrust: (() => void) | null;
}

const toneIcon = { ok: 'shield-check', warn: 'shield-alert', error: 'shield-x' } as const;

export function sealChip(chip: SealChip): TemplateResult {
  const words = sealWords(chip.message);
  const tone = words.tone === 'ok' ? 'ok' : words.tone === 'warn' ? 'warn' : 'error';
  return html`<div class="vb-seal">
    <button type="button" class="vb-chip vb-chip-${tone} vb-seal-chip" aria-expanded=${chip.open ? 'true' : 'false'} aria-controls="vb-seal-facts" @click=${chip.onToggle}>
      ${icon(toneIcon[words.tone])}<span>${words.parts.map((part, i) => html`${i === 0 ? nothing : html`<span class="vb-seal-dot"> · </span>`}${part}`)}</span>
      ${icon(chip.open ? 'chevron-up' : 'chevron-down')}
    </button>
    <div id="vb-seal-facts" class="vb-seal-facts" ?hidden=${!chip.open}>
      ${sealedFacts(chip)}${senderFacts(chip.message)}${receiptFacts(chip)}
    </div>
  </div>`;
}

function sealedFacts({ message, keys }: SealChip): TemplateResult {
  const at = message.receipt.receivedAt;
  const prints = message.receipt.fingerprints.length > 0 ? message.receipt.fingerprints : [message.keyFingerprint];
  const bySender = message.receipt.isSealedBySender;
  const lead = bySender ? 'It was stored as it came. Who else can open it, only its sender knows.' : 'Only your keys open it. The server kept no readable copy.';
  return section('mail-check', 'ok', bySender ? 'Sealed by its sender' : 'Sealed the moment it arrived', lead, [
    ['When', at === null ? 'The receipt does not say' : utcTime(new Date(at))],
    ['Opens with', html`${prints.map((print) => keyLine(print, keys, print === message.keyFingerprint))}`],
    ['Shown outside', bySender ? 'The whole header, subject included. The receipt proves what the list shows of it' : outside(message)],
  ]);
}

function keyLine(print: string, keys: readonly VaultKeyInfo[], used: boolean): TemplateResult {
  const name = keys.find((k) => k.fingerprint === print)?.friendlyName;
  return html`<span class="vb-seal-key">${name ?? 'Key'}${used ? ' (opened it here)' : ''}<br><span class="vb-print">${inFours(print)}</span></span>`;
}

function outside(message: OpenedMessage): string {
  const subject = message.addedLines.outerFields.find((field) => field.name.toLowerCase() === 'subject')?.value.trim();
  const hidden = subject === undefined || subject === '[...]';
  const names = [...new Set(message.addedLines.outerFields.map((field) => field.name))].filter((name) => !hidden || name.toLowerCase() !== 'subject');
  return `${hidden ? 'Subject hidden' : 'Subject shown'}${names.length === 0 ? '' : `; seen by the server: ${names.join(', ')}`}`;
}

function senderFacts(message: OpenedMessage): TemplateResult | typeof nothing {
  const results = message.authResults;
  if (results.length === 0) return nothing;
  const signed = signedBy(results);
  const dkim = authOf(results, 'dkim');
  const rows: [string, string | TemplateResult][] = [];
  const selector = signed?.selector === null || signed === null ? '' : `, selector ${signed.selector}`;
  rows.push(['DKIM', dkim === null ? 'not checked' : signed === null ? dkim.result : `${dkim.result} · ${signed.domain}${selector}`]);
  for (const method of ['spf', 'dmarc'] as const) {
    const result = authOf(results, method);
    if (result !== null) rows.push([method.toUpperCase(), `${result.result}, checked before sealing`]);
  }
  const failed = results.some((r) => /^fail$/i.test(r.result));
  const title = signed === null ? 'Not signed by its sender' : `Signed by ${signed.domain}`;
  return section(failed ? 'triangle-alert' : signed === null ? 'info' : 'badge-check', failed ? 'warn' : signed === null ? 'none' : 'ok', title, '', rows);
}

const receiptTitles = {
  verified: 'Unchanged since it arrived',
  invalid: "Receipt doesn't match",
  missing: 'No receipt',
  'key-changed': "The server's receipt key changed",
} as const;

function receiptFacts({ message, onTrust }: SealChip): TemplateResult {
  const receipt = message.receipt;
  const rows: [string, string | TemplateResult][] = [['Cipher', `S/MIME, ${message.cipher}`]];
  if (receipt.keyId !== null) rows.push(['Receipt key', html`<span class="vb-print">${inFours(receipt.keyId)}</span>`]);
  const trust = receipt.verdict === 'key-changed' && onTrust !== null
    ? html`<button type="button" class="vb-button vb-button-sm" @click=${onTrust}>Accept the new receipt key</button>` : nothing;
  return section('receipt-text', receipt.verdict === 'verified' ? 'ok' : 'error', receiptTitles[receipt.verdict], receipt.detail, rows, trust);
}

function section(glyph: string, tone: string, title: string, lead: string, rows: readonly (readonly [string, string | TemplateResult])[],
  action: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<section class="vb-seal-section" data-tone=${tone}>${icon(glyph)}<div>
    <h3>${title}</h3>${lead === '' ? nothing : html`<p>${lead}</p>`}
    <dl class="vb-dl">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>${action}
  </div></section>`;
}
