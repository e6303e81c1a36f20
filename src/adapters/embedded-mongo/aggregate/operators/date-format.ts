import type { Temporal } from 'temporal-polyfill';
import { MongoFault } from '../../errors.ts';
import { weekOfYear } from './date-units.ts';

type Zoned = Temporal.ZonedDateTime;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

function offsetText(moment: Zoned, separator: string): string {
  return moment.offset.slice(0, 6).replace(':', separator);
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

const SPECIFIERS: Readonly<Record<string, (moment: Zoned) => string>> = {
  Y: ({ year }) => pad(year, 4),
  m: ({ month }) => pad(month, 2),
  b: ({ month }) => (MONTHS[month - 1] ?? '').slice(0, 3),
  B: ({ month }) => MONTHS[month - 1] ?? '',
  d: ({ day }) => pad(day, 2),
  H: ({ hour }) => pad(hour, 2),
  M: ({ minute }) => pad(minute, 2),
  S: ({ second }) => pad(second, 2),
  L: ({ millisecond }) => pad(millisecond, 3),
  j: ({ dayOfYear }) => pad(dayOfYear, 3),
  u: ({ dayOfWeek }) => String(dayOfWeek),
  w: ({ dayOfWeek }) => String((dayOfWeek % 7) + 1),
  U: (moment) => pad(weekOfYear(moment), 2),
  V: ({ weekOfYear: week }) => pad(week ?? 0, 2),
  G: ({ yearOfWeek }) => pad(yearOfWeek ?? 0, 4),
  z: (moment) => offsetText(moment, ''),
  Z: ({ offsetNanoseconds }) =>
    `${offsetNanoseconds < 0 ? '-' : '+'}${pad(Math.abs(offsetNanoseconds / 6e10), 3)}`,
  '%': () => '%',
};

/** A date in `$dateToString`'s format; without one, ISO 8601, with a Z in UTC only. */
export function formatDate(moment: Zoned, format?: string): string {
  const pattern = format ?? (moment.timeZoneId === 'UTC' ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L');
  return pattern.replace(/%(.?)/gs, (_whole, letter: string) => {
    const write = Object.hasOwn(SPECIFIERS, letter) ? SPECIFIERS[letter] : undefined;
    if (letter === '') throw new MongoFault(18535, "Unmatched '%' at end of format string");
    if (!write) throw new MongoFault(18536, `Invalid format character '%${letter}' in format string`);
    return write(moment);
  });
}
