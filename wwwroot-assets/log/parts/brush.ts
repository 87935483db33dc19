import { barAt, edges, hrefOf, pressed, spoken, type Bars, type Span } from './span.ts';

/**
 * `<vb-log-brush data-start data-width-ms data-count data-href>`: drag over the chart, or press arrows (Shift stretches) and Enter, to set the
 * time. `[data-vb-mark]` shows what is chosen, `[data-vb-told]` says it, `[data-vb-go]` is the link that is followed.
 */
export class LogBrush extends HTMLElement {
  #span: Span | null = null;
  #dragging = false;

  connectedCallback(): void {
    for (const kind of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel', 'keydown', 'blur']) this.addEventListener(kind, this);
  }

  handleEvent(event: Event): void {
    if (event instanceof KeyboardEvent) this.#key(event);
    else if (event.type === 'blur') this.#choose(null);
    else this.#point(event as PointerEvent);
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter' && this.#span !== null) {
      event.preventDefault();
      this.#go();
      return;
    }
    const next = event.key === 'Escape' ? null : pressed(this.#bars, this.#span, event.key, event.shiftKey);
    if (next === null && event.key !== 'Escape') return;
    event.preventDefault();
    this.#choose(next);
  }

  #point(event: PointerEvent): void {
    const box = this.getBoundingClientRect();
    const bar = barAt(this.#bars, event.clientX - box.left, box.width);
    if (event.type === 'pointerdown' && event.button === 0) {
      this.#dragging = true;
      this.setPointerCapture?.(event.pointerId);
      this.#choose({ anchor: bar, head: bar });
    } else if (event.type === 'pointermove' && this.#dragging && this.#span !== null) {
      this.#choose({ anchor: this.#span.anchor, head: bar });
    } else if (event.type === 'pointerup' && this.#dragging) {
      this.#dragging = false;
      this.#go();
    } else if (event.type === 'pointercancel') {
      this.#dragging = false;
      this.#choose(null);
    }
  }

  #choose(span: Span | null): void {
    this.#span = span;
    const mark = this.querySelector<HTMLElement>('[data-vb-mark]');
    const told = this.querySelector('[data-vb-told]');
    if (mark !== null) {
      mark.hidden = span === null;
      if (span !== null) {
        const [first, last] = edges(span);
        mark.style.left = `${(first / this.#bars.count) * 100}%`;
        mark.style.width = `${((last - first + 1) / this.#bars.count) * 100}%`;
      }
    }
    if (told !== null) told.textContent = span === null ? '' : spoken(this.#bars, span);
  }

  #go(): void {
    const link = this.querySelector<HTMLAnchorElement>('[data-vb-go]');
    if (link === null || this.#span === null) return;
    link.href = hrefOf(this.#bars, this.#span, this.dataset['href'] ?? '');
    this.#choose(null);
    link.click();
  }

  get #bars(): Bars {
    const number = (name: string): number => Number(this.dataset[name] ?? '0');
    return { start: Date.parse(this.dataset['start'] ?? ''), widthMs: number('widthMs'), count: number('count') };
  }
}
