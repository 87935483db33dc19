// What a tab remembers across page loads: the name of its kept key, never the key; and word from other tabs that the vault was locked.
const keptEntry = 'vaultbox.kept';
const idleEntry = 'vaultbox.idle-minutes';

export class TabMemory {
  readonly #channel: BroadcastChannel | null;

  constructor(onOtherTabLocked: (accountId: string) => void) {
    this.#channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('vaultbox.lock');
    if (this.#channel !== null) this.#channel.onmessage = (event: MessageEvent<unknown>) => onOtherTabLocked(String(event.data));
  }

  keptId(): string | null {
    return sessionStorage.getItem(keptEntry);
  }

  keep(id: string | null): void {
    if (id === null) sessionStorage.removeItem(keptEntry);
    else sessionStorage.setItem(keptEntry, id);
  }

  idleMinutes(): number | null {
    const minutes = Number(localStorage.getItem(idleEntry));
    return Number.isFinite(minutes) && minutes >= 1 ? minutes : null;
  }

  rememberIdleMinutes(minutes: number): void {
    localStorage.setItem(idleEntry, String(minutes));
  }

  announceLock(accountId: string): void {
    this.#channel?.postMessage(accountId);
  }
}
