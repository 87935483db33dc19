// The sender's own signature, with the chain of certificates behind it. Apart from the seal, which is ours.
import { html, nothing, type TemplateResult } from 'lit';
import { utcDay, utcTime } from '../dates.ts';
import { icon } from '../island.ts';
import { inFours } from '../words.ts';
import { signatureWords } from './signature-words.ts';
import type { ChainLink, SignatureReport, SignerReport } from '../../client/signature-report.ts';

const glyphs = { info: 'pen-line', warn: 'triangle-alert', error: 'shield-x' } as const;

export const signatureView = (report: SignatureReport | null): TemplateResult | typeof nothing =>
  (report === null || report.signers.length === 0 ? nothing : html`${report.signers.map(signerView)}`);

function signerView(signer: SignerReport): TemplateResult {
  const words = signatureWords(signer);
  return html`<details class="vb-signature">
    <summary class="vb-chip vb-chip-${words.tone} vb-seal-chip">${icon(glyphs[words.tone])}<span>${words.title}</span>${icon('chevron-down', 'vb-signature-more')}</summary>
    <div class="vb-signature-facts"><p>${words.detail}</p>
      <dl class="vb-dl">
        ${signer.emails.length === 0 ? nothing : html`<dt>Address</dt><dd>${signer.emails.join(', ')}</dd>`}
        ${signer.signedAt === null ? nothing : html`<dt>Signed</dt><dd>${utcTime(new Date(signer.signedAt))}, as the signer says</dd>`}
        ${signer.algorithm === null ? nothing : html`<dt>Algorithm</dt><dd>${signer.algorithm}</dd>`}</dl>
      ${signer.chain.length === 0 ? nothing : html`<h3>Certificates, the signer's first</h3><ol class="vb-chain">${signer.chain.map(linkView)}</ol>`}</div>
  </details>`;
}

const issuedWords = {
  good: (link: ChainLink): string => `Issued by ${link.issuerName}; the signature agrees`,
  bad: (link: ChainLink): string => `Says that it was issued by ${link.issuerName}, whose signature does not agree`,
  unknown: (link: ChainLink): string => `Issued by ${link.issuerName}, in a way that this page cannot check`,
  self: (): string => 'Issued by itself',
  absent: (link: ChainLink): string => `Says that it was issued by ${link.issuerName}, whose certificate is not in the message`,
} as const;

function linkView(link: ChainLink): TemplateResult {
  return html`<li><strong>${link.name}</strong> <span class="vb-muted">${link.key}</span>
    <dl class="vb-dl"><dt>Subject</dt><dd>${link.subject}</dd><dt>Issuer</dt><dd>${issuedWords[link.issued](link)}<br><span class="vb-muted">${link.issuer}</span></dd>
      <dt>Valid</dt><dd>${utcDay(link.notBefore)} to ${utcDay(link.notAfter)}${link.isValid ? '' : ', not when the message came in'}</dd>
      <dt>Fingerprint</dt><dd class="vb-print">${inFours(link.fingerprint)}</dd></dl></li>`;
}
