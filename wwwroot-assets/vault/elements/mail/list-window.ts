// Which lines of a long list stand in the document. Lines are rows and day headings, each kind with its own height.
export interface Line<T> {
  readonly kind: 'heading' | 'row';
  readonly heading: string;
  readonly row: T | null;
  /** Place among the rows; of a heading: that of the row after it. */
  readonly index: number;
}

export interface LineHeights { readonly heading: number; readonly row: number }
export interface ListWindow {
  /** First and one past the last line to draw. */
  readonly from: number;
  readonly to: number;
  /** Pixels above the first drawn line. */
  readonly top: number;
}

/** Rows with a heading before each run of equal group names. */
export function toLines<T>(rows: readonly T[], groupOf: (row: T) => string): readonly Line<T>[] {
  const lines: Line<T>[] = [];
  let group: string | null = null;
  rows.forEach((row, index) => {
    const name = groupOf(row);
    if (name !== group) lines.push({ kind: 'heading', heading: name, row: null, index });
    group = name;
    lines.push({ kind: 'row', heading: name, row, index });
  });
  return lines;
}

/** Pixel offset of each line; one more entry than lines, the last being the whole height. */
export function offsets(lines: readonly Line<unknown>[], heights: LineHeights): Float64Array<ArrayBuffer> {
  const out = new Float64Array(lines.length + 1);
  lines.forEach((line, i) => {
    out[i + 1] = (out[i] ?? 0) + heights[line.kind];
  });
  return out;
}

/** The lines seen in a viewport, and `overscan` more on each side. */
export function listWindow(tops: Float64Array, scrollTop: number, viewport: number, overscan = 8): ListWindow {
  const lines = tops.length - 1;
  if (lines <= 0) return { from: 0, to: 0, top: 0 };
  const first = lineAt(tops, Math.max(0, scrollTop));
  const last = lineAt(tops, Math.max(0, scrollTop) + Math.max(0, viewport));
  const from = Math.max(0, first - overscan);
  return { from, to: Math.min(lines, last + 1 + overscan), top: tops[from] ?? 0 };
}

/** Scroll position that shows a line wholly, moving no further than needed; headings above count as part of it. */
export function scrollToShow(tops: Float64Array, line: number, scrollTop: number, viewport: number): number {
  const top = tops[line] ?? 0;
  const bottom = tops[line + 1] ?? top;
  if (top < scrollTop) return top;
  return bottom > scrollTop + viewport ? bottom - viewport : scrollTop;
}

/** Last line that begins at or above `y`. */
function lineAt(tops: Float64Array, y: number): number {
  let low = 0;
  let high = tops.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
