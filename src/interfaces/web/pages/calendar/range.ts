import { Temporal } from 'temporal-polyfill';

/** The months that a page shows, and today, as days of one zone. */
export interface Range {
  readonly today: Temporal.PlainDate;
  readonly months: readonly Temporal.PlainYearMonth[];
}

/** Two, so that on the last day of a month the next days are in sight. */
const MONTHS = 2;
const WEEK = 7;

/** @param from `2026-12`; anything else is the current month */
export function rangeFrom(from: string, now: Temporal.Instant, zone: string): Range {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const first = /^20\d\d-(?:0[1-9]|1[0-2])$/.test(from)
    ? Temporal.PlainYearMonth.from(from)
    : today.toPlainYearMonth();
  return { today, months: Array.from({ length: MONTHS }, (_month, index) => first.add({ months: index })) };
}

/** The first month of the page before or after this one. */
export function turned({ months }: Range, pages: 1 | -1): Temporal.PlainYearMonth | undefined {
  return months[0]?.add({ months: pages * MONTHS });
}

/** Whether the day stands on this page. */
export function isShown({ months }: Range, day: Temporal.PlainDate): boolean {
  return months.some((month) => month.equals(day.toPlainYearMonth()));
}

/** The weeks of a month, Monday first; days of its neighbours are null. */
export function weeksOf(month: Temporal.PlainYearMonth): readonly (readonly (Temporal.PlainDate | null)[])[] {
  const days = Array.from({ length: month.daysInMonth }, (_day, index) =>
    month.toPlainDate({ day: index + 1 }),
  );
  const before = (days[0]?.dayOfWeek ?? 1) - 1;
  const cells = [...Array.from({ length: before }, () => null), ...days];
  const rows = Math.ceil(cells.length / WEEK);
  return Array.from({ length: rows }, (_row, row) =>
    Array.from({ length: WEEK }, (_cell, column) => cells[row * WEEK + column] ?? null),
  );
}
