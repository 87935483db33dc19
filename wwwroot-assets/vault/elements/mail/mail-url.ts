// The URL is the state: /mail, /mail/{vaultboxId}, /mail/{vaultboxId}/{messageId}.
export interface MailPlace {
  readonly vaultboxId: string | null;
  readonly messageId: string | null;
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Anything that is no id counts as absent. */
export function readMailUrl(path: string): MailPlace {
  const [root, vaultbox, message] = path.split('/').filter((part) => part !== '');
  if (root !== 'mail') return { vaultboxId: null, messageId: null };
  const vaultboxId = vaultbox !== undefined && uuid.test(vaultbox) ? vaultbox.toLowerCase() : null;
  const messageId = vaultboxId !== null && message !== undefined && uuid.test(message) ? message.toLowerCase() : null;
  return { vaultboxId, messageId };
}

export function mailUrl(place: MailPlace): string {
  if (place.vaultboxId === null) return '/mail';
  return place.messageId === null ? `/mail/${place.vaultboxId}` : `/mail/${place.vaultboxId}/${place.messageId}`;
}
