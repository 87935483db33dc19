// Dates as the portal writes them: "Tue 24 Nov, 10:42", in the reader's time zone; UTC on demand.
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const two = (n: number): string => String(n).padStart(2, '0');
const clock = (d: Date): string => `${two(d.getHours())}:${two(d.getMinutes())}`;

/** Whole days from `then` to `now` by the calendar, not by hours; negative when `then` lies ahead. */
export function daysBetween(then: Date, now: Date): number {
  const day = (d: Date): number => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
  return Math.round((day(now) - day(then)) / 86_400_000);
}

/** Heading of the group a message stands under. Weeks begin on Monday. */
export function dayGroup(then: Date, now: Date): string {
  const days = daysBetween(then, now);
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const sinceMonday = (now.getDay() + 6) % 7;
  if (days <= sinceMonday) return 'This week';
  if (days <= sinceMonday + 7) return 'Last week';
  const month = months[then.getMonth()] ?? '';
  return then.getFullYear() === now.getFullYear() ? fullMonth(month) : `${fullMonth(month)} ${then.getFullYear()}`;
}

const longMonths: Readonly<Record<string, string>> = {
  Jan: 'January', Feb: 'February', Mar: 'March', Apr: 'April', May: 'May', Jun: 'June', Jul: 'July', Aug: 'August',
  Sep: 'September', Oct: 'October', Nov: 'November', Dec: 'December',
};
const fullMonth = (short: string): string => longMonths[short] ?? short;

/** "24 November 2026". */
export const fullDay = (then: Date): string => `${then.getDate()} ${fullMonth(months[then.getMonth()] ?? '')} ${then.getFullYear()}`;

/** Within a sentence: "today", "yesterday", "12 Mar", "12 Mar 2025". */
export function dayWords(then: Date, now: Date): string {
  const days = daysBetween(then, now);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  const year = then.getFullYear() === now.getFullYear() ? '' : ` ${then.getFullYear()}`;
  return `${then.getDate()} ${months[then.getMonth()]}${year}`;
}

/** In a list: time today and yesterday, weekday within a week, then the day, then the month. */
export function listTime(then: Date, now: Date): string {
  const days = daysBetween(then, now);
  if (days <= 1) return clock(then);
  if (days < 7) return weekdays[then.getDay()] ?? '';
  const month = months[then.getMonth()] ?? '';
  return then.getFullYear() === now.getFullYear() ? `${then.getDate()} ${month}` : `${month} ${then.getFullYear()}`;
}

/** "Tue 24 Nov, 10:42"; the year is named when it is not this one. */
export function longTime(then: Date, now: Date): string {
  const year = then.getFullYear() === now.getFullYear() ? '' : ` ${then.getFullYear()}`;
  return `${weekdays[then.getDay()]} ${then.getDate()} ${months[then.getMonth()]}${year}, ${clock(then)}`;
}

/** "24 Nov 2026, 10:42:07.318 UTC". */
export function utcTime(then: Date): string {
  const ms = String(then.getUTCMilliseconds()).padStart(3, '0');
  const time = `${two(then.getUTCHours())}:${two(then.getUTCMinutes())}:${two(then.getUTCSeconds())}.${ms}`;
  return `${then.getUTCDate()} ${months[then.getUTCMonth()]} ${then.getUTCFullYear()}, ${time} UTC`;
}

/** "10:42:07" in the reader's zone. */
export const secondsTime = (then: Date): string => `${clock(then)}:${two(then.getSeconds())}`;

/** "14 min", "45 s"; rounded up so that it never promises less than there is. */
export function timeLeft(ms: number): string {
  if (ms <= 60_000) return `${Math.max(0, Math.ceil(ms / 1000))} s`;
  const minutes = Math.ceil(ms / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** "0:42". */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** "4 Jan 2027", UTC: the day on which a certificate ends is the same for everybody. */
export function utcDay(iso: string): string {
  const then = new Date(iso);
  return `${then.getUTCDate()} ${months[then.getUTCMonth()]} ${then.getUTCFullYear()}`;
}
