import { describe, expect, it } from 'vitest';
import { listWindow, offsets, scrollToShow, toLines } from '../../../vault/elements/mail/list-window.ts';

const heights = { heading: 30, row: 78 };
const rows = Array.from({ length: 10_000 }, (_, i) => ({ group: `g${Math.floor(i / 7)}` }));
const lines = toLines(rows, (row) => row.group);
const tops = offsets(lines, heights);

describe('list window', () => {
  it('toLines_Groups_HaveOneHeadingEach', () => {
    expect(lines.filter((l) => l.kind === 'heading').length).toBe(Math.ceil(10_000 / 7));
    expect(lines.slice(0, 3).map((l) => l.kind)).toEqual(['heading', 'row', 'row']);
    expect(lines[8]).toMatchObject({ kind: 'heading', index: 7 });
  });

  it('offsets_LastEntry_IsTheWholeHeight', () => {
    expect(tops[lines.length]).toBe(10_000 * 78 + Math.ceil(10_000 / 7) * 30);
  });

  it('listWindow_AnyScrollPosition_CoversTheViewportAndStaysSmall', () => {
    for (let y = 0; y < (tops[lines.length] ?? 0); y += 12_345) {
      const view = listWindow(tops, y, 800, 4);
      expect(tops[view.from]).toBeLessThanOrEqual(y);
      expect(tops[view.to]).toBeGreaterThanOrEqual(Math.min(y + 800, tops[lines.length] ?? 0));
      expect(view.to - view.from).toBeLessThan(24);
      expect(view.top).toBe(tops[view.from]);
    }
  });

  it('listWindow_BeyondTheEnd_DrawsTheLastLines', () => {
    expect(listWindow(tops, 1e9, 800).to).toBe(lines.length);
  });

  it('listWindow_Empty_DrawsNothing', () => {
    expect(listWindow(offsets([], heights), 500, 800)).toEqual({ from: 0, to: 0, top: 0 });
  });

  it('scrollToShow_LineInView_DoesNotMove', () => {
    expect(scrollToShow(tops, 3, 0, 800)).toBe(0);
    expect(scrollToShow(tops, 100, 0, 800)).toBe((tops[101] ?? 0) - 800);
    expect(scrollToShow(tops, 3, 5000, 800)).toBe(tops[3]);
  });
});
