// What stands on the sheet of a recovery kit, printed or saved: whose it is, the words, and what to do with them.
export interface KitSheet {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly words: readonly string[];
  readonly notes: readonly string[];
}

export interface KitOwner {
  /** Where to sign in: scheme, host and port. */
  readonly portal: string;
  /** What the account signs in with; null where that is not known. */
  readonly account: string | null;
  /** The vaultbox that the kit was made with; null for a kit that was renewed. */
  readonly address: string | null;
  /** "22 November 2026". */
  readonly madeOn: string;
}

export function kitSheet(words: readonly string[], owner: KitOwner): KitSheet {
  const facts: (readonly [string, string])[] = [['Portal', owner.portal]];
  if (owner.account !== null) facts.push(['Account', owner.account]);
  if (owner.address !== null) facts.push(['First address', owner.address]);
  facts.push(['Made on', owner.madeOn]);
  return {
    title: 'Vaultbox recovery kit',
    facts,
    words,
    notes: [
      'These 24 words open all mail of this account when the passphrase is lost. They do not sign you in.',
      'To use them: sign in at the portal, choose "Use your recovery kit" where it asks for the passphrase, and type the words in this order.',
      'Keep the sheet where you keep your passport. Who has the words and gets into the account reads your mail; nobody can give you new ones when they are lost together with the passphrase.',
      'A newer kit ends this one. Capital letters do not matter, and the first four letters of each word are enough.',
    ],
  };
}
