// What a sender's own signature says, in words. Never "trusted": nobody here can say that of an issuer.
import type { SignatureProblem, SignerReport } from '../../client/signature-report.ts';

export type SignatureTone = 'info' | 'warn' | 'error';
export interface SignatureWords { readonly tone: SignatureTone; readonly title: string; readonly detail: string }

type Said = (signer: SignerReport) => SignatureWords;

const nameOf = ({ name, emails }: SignerReport): string => name ?? emails[0] ?? 'somebody';

/** Who vouches for the signer, and that the reader has to decide what that is worth. */
export function vouchedBy({ chain }: SignerReport): string {
  const [first] = chain;
  const last = chain.at(-1);
  if (first === undefined || last === undefined || first.issued === 'bad') return '';
  if (first.issued === 'self') return 'The certificate vouches for itself: nobody else says whose it is.';
  if (first.issued !== 'good' || chain.length === 1) return `The certificate says that it was issued by ${first.issuerName}. That could not be checked here: anybody can write it.`;
  // Each link below the last one was checked.
  const through = chain.length === 2 ? '' : `, under ${last.name}`;
  const further = last.issued === 'self' ? '' : `, which says that it was issued by ${last.issuerName}`;
  return `The certificate was issued by ${first.issuerName}${through}. Vaultbox does not know whether to trust ${last.name}${further}.`;
}

/** The gravest first. */
const said: readonly (readonly [SignatureProblem, Said])[] = [
  ['altered', () => ({ tone: 'error', title: "The sender's signature doesn't match", detail: 'The message is not the one that was signed.' })],
  ['other-sender', (signer) => ({ tone: 'warn', title: `Signed by ${nameOf(signer)}, not by its sender`,
    detail: `The certificate belongs to ${signer.emails.join(', ')}, which is not the address that the message says it is from.` })],
  ['chain', (signer) => ({ tone: 'warn', title: `Signed by ${nameOf(signer)}, whose certificate is not its issuer’s`, detail: 'The issuer that it names did not sign it, or may not.' })],
  ['expired', (signer) => ({ tone: 'warn', title: `Signed by ${nameOf(signer)} with a certificate out of its time`, detail: 'It was not valid when the message came in.' })],
  ['usage', (signer) => ({ tone: 'warn', title: `Signed by ${nameOf(signer)} with a certificate not meant for it`, detail: 'It is not for signatures.' })],
  ['sha1', (signer) => ({ tone: 'warn', title: `Signed by ${nameOf(signer)} in an outdated way`, detail: 'SHA-1 signatures can be forged.' })],
  ['no-certificate', () => ({ tone: 'info', title: 'Signed, but not said by whom', detail: "The signer's certificate is not in the message, so the signature cannot be checked." })],
  ['algorithm', (signer) => ({ tone: 'info', title: 'Signed in a way that this page cannot check', detail: `It says that it is by ${nameOf(signer)}.` })],
];

export function signatureWords(signer: SignerReport): SignatureWords {
  const found = said.find(([problem]) => signer.problems.includes(problem));
  if (found !== undefined) {
    const words = found[1](signer);
    return words.tone === 'error' || signer.chain.length === 0 ? words : { ...words, detail: `${words.detail} ${vouchedBy(signer)}` };
  }
  const noAddress = signer.problems.includes('no-address') ? ' The certificate names no address, so that nothing ties it to this sender.' : '';
  return { tone: 'info', title: `Signed by ${nameOf(signer)}`, detail: `Unchanged since it was signed. ${vouchedBy(signer)}${noAddress}` };
}
