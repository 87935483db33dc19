// What the chip above a message says, and what stands behind it.
import type { AuthResult, OpenedMessage, ReceiptVerdict } from '../../client/contract.ts';

export type SealTone = 'ok' | 'warn' | 'error';
export interface SealWords {
  readonly tone: SealTone;
  readonly parts: readonly string[];
}

const receiptWords: Readonly<Record<ReceiptVerdict, string>> = {
  verified: 'Receipt verified',
  invalid: "Receipt doesn't match",
  missing: 'No receipt',
  'key-changed': 'Receipt key changed',
};

export function authOf(results: readonly AuthResult[], method: string): AuthResult | null {
  const all = results.filter((r) => r.method.toLowerCase() === method);
  return all.find((r) => r.result.toLowerCase() === 'pass') ?? all[0] ?? null;
}

/** Results that neither speak for nor against the sender. */
const silent = new Set(['none', 'neutral', 'policy', 'temperror']);

export function sealWords(message: Pick<OpenedMessage, 'receipt' | 'authResults'>): SealWords {
  const dkim = authOf(message.authResults, 'dkim');
  const dmarc = authOf(message.authResults, 'dmarc');
  const parts = [message.receipt.isSealedBySender ? 'Sealed by its sender' : 'Sealed on arrival'];
  if (dkim !== null && !silent.has(dkim.result.toLowerCase())) parts.push(`DKIM ${dkim.result.toLowerCase()}`);
  if (dmarc?.result.toLowerCase() === 'fail') parts.push('DMARC fail');
  parts.push(receiptWords[message.receipt.verdict]);
  if (message.receipt.verdict !== 'verified') return { tone: 'error', parts };
  const failed = [dkim, dmarc].some((r) => r !== null && /fail|permerror/i.test(r.result));
  return { tone: failed ? 'warn' : 'ok', parts };
}

/** The domain a signature speaks for; never "trusted". */
export function signedBy(results: readonly AuthResult[]): { readonly domain: string; readonly selector: string | null } | null {
  const dkim = authOf(results, 'dkim');
  if (dkim === null || dkim.result.toLowerCase() !== 'pass') return null;
  const domain = dkim.properties['header.d'] ?? dkim.properties['d'] ?? dkim.properties['header.i']?.replace(/^.*@/, '');
  if (domain === undefined) return null;
  return { domain, selector: dkim.properties['header.s'] ?? dkim.properties['s'] ?? null };
}

/** Kinds of file that run, or that carry programs, when opened. */
const programs = new Set(('exe msi msix msp com scr pif bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta cpl jar lnk reg inf app dmg pkg command sh run bin '
  + 'deb rpm apk ipa appimage iso img vhd vhdx chm docm dotm xlsm xltm xlam pptm potm ppam sldm xll svg html htm xhtml shtml url webloc desktop').split(' '));

export function extensionOf(name: string): string {
  const dot = name.trimEnd().lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).trim().toLowerCase();
}

/** Saving such a file deserves a warning first. */
export const isProgram = (name: string): boolean => programs.has(extensionOf(name));

/** A name safe to hand to the save dialog: no path, no control or direction characters, no trailing dots. */
export function safeFileName(name: string, fallback = 'attachment'): string {
  const bare = name.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/[\\/:*?"<>|]/g, '_').replace(/[. ]+$/, '').trim();
  return bare === '' ? fallback : bare.slice(-120);
}
