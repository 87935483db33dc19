// Is it signed, by whom, and who says so? The browser has no list of trusted authorities: whether to trust the last of a chain, the reader decides.
import { VaultError } from '../../client/contract.ts';
import type { ChainLink, SignatureProblem, SignatureReport, SignerReport } from '../../client/signature-report.ts';
import { keyUsageBits, longName, readPublicKey, shortName, type Certificate } from '../certificate.ts';
import { oid } from '../der-writer.ts';
import { equalBytes, sha256Hex, type Bytes } from '../encoding.ts';
import { malformed } from './errors.ts';
import { isFor } from './recipients.ts';
import { checkSignature, signatureScheme, type SignatureCheck, type SignatureScheme } from './signature-scheme.ts';
import type { SignedData, Signer } from './signed-data.ts';

const maxLinks = 8;

export interface SignedMessage {
  readonly form: SignatureReport['form'];
  readonly data: SignedData;
  /** What was signed: the entity's octets with CRLF line ends (RFC 8551, 3.1.1). */
  readonly content: Uint8Array;
}

/** `senders`: addresses of the From field. `at`: when the message came in; certificates must have been valid then. */
export async function verifySigned(message: SignedMessage, senders: readonly string[], at: Date): Promise<SignatureReport> {
  const signers = await Promise.all(message.data.signers.map((signer) => report(message, signer, senders, at).catch(damaged)));
  return { form: message.form, signers };
}

/** A signer whose parts do not read has signed nothing. */
function damaged(error: unknown): SignerReport {
  if (!(error instanceof VaultError)) throw error;
  return { verdict: 'bad', problems: ['altered'], name: null, emails: [], matchesSender: null, signedAt: null, algorithm: null, chain: [] };
}

async function report(message: SignedMessage, signer: Signer, senders: readonly string[], at: Date): Promise<SignerReport> {
  const certificate = message.data.certificates.find((candidate) => isFor(signer.id, candidate));
  const scheme = signatureScheme(signer.algorithm, signer.digest);
  const signedAt = signer.attributes?.signingTime?.toISOString() ?? null;
  const base = { signedAt, algorithm: scheme === null ? null : `${scheme.kind}, ${scheme.hash}` };
  if (certificate === undefined) return { ...base, verdict: 'unknown', problems: ['no-certificate'], name: null, emails: [], matchesSender: null, chain: [] };
  const said = await checkSigner(message, signer, certificate, scheme);
  const chain = await chainOf(certificate, message.data.certificates, at);
  const emails = certificate.emails.filter((email) => email.trim() !== '');
  const matchesSender = isBySenders(emails, senders);
  const facts = { name: shortName(certificate.subject, malformed), emails, matchesSender, chain };
  return { ...base, ...facts, verdict: said, problems: said === 'bad' ? ['altered'] : problems(said, certificate, chain, matchesSender, scheme?.hash === 'SHA-1' || signer.digest === 'SHA-1', at) };
}

function problems(
  said: SignatureCheck, certificate: Certificate, chain: readonly ChainLink[], matchesSender: boolean | null, hasSha1: boolean, at: Date,
): SignatureProblem[] {
  const found: SignatureProblem[] = [];
  if (said === 'unknown') found.push('algorithm');
  if (matchesSender === false) found.push('other-sender');
  if (matchesSender === null) found.push('no-address');
  if (!isValidAt(certificate, at)) found.push('expired');
  const usage = certificate.keyUsage;
  const isForSigning = usage === null || usage.has(keyUsageBits.digitalSignature) || usage.has(keyUsageBits.nonRepudiation);
  if (!isForSigning || !certificate.isForMail) found.push('usage');
  if (chain.some((link) => link.issued === 'bad')) found.push('chain');
  if (hasSha1) found.push('sha1');
  return found;
}

/** One certificate for all who the message says it is from; null where either side names nobody, or somebody without an address. */
function isBySenders(emails: readonly string[], senders: readonly string[]): boolean | null {
  if (emails.length === 0 || senders.length === 0 || senders.some((sender) => sender.trim() === '')) return null;
  return senders.every((sender) => emails.some((email) => isSame(email, sender)));
}

const isValidAt = (certificate: Certificate, at: Date): boolean => certificate.notBefore <= at && at <= certificate.notAfter;
const isSame = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** RFC 5652, 5.4 and 5.6. */
async function checkSigner({ data, content }: SignedMessage, signer: Signer, certificate: Certificate, scheme: SignatureScheme | null): Promise<SignatureCheck> {
  const { attributes, digest } = signer;
  if (scheme === null) return 'unknown';
  if (attributes === null) {
    // Attributes of another signature passed off as content would begin as a SET OF does; no entity of a mail does.
    return data.contentType !== oid.data || content[0] === 0x31 ? 'bad' : checkSignature(scheme, certificate.spki, signer.signature, content);
  }
  if (digest === null) return 'unknown';
  const actual = new Uint8Array(await crypto.subtle.digest(digest, content as Bytes));
  if (attributes.contentType !== data.contentType || attributes.messageDigest === null || !equalBytes(attributes.messageDigest, actual)) return 'bad';
  return checkSignature(scheme, certificate.spki, signer.signature, attributes.signed);
}

/** From the signer up, as far as the message brings the certificates along. */
async function chainOf(first: Certificate, all: readonly Certificate[], at: Date): Promise<ChainLink[]> {
  const chain: ChainLink[] = [];
  const seen = new Set<Certificate>();
  for (let current: Certificate | null = first; current !== null && chain.length < maxLinks;) {
    const certificate: Certificate = current;
    seen.add(certificate);
    const isOwn = equalBytes(certificate.issuer, certificate.subject);
    const issuer = isOwn ? certificate : (all.find((candidate) => !seen.has(candidate) && issues(candidate, certificate)) ?? null);
    const issued = issuer === null ? 'absent' : await checkIssued(certificate, issuer, isOwn ? 0 : chain.length);
    chain.push(await link(certificate, isOwn && issued === 'good' ? 'self' : issued, at));
    current = isOwn || issued !== 'good' ? null : issuer;
  }
  return chain;
}

function issues(issuer: Certificate, certificate: Certificate): boolean {
  if (!equalBytes(issuer.subject, certificate.issuer)) return false;
  return issuer.keyId === null || certificate.authorityKeyId === null || equalBytes(issuer.keyId, certificate.authorityKeyId);
}

/** An issuer must be an authority that may sign certificates, so far above the signer's (RFC 5280, 6.1.4); constraints that are not read here leave it open. */
async function checkIssued(certificate: Certificate, issuer: Certificate, below: number): Promise<SignatureCheck> {
  const mayIssue = issuer === certificate
    || (issuer.isCa && below <= (issuer.pathLength ?? maxLinks) && (issuer.keyUsage === null || issuer.keyUsage.has(keyUsageBits.certificateSigning)));
  if (!mayIssue) return 'bad';
  if (certificate.hasUnreadCritical || issuer.hasUnreadCritical) return 'unknown';
  const scheme = signatureScheme(certificate.signatureAlgorithm, null);
  return scheme === null ? 'unknown' : checkSignature(scheme, issuer.spki, certificate.signature, certificate.body);
}

async function link(certificate: Certificate, issued: ChainLink['issued'], at: Date): Promise<ChainLink> {
  return {
    name: shortName(certificate.subject, malformed), subject: longName(certificate.subject, malformed),
    issuerName: shortName(certificate.issuer, malformed), issuer: longName(certificate.issuer, malformed),
    notBefore: certificate.notBefore.toISOString(), notAfter: certificate.notAfter.toISOString(), isValid: isValidAt(certificate, at),
    fingerprint: await sha256Hex(certificate.der), key: keyName(certificate), issued,
  };
}

function keyName(certificate: Certificate): string {
  const { algorithm, curve, bits } = readPublicKey(certificate.spki, malformed);
  if (algorithm === oid.ecPublicKey) return `EC ${({ [oid.p256]: 'P-256', [oid.p384]: 'P-384', [oid.p521]: 'P-521' } as Record<string, string>)[curve ?? ''] ?? curve ?? ''}`.trim();
  // RSAPublicKey is little more than its modulus.
  return algorithm === oid.rsaEncryption || algorithm === oid.rsaPss ? `RSA-${Math.floor(bits.length / 128) * 1024}` : algorithm;
}
