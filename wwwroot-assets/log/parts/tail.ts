/** How far the list may be scrolled before it stops following, in CSS px. */
const patience = 80;

/** `<vb-log-tail>`: presses the page's `[data-vb-live][aria-pressed=true]` when its top has gone out of sight; `[data-vb-fresh]` brings it back. */
export class LogTail extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener('scroll', this, { capture: true, passive: true });
    this.addEventListener('click', this);
  }

  disconnectedCallback(): void {
    document.removeEventListener('scroll', this, { capture: true });
  }

  handleEvent(event: Event): void {
    if (event.type === 'click') {
      if (event.target instanceof Element && event.target.closest('[data-vb-fresh]') !== null) this.scrollIntoView({ block: 'nearest' });
      return;
    }
    if (this.getBoundingClientRect().top >= -patience) return;
    document.querySelector<HTMLElement>('[data-vb-live][aria-pressed="true"]')?.click();
  }
}
