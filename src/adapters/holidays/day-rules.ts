interface Span {
  readonly since?: number;
  readonly until?: number;
}

/**
 * A day of every year (`on`, with `observed` kept on Friday when it is a Saturday, on Monday when a Sunday), so many
 * days after Easter Sunday (`easter`), the nth weekday of a month (-1: the last), or one day (`date`).
 */
export type DayRule =
  | ({ readonly on: string; readonly observed?: boolean } & Span)
  | ({ readonly easter: number } & Span)
  | ({ readonly nth: number; readonly weekday: number; readonly month: number } & Span)
  | { readonly date: string };

/** A file of playbooks/holidays: it takes the library's place for its place, or adds to it. */
export interface HolidayFile {
  readonly places: readonly string[];
  readonly source: string;
  readonly checkedUntil: number;
  readonly mode: 'replace' | 'add';
  /** Weekly days off, 1 Monday to 7 Sunday. */
  readonly weekend?: readonly number[];
  readonly holidays: readonly DayRule[];
  /** Off for the later reading only. */
  readonly optional: readonly DayRule[];
  /** Days that work although a weekend or the library says otherwise. */
  readonly working: readonly DayRule[];
}

/** Easter Sunday (Gregorian), by the rule of Meeus, Jones and Butcher, as days since 1970-01-01. */
function easterSunday(ofYear: number): number {
  const a = ofYear % 19;
  const b = Math.floor(ofYear / 100);
  const c = ofYear % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return Date.UTC(ofYear, month - 1, day) / 86_400_000;
}

const DAY = 86_400_000;

function iso(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** 1 Monday to 7 Sunday. */
function weekdayOf(time: number): number {
  return new Date(time).getUTCDay() || 7;
}

function nthWeekday(ofYear: number, one: { nth: number; weekday: number; month: number }): number {
  if (one.nth > 0) {
    const first = Date.UTC(ofYear, one.month - 1, 1);
    return first + (((one.weekday - weekdayOf(first) + 7) % 7) + (one.nth - 1) * 7) * DAY;
  }
  const last = Date.UTC(ofYear, one.month, 0);
  return last - ((weekdayOf(last) - one.weekday + 7) % 7) * DAY;
}

function kept(day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  const weekday = weekdayOf(time);
  if (weekday === 6) return iso(time - DAY);
  return weekday === 7 ? iso(time + DAY) : day;
}

/** The ISO days that rules name in a year. */
export function daysIn(rulesOfFile: readonly DayRule[], ofYear: number): readonly string[] {
  // New Year's Day on a Saturday is kept in the old year.
  const named = [ofYear, ofYear + 1].flatMap((year) => rulesOfFile.flatMap((one) => dayIn(one, year)));
  return named.filter((day) => day.startsWith(`${ofYear}-`));
}

function dayIn(one: DayRule, ofYear: number): readonly string[] {
  if ('date' in one) return [one.date];
  if ((one.since ?? ofYear) > ofYear || (one.until ?? ofYear) < ofYear) return [];
  if ('nth' in one) return [iso(nthWeekday(ofYear, one))];
  if ('easter' in one) return [iso((easterSunday(ofYear) + one.easter) * DAY)];
  const day = `${ofYear}-${one.on}`;
  return one.observed === true ? [kept(day)] : [day];
}
