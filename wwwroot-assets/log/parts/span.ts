/** Bars from the first to the last, both included. */
export interface Span {
  readonly anchor: number;
  readonly head: number;
}

/** The chart's bars as times. */
export interface Bars {
  readonly start: number;
  readonly widthMs: number;
  readonly count: number;
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/** The bar under a point of the chart; both in CSS px. */
export function barAt(bars: Bars, x: number, chartWidth: number): number {
  return chartWidth <= 0 ? 0 : clamp(Math.floor((x / chartWidth) * bars.count), bars.count - 1);
}

/** What the keyboard makes of a span: arrows move it, with Shift they stretch it. Null for a key that is none of ours. */
export function pressed(bars: Bars, span: Span | null, key: string, shift: boolean): Span | null {
  const last = bars.count - 1;
  const head = span?.head ?? last;
  const target = { ArrowLeft: span === null ? last : head - 1, ArrowRight: span === null ? 0 : head + 1, Home: 0, End: last }[key];
  if (target === undefined) return null;
  const moved = clamp(target, last);
  return { anchor: shift && span !== null ? span.anchor : moved, head: moved };
}

/** First and last bar. */
export function edges(span: Span): readonly [number, number] {
  return [Math.min(span.anchor, span.head), Math.max(span.anchor, span.head)];
}

/** The page's address for the time of the span. */
export function hrefOf(bars: Bars, span: Span, base: string): string {
  const [first, last] = edges(span);
  const at = (bar: number): string => `${new Date(bars.start + bar * bars.widthMs).toISOString().slice(0, 19)}Z`;
  return `${base}${base.includes('?') ? '&' : '?'}from=${encodeURIComponent(at(first))}&to=${encodeURIComponent(at(last + 1))}`;
}

/** "17:04 to 17:06, 2 bars", in the reader's own time. */
export function spoken(bars: Bars, span: Span): string {
  const [first, last] = edges(span);
  const clock = (bar: number): string => {
    const at = new Date(bars.start + bar * bars.widthMs);
    const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at);
    return bars.widthMs * bars.count <= 86_400_000 ? time : `${new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(at)} ${time}`;
  };
  return `${clock(first)} to ${clock(last + 1)}`;
}
