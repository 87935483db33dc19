import { describe, expect, it } from 'vitest';
import { countdown, dayGroup, daysBetween, listTime, longTime, timeLeft, utcTime } from '../../vault/elements/dates.ts';

// A Tuesday. Local times throughout, as the list shows them.
const now = new Date(2026, 10, 24, 10, 42);

describe('dates', () => {
  it('dayGroup_AcrossMidnight_GoesByCalendarNotHours', () => {
    expect(dayGroup(new Date(2026, 10, 24, 0, 1), now)).toBe('Today');
    expect(dayGroup(new Date(2026, 10, 23, 23, 59), now)).toBe('Yesterday');
    expect(daysBetween(new Date(2026, 10, 23, 23, 59), new Date(2026, 10, 24, 0, 1))).toBe(1);
  });

  it('dayGroup_WeeksBeginOnMonday_SundayIsLastWeek', () => {
    expect(dayGroup(new Date(2026, 10, 22), now)).toBe('Last week');
    expect(dayGroup(new Date(2026, 10, 23), new Date(2026, 10, 26))).toBe('This week');
    expect(dayGroup(new Date(2026, 10, 15), now)).toBe('November');
  });

  it('dayGroup_AnotherYear_NamesIt', () => {
    expect(dayGroup(new Date(2025, 2, 3), now)).toBe('March 2025');
  });

  it('dayGroup_ClockAhead_CountsAsToday', () => {
    expect(dayGroup(new Date(2026, 10, 25), now)).toBe('Today');
  });

  it('daysBetween_OverASummerTimeChange_StaysWhole', () => {
    expect(daysBetween(new Date(2026, 2, 28), new Date(2026, 2, 30))).toBe(2);
  });

  it('listTime_OlderMail_GetsCoarser', () => {
    expect(listTime(new Date(2026, 10, 24, 9, 5), now)).toBe('09:05');
    expect(listTime(new Date(2026, 10, 20), now)).toBe('Fri');
    expect(listTime(new Date(2026, 8, 3), now)).toBe('3 Sep');
    expect(listTime(new Date(2025, 2, 3), now)).toBe('Mar 2025');
  });

  it('longTime_ThisYear_LeavesTheYearOut', () => {
    expect(longTime(new Date(2026, 10, 24, 10, 42), now)).toBe('Tue 24 Nov, 10:42');
    expect(longTime(new Date(2025, 10, 24, 10, 42), now)).toBe('Mon 24 Nov 2025, 10:42');
  });

  it('utcTime_Milliseconds_ArePadded', () => {
    expect(utcTime(new Date('2026-11-24T10:42:07.018Z'))).toBe('24 Nov 2026, 10:42:07.018 UTC');
  });

  it('timeLeft_NeverPromisesLess_RoundsUp', () => {
    expect([timeLeft(60_001), timeLeft(60_000), timeLeft(14 * 60_000), timeLeft(0)]).toEqual(['2 min', '60 s', '14 min', '0 s']);
    expect(countdown(41_200)).toBe('0:42');
  });
});
