import { describe, expect, it } from 'vitest';
import { barAt, edges, hrefOf, pressed, spoken, type Bars } from '../../log/parts/span.ts';

const bars: Bars = { start: Date.UTC(2026, 10, 24, 17, 0), widthMs: 60_000, count: 60 };

describe('time brushed on the chart', () => {
  it('barAt_PointInsideAndOutside_IsTheNearestBar', () => {
    expect([barAt(bars, 0, 600), barAt(bars, 595, 600), barAt(bars, -20, 600), barAt(bars, 900, 600), barAt(bars, 5, 0)]).toEqual([0, 59, 0, 59, 0]);
  });

  it('pressed_ArrowsAndShift_MoveAndStretch', () => {
    const first = pressed(bars, null, 'ArrowLeft', false);
    expect(first).toEqual({ anchor: 59, head: 59 });
    const stretched = pressed(bars, first, 'ArrowLeft', true);
    expect(stretched).toEqual({ anchor: 59, head: 58 });
    expect(pressed(bars, stretched, 'Home', false)).toEqual({ anchor: 0, head: 0 });
    expect(pressed(bars, { anchor: 0, head: 0 }, 'ArrowLeft', false)).toEqual({ anchor: 0, head: 0 });
    expect(pressed(bars, null, 'a', false)).toBeNull();
  });

  it('hrefOf_SpanBackwards_IsTheTimeFromItsFirstBarToTheEndOfItsLast', () => {
    const span = { anchor: 6, head: 4 };
    expect(edges(span)).toEqual([4, 6]);
    expect(hrefOf(bars, span, '/admin/processing-log')).toBe('/admin/processing-log?from=2026-11-24T17%3A04%3A00Z&to=2026-11-24T17%3A07%3A00Z');
    expect(hrefOf(bars, span, '/log?stage=stored')).toContain('/log?stage=stored&from=');
  });

  it('spoken_Span_NamesBothEnds', () => {
    expect(spoken(bars, { anchor: 4, head: 6 })).toMatch(/^\d\d:\d4 to \d\d:\d7$/);
    expect(spoken({ ...bars, widthMs: 86_400_000 }, { anchor: 0, head: 0 })).toContain('Nov');
  });
});
