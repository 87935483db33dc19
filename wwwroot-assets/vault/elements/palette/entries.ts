// What the palette offers, and which of it matches what was typed. Nothing here leaves the page.
import type { ApiVaultbox } from '../../core/api-types.ts';
import type { OpenedSummary, VaultStateName } from '../../client/contract.ts';

export type Group = 'do' | 'go' | 'mail';
export type Act = { readonly href: string } | { readonly act: 'lock' | 'unlock' | 'theme' };

export interface Entry {
  readonly group: Group;
  readonly title: string;
  /** Beside the title; also searched. */
  readonly note: string;
  readonly icon: string;
  /** More words by which it is found. */
  readonly words: string;
  readonly keys: readonly string[];
  readonly run: Act;
}

export interface Section { readonly group: Group; readonly label: string; readonly entries: readonly Entry[] }

const labels: Readonly<Record<Group, string>> = { do: 'Do', go: 'Go to', mail: 'Mail on this device' };
const most: Readonly<Record<Group, number>> = { do: 6, go: 8, mail: 5 };

const entry = (group: Group, title: string, note: string, icon: string, run: Act, words = '', keys: readonly string[] = []): Entry =>
  ({ group, title, note, icon, words, keys, run });
const page = (title: string, note: string, icon: string, href: string, words = ''): Entry => entry('go', title, note, icon, { href }, words);

export function commands(vault: VaultStateName | null): readonly Entry[] {
  const theVault = vault === 'unlocked' ? [entry('do', 'Lock the vault now', '', 'lock', { act: 'lock' }, '', ['Ctrl', 'Shift', 'L'])]
    : vault === 'locked' ? [entry('do', 'Unlock the vault', '', 'lock-open', { act: 'unlock' }, 'passphrase')] : [];
  return [
    entry('do', 'New vaultbox', 'an address with its own keys', 'plus', { href: '/vaultboxes/new' }, 'create make address'),
    ...theVault,
    entry('do', 'Change the theme', 'light, dark, as the system', 'sun-moon', { act: 'theme' }, 'night colours'),
  ];
}

export function pages(isAdmin: boolean): readonly Entry[] {
  const own = [
    page('Home', '', 'house', '/', 'start overview'),
    page('Mail', '', 'mail', '/mail', 'inbox read'),
    page('Vaultboxes', '', 'archive-restore', '/vaultboxes', 'addresses'),
    page('Sending', '', 'send', '/sending', 'senders smtp motor blocks'),
    page('Notifications', '', 'bell', '/notifications', 'notices'),
    page('Account', '', 'circle-user', '/account', 'e-mail address'),
    page('Sign-in and security', 'Account', 'shield-check', '/account/security', 'password passkeys two-step authenticator recovery codes'),
    page('Sessions', 'Account', 'laptop', '/account/sessions', 'signed in browsers'),
    page('API tokens', 'Account', 'file-text', '/account/tokens', 'programs'),
    page('Your data', 'Account', 'download', '/account/data', 'export delete account'),
  ];
  return isAdmin ? [...own,
    page('Overview', 'Admin', 'layout-dashboard', '/admin', 'statistics charts refusals'),
    page('Every vaultbox', 'Admin', 'archive', '/admin/vaultboxes'),
    page('Every domain', 'Admin', 'globe', '/admin/domains', 'shared verify'),
    page('Health', 'Admin', 'activity', '/admin/health', 'databases latency migration pool replication'),
    page('Settings', 'Admin', 'settings', '/admin/settings', 'sign-up retention'),
    page('Users', 'Admin', 'users', '/admin/users', 'accounts suspend'),
    page('Processing log', 'Admin', 'scroll-text', '/admin/processing-log', 'trace where is my mail'),
    page('System mail', 'Admin', 'mail-check', '/admin/system-mail'),
    page('Invitations', 'Admin', 'mail-open', '/admin/invites'),
  ] : own;
}

export function ofVaultbox(box: ApiVaultbox): readonly Entry[] {
  const root = `/vaultboxes/${box.id}`;
  const tab = (label: string, icon: string, href: string, words = ''): Entry =>
    entry('go', `${box.name}, ${label}`, box.address === box.name ? '' : box.address, icon, { href }, words);
  return [
    ...(box.needsKey ? [entry('do', 'Make keys', box.address, 'key-round', { href: `${root}/keys-setup` }, 'add renew key')] : []),
    tab('Mail', 'mail', `/mail/${box.id}`),
    tab('Aliases', 'at-sign', `${root}/aliases`, 'addresses masked'),
    tab('Keys', 'key-round', `${root}/keys`, 'certificates passphrase recovery kit'),
    tab('Devices & credentials', 'laptop', `${root}/devices`, 'smtp password rotate'),
    tab('Activity', 'activity', `${root}/activity`, 'passports log'),
    tab('Settings', 'settings', `${root}/settings`, 'rename pause archive delete'),
  ];
}

export function ofMessage(vaultboxId: string, row: OpenedSummary): Entry {
  const from = row.from[0];
  return entry('mail', row.subject === '' ? 'No subject' : row.subject, from === undefined ? '' : from.name === '' ? from.address : from.name, 'mail',
    { href: `/mail/${vaultboxId}/${row.id}` }, `${from?.address ?? ''} ${row.text}`);
}

/** Case and accents do not count. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Lower is better; null: a word of the question is nowhere in it. */
function rank(candidate: Entry, question: readonly string[]): number | null {
  const title = folded(candidate.title);
  const all = `${title} ${folded(candidate.note)} ${folded(candidate.words)}`;
  let sum = 0;
  for (const word of question) {
    if (!all.includes(word)) return null;
    sum += title.startsWith(word) ? 0 : title.includes(` ${word}`) ? 1 : title.includes(word) ? 2 : 3;
  }
  return sum;
}

/** Sections that have something, best first in each. Without a question no mail is listed. */
export function matching(entries: readonly Entry[], question: string): readonly Section[] {
  const words = folded(question).split(/\s+/).filter((word) => word !== '');
  const ranked = entries
    .map((candidate, index) => ({ candidate, index, rank: rank(candidate, words) }))
    .filter((r): r is typeof r & { rank: number } => r.rank !== null && (words.length > 0 || r.candidate.group !== 'mail'))
    .sort((a, b) => a.rank - b.rank || a.index - b.index);
  return (['do', 'go', 'mail'] as const)
    .map((group) => ({ group, label: labels[group], entries: ranked.filter((r) => r.candidate.group === group).slice(0, most[group]).map((r) => r.candidate) }))
    .filter((section) => section.entries.length > 0);
}
