// Registers the vault's elements. Pages place them; what they hold stays in them.
import { Attachments } from './mail/vb-attachments.ts';
import { MailList } from './mail/vb-mail-list.ts';
import { MailPage } from './mail/vb-mail.ts';
import { MessageFrame } from './mail/vb-message-frame.ts';
import { OldMessage } from './mail/vb-old-message.ts';
import { Reader } from './mail/vb-reader.ts';
import { Palette } from './palette/vb-palette.ts';
import { CertificateUpload } from './vb-certificate-upload.ts';
import { KeyAdd } from './vb-key-add.ts';
import { KeyExport } from './vb-key-export.ts';
import { KeyImport } from './vb-key-import.ts';
import { KeyProof } from './vb-key-proof.ts';
import { KeySetup } from './vb-key-setup.ts';
import { KitRenewal } from './vb-kit-renewal.ts';
import { PassphraseChange } from './vb-passphrase-change.ts';
import { RecoveryKit } from './vb-recovery-kit.ts';
import { TestMail } from './vb-test-mail.ts';
import { Unlock } from './vb-unlock.ts';
import { UnlockMethods } from './vb-unlock-methods.ts';
import { VaultPill } from './vb-vault-pill.ts';

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'vb-unlock': Unlock,
  'vb-attachments': Attachments,
  'vb-message-frame': MessageFrame,
  'vb-mail-list': MailList,
  'vb-old-message': OldMessage,
  'vb-reader': Reader,
  'vb-certificate-upload': CertificateUpload,
  'vb-vault-pill': VaultPill,
  'vb-palette': Palette,
  'vb-mail': MailPage,
  'vb-recovery-kit': RecoveryKit,
  'vb-passphrase-change': PassphraseChange,
  'vb-kit-renewal': KitRenewal,
  'vb-unlock-methods': UnlockMethods,
  'vb-key-setup': KeySetup,
  'vb-test-mail': TestMail,
  'vb-key-export': KeyExport,
  'vb-key-add': KeyAdd,
  'vb-key-import': KeyImport,
  'vb-key-proof': KeyProof,
};

/** Twice is harmless: a page may load the module again after a navigation. */
export function registerElements(): void {
  for (const [name, element] of Object.entries(elements)) if (customElements.get(name) === undefined) customElements.define(name, element);
}
