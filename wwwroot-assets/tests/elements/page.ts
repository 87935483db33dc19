// Elements in a document without a browser: a vault and an API that say what a test needs.
import { vi } from 'vitest';
import { VaultError, type VaultClient, type VaultState, type VaultStateName } from '../../vault/client/contract.ts';
import { provideSession, type Portal } from '../../vault/elements/session.ts';
import { CertificateUpload } from '../../vault/elements/vb-certificate-upload.ts';
import { KeyAdd } from '../../vault/elements/vb-key-add.ts';
import { KeyExport } from '../../vault/elements/vb-key-export.ts';
import { KeyImport } from '../../vault/elements/vb-key-import.ts';
import { KeyProof } from '../../vault/elements/vb-key-proof.ts';
import { KeySetup } from '../../vault/elements/vb-key-setup.ts';
import { KitRenewal } from '../../vault/elements/vb-kit-renewal.ts';
import { PassphraseChange } from '../../vault/elements/vb-passphrase-change.ts';
import { Palette } from '../../vault/elements/palette/vb-palette.ts';
import { RecoveryKit } from '../../vault/elements/vb-recovery-kit.ts';
import { UnlockMethods } from '../../vault/elements/vb-unlock-methods.ts';
import { Unlock } from '../../vault/elements/vb-unlock.ts';
import { newKitWords } from '../../vault/core/recovery-kit.ts';

const elements = {
  'vb-certificate-upload': CertificateUpload, 'vb-key-add': KeyAdd, 'vb-key-export': KeyExport, 'vb-key-proof': KeyProof,
  'vb-key-import': KeyImport, 'vb-key-setup': KeySetup, 'vb-kit-renewal': KitRenewal, 'vb-passphrase-change': PassphraseChange, 'vb-recovery-kit': RecoveryKit,
  'vb-palette': Palette, 'vb-unlock-methods': UnlockMethods, 'vb-unlock': Unlock,
};

export const state = (name: VaultStateName): VaultState => ({ name, lockAt: null, idleMinutes: 15, keepUnlocked: true });
export const kit = newKitWords();
export const strong = { score: 4, label: 'Very strong', hint: '', ok: true } as const;
const weak = { score: 0, label: 'Very weak', hint: 'Too short.', ok: false } as const;

/** Every method refuses unless a test says otherwise. */
export function page(name: VaultStateName, given: Partial<VaultClient> = {}, api: Partial<Portal> = {}): VaultClient {
  const vault: Partial<VaultClient> = {
    init: async () => state(name), state: () => state(name), subscribe: () => () => undefined, touch: () => undefined,
    passphraseStrength: (text) => (text.length > 20 ? strong : weak),
    forgetRecoveryKit: async () => undefined,
    ...given,
  };
  const refuse = (): Promise<never> => Promise.reject(new VaultError('internal', 'not in this test'));
  const client = new Proxy(vault, { get: (target, key) => Reflect.get(target, key) ?? refuse }) as VaultClient;
  provideSession(client, { me: async () => ({ id: '', email: 'mara@elsewhere.test', role: 'user' }), ...api } as Portal);
  for (const [tag, element] of Object.entries(elements)) if (customElements.get(tag) === undefined) customElements.define(tag, element);
  // jsdom has dialogs, but not the modal kind.
  HTMLDialogElement.prototype.showModal = function show(): void {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close(): void {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
  return client;
}

/** The element in the document, drawn for the first time. */
export async function show<E extends HTMLElement>(markup: string): Promise<E> {
  document.body.innerHTML = markup;
  const element = document.body.firstElementChild as E & { updateComplete: Promise<boolean> };
  await settled(element);
  return element;
}

export async function settled(element: HTMLElement): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await Promise.resolve();
    await (element as HTMLElement & { updateComplete?: Promise<boolean> }).updateComplete;
  }
}

export function press(root: HTMLElement, label: string): void {
  const button = [...root.querySelectorAll<HTMLElement>('button, a')].find((one) => one.textContent?.trim() === label);
  if (button === undefined) throw new Error(`no “${label}” among ${[...root.querySelectorAll('button, a')].map((one) => one.textContent?.trim()).join(', ')}`);
  button.click();
}

export function type(root: HTMLElement, selector: string, text: string): void {
  const field = root.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
  if (field === null) throw new Error(`no ${selector}`);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

export const submit = (root: HTMLElement): boolean | undefined => root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
export const text = (root: HTMLElement): string => (root.textContent ?? '').replace(/\s+/g, ' ');
export const spy = vi.fn;
