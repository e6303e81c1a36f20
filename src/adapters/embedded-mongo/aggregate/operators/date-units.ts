import type { Temporal } from 'temporal-polyfill';
import { CODE, MongoFault } from '../../errors.ts';
import { show } from '../../values/show.ts';

type Zoned = Temporal.ZonedDateTime;

const MILLISECONDS = { millisecond: 1, second: 1_000, minute: 60_000, hour: 3_600_000 } as const;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const DAYS = { day: 1, week: 7 } as const;

export type Unit = keyof typeof MILLISECONDS | keyof typeof MONTHS | keyof typeof DAYS;

export const isUnit = (name: string): name is Unit =>
  Object.hasOwn(MILLISECONDS, name) || Object.hasOwn(MONTHS, name) || Object.hasOwn(DAYS, name);

const lookUp = (table: Readonly<Record<string, number>>, unit: string): number | undefined =>
  Object.hasOwn(table, unit) ? table[unit] : undefined;

/** Months and days by the calendar of the zone (31 January + 1 month is 28 February), hours by the clock. */
export function moved(moment: Zoned, unit: Unit, amount: number): Zoned {
  const months = lookUp(MONTHS, unit);
  if (months !== undefined) return moment.add({ months: months * amount });
  const days = lookUp(DAYS, unit);
  if (days !== undefined) return moment.add({ days: days * amount });
  return moment.add({ milliseconds: (lookUp(MILLISECONDS, unit) ?? 1) * amount });
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** The ISO number (1 to 7) of a day's name or its first three letters; Sunday by default. */
function weekday(name: unknown): number {
  if (name === undefined) return 7;
  const wanted = typeof name === 'string' ? name.toLowerCase() : '';
  const index = WEEKDAYS.findIndex((day) => day === wanted || day.slice(0, 3) === wanted);
  if (index === -1) throw new MongoFault(CODE.FailedToParse, `unknown day of week value: ${show(name)}`);
  return index + 1;
}

// Bins are counted from here, in the zone's own time (MongoDB's manual, $dateTrunc).
const reference = (moment: Zoned): Zoned => moment.with({ year: 2000, month: 1, day: 1 }).startOfDay();

const floorTo = (value: number, size: number): number => Math.floor(value / size) * size;

/** The start of the bin of `size` units in which a moment lies. */
export function dateTrunc(moment: Zoned, unit: Unit, size: number, startOfWeek: unknown): Zoned {
  const zero = reference(moment);
  const months = lookUp(MONTHS, unit);
  if (months !== undefined) {
    const since = (moment.year - 2000) * 12 + moment.month - 1;
    return zero.add({ months: floorTo(since, months * size) }).startOfDay();
  }
  const days = lookUp(DAYS, unit);
  if (days !== undefined) {
    const first = unit === 'week' ? firstWeekday(zero, startOfWeek) : zero;
    return first.add({ days: floorTo(daysBetween(first, moment), days * size) }).startOfDay();
  }
  const step = (lookUp(MILLISECONDS, unit) ?? 1) * size;
  const since = moment.epochMilliseconds - zero.epochMilliseconds;
  return zero.add({ milliseconds: floorTo(since, step) });
}

const firstWeekday = (from: Zoned, startOfWeek: unknown): Zoned =>
  from.add({ days: (weekday(startOfWeek) - from.dayOfWeek + 7) % 7 });

const daysBetween = (from: Zoned, to: Zoned): number =>
  from.toPlainDate().until(to.toPlainDate(), { largestUnit: 'day' }).days;

/** How many boundaries of a unit lie between two moments of one zone. */
export function dateDiff(from: Zoned, to: Zoned, unit: Unit, startOfWeek: unknown): number {
  const months = lookUp(MONTHS, unit);
  if (months !== undefined) {
    const count = ({ year, month }: Zoned): number => Math.floor((year * 12 + month - 1) / months);
    return count(to) - count(from);
  }
  const days = lookUp(DAYS, unit);
  if (days !== undefined) {
    const monday = unit === 'week' ? firstWeekday(reference(from), startOfWeek) : reference(from);
    return Math.floor(daysBetween(monday, to) / days) - Math.floor(daysBetween(monday, from) / days);
  }
  const step = lookUp(MILLISECONDS, unit) ?? 1;
  const count = (moment: Zoned): number =>
    Math.floor((moment.epochMilliseconds + moment.offsetNanoseconds / 1e6) / step);
  const clock = Math.floor((to.offsetNanoseconds - from.offsetNanoseconds) / 1e6 / step);
  return count(to) - count(from) - clock;
}

/** The week of the year from 0, weeks beginning on Sunday (strftime's %U). */
export const weekOfYear = (moment: Zoned): number =>
  Math.floor((moment.dayOfYear - 1 + 7 - (moment.dayOfWeek % 7)) / 7);
