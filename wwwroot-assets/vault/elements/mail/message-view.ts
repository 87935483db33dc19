// Headers and body of an opened message.
import { html, nothing, type TemplateResult } from 'lit';
import { longTime, utcTime } from '../dates.ts';
import { icon } from '../island.ts';
import { plural } from '../words.ts';
import { textBlocks, type TextBlock } from './plain-text.ts';
import { personName } from './row-words.ts';
import type { MailAddress, OpenedMessage } from '../../client/contract.ts';

export function messageHead(message: OpenedMessage): TemplateResult {
  const { headers } = message;
  const from = headers.from[0];
  const at = headers.date ?? message.receipt.receivedAt;
  return html`<h2 class="vb-reader-subject" tabindex="-1">${headers.subject === '' ? '(no subject)' : headers.subject}</h2>
    <div class="vb-reader-head">
      <span class="vb-avatar vb-reader-avatar" aria-hidden="true">${initials(personName(from))}</span>
      <div class="vb-reader-people">
        <div><span class="vb-strong">${personName(from)}</span> ${from === undefined || from.name === '' ? nothing : html`<span class="vb-muted">${from.address}</span>`}</div>
        ${people('and from', headers.from.slice(1))}${people('to', headers.to)}${people('cc', headers.cc)}
        ${replyElsewhere(headers.replyTo, headers.from) ? people('replies go to', headers.replyTo) : nothing}
      </div>
      ${at === null ? nothing : html`<time class="vb-muted" datetime=${at} title=${utcTime(new Date(at))}>${longTime(new Date(at), new Date())}</time>`}
    </div>`;
}

function people(word: string, list: readonly MailAddress[]): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  const shown = list.slice(0, 6).map((p) => (p.name === '' || p.name === p.address ? p.address : `${p.name} <${p.address}>`)).join(', ');
  return html`<div class="vb-muted">${word} ${shown}${list.length > 6 ? ` and ${list.length - 6} more` : ''}</div>`;
}

/** Replies that would go to somebody other than the sender are worth seeing. */
function replyElsewhere(replyTo: readonly MailAddress[], from: readonly MailAddress[]): boolean {
  const senders = new Set(from.map((p) => p.address.toLowerCase()));
  return replyTo.some((p) => !senders.has(p.address.toLowerCase()));
}

export function initials(name: string): string {
  const words = name.replace(/@.*$/, '').split(/[^\p{L}\p{N}]+/u).filter((w) => w !== '');
  const first = words[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return ((([...first][0] ?? '?') + ([...last][0] ?? '')).toUpperCase());
}

export function messageBody(message: OpenedMessage, asText: boolean): TemplateResult {
  const verified = message.receipt.verdict === 'verified';
  const formatted = message.html !== null && !asText;
  return html`${verified ? nothing : html`<div class="vb-alert vb-alert-error" role="alert">${icon('shield-x')}
      <div><strong>${message.receipt.verdict === 'missing' ? 'This message has no receipt.' : "Receipt doesn't match."}</strong>
        Shown as text only, since it may have been changed after it arrived.</div></div>`}
    ${verified && !message.isHeaderProven ? unproven : nothing}
    ${formatted && message.remoteImages > 0 ? remoteBar(message.remoteImages) : nothing}
    ${formatted
      ? html`<vb-message-frame .message=${{ html: message.html, images: message.inlineImages }}></vb-message-frame>`
      : html`<div class="vb-reader-text">${textBlocks(message.text ?? '').map((text) => block(text, verified))}</div>`}
    ${message.text === null && message.html === null ? html`<p class="vb-muted">This message has no text.</p>` : nothing}`;
}

const remoteBar = (images: number): TemplateResult => html`<div class="vb-alert vb-remote">${icon('image-off')}
  <div>${plural(images, 'remote image', 'remote images')} not loaded. Loading them tells the sender you read this.</div></div>`;

const unproven = html`<div class="vb-alert vb-alert-info">${icon('info')}
  <div>From, subject and date are as the server has them: its sender sealed the message without them, and no receipt vouches for them.</div></div>`;

/** A link in text that nothing vouches for could have been put around other words of it. */
function block(text: TextBlock, hasLinks: boolean): TemplateResult {
  const pieces = text.pieces.map((piece) => (piece.href === null || !hasLinks ? piece.text
    : html`<a href=${piece.href} target="_blank" rel="noopener noreferrer nofollow">${piece.text}</a>`));
  return text.quoted ? html`<blockquote>${pieces}</blockquote>` : html`<div>${pieces}</div>`;
}
