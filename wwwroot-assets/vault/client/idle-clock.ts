/** Calls back while a deadline runs: each second in the last two minutes, else every 15 s; with 0 once it has passed. */
export class IdleClock {
  readonly #tick: (msLeft: number) => void;
  #deadline: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tick: (msLeft: number) => void) {
    this.#tick = tick;
    // Timers sleep with the machine and in hidden tabs: look again when the page is seen.
    globalThis.document?.addEventListener('visibilitychange', () => this.#look());
  }

  /** Unix time in ms, or null to stop. */
  set(deadline: number | null): void {
    this.#deadline = deadline;
    clearTimeout(this.#timer);
    if (deadline !== null) this.#schedule(deadline - Date.now());
  }

  #schedule(msLeft: number): void {
    const step = msLeft <= 120_000 ? 1_000 : 15_000;
    this.#timer = setTimeout(() => this.#look(), Math.max(0, Math.min(step, msLeft)));
  }

  #look(): void {
    clearTimeout(this.#timer);
    if (this.#deadline === null) return;
    const msLeft = this.#deadline - Date.now();
    if (msLeft <= 0) this.#deadline = null;
    else this.#schedule(msLeft);
    this.#tick(Math.max(0, msLeft));
  }
}
