import { Int32, Long, ObjectId, Timestamp } from 'bson';
import { Temporal } from 'temporal-polyfill';
import { CODE, MongoFault } from '../../errors.ts';
import { isDocument, kindOf } from '../../values/kind.ts';
import { show } from '../../values/show.ts';
import { compileExpression } from '../expression.ts';
import { isNullish, namedValues, whole } from './arguments.ts';
import type { Operator } from './arguments.ts';
import { toDate } from './convert.ts';
import { formatDate } from './date-format.ts';
import { parseDate } from './date-text.ts';
import { dateDiff, dateTrunc, isUnit, moved, weekOfYear } from './date-units.ts';
import type { Unit } from './date-units.ts';

type Zoned = Temporal.ZonedDateTime;

/** Named operands as in `namedValues`; a sum that leaves the range of dates is an overflow. */
function dateValues(...[name, required, optional, run]: Parameters<typeof namedValues>): Operator {
  return namedValues(name, required, optional, (values, scope) => {
    try {
      return run(values, scope);
    } catch (error) {
      if (error instanceof RangeError)
        throw new MongoFault(CODE.Overflow, `${name} leaves the range of dates`);
      throw error;
    }
  });
}

const OFFSET = /^([+-])(\d{2}):?(\d{2})?$/;

/** The zone that a `timezone` names, UTC by default. */
function zoneOf(value: unknown): string {
  if (value === undefined) return 'UTC';
  if (typeof value !== 'string') {
    throw new MongoFault(40517, `timezone must evaluate to a string, found ${kindOf(value)}`);
  }
  const offset = OFFSET.exec(value);
  const zone = offset
    ? `${offset[1] ?? '+'}${offset[2] ?? '00'}:${offset[3] ?? '00'}`
    : value === 'Z'
      ? 'UTC'
      : value;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch {
    throw new MongoFault(40485, `unrecognized time zone identifier: "${value}"`);
  }
  return zone;
}

/** The date in a value that holds one; texts and numbers are no dates here. */
function dateOf(value: unknown): Date {
  if (value instanceof Date || value instanceof ObjectId || value instanceof Timestamp) return toDate(value);
  throw new MongoFault(16006, `can't convert from BSON type ${kindOf(value)} to Date`);
}

const zoned = (value: unknown, zone: string): Zoned =>
  Temporal.Instant.fromEpochMilliseconds(dateOf(value).getTime()).toZonedDateTimeISO(zone);

const plain = (moment: Zoned): Date => new Date(moment.epochMilliseconds);

/** `{$year: date}`, `{$year: [date]}` and `{$year: {date, timezone}}`. */
function part(name: string, read: (moment: Zoned) => number): Operator {
  const full = dateValues(name, ['date'], ['timezone'], ({ date, timezone }) =>
    isNullish(date) || timezone === null ? null : new Int32(read(zoned(date, zoneOf(timezone)))),
  );
  return (argument, scope) => {
    if (isDocument(argument) && Object.keys(argument).every((key) => !key.startsWith('$')))
      return full(argument, scope);
    const [only, more] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
    if (more !== undefined)
      throw new MongoFault(40536, `${name} accepts exactly one argument if given an array`);
    const date = compileExpression(only, scope);
    return (env) => {
      const value = date(env);
      return isNullish(value) ? null : new Int32(read(zoned(value, 'UTC')));
    };
  };
}

function unitOf(value: unknown, name: string): Unit {
  if (typeof value === 'string' && isUnit(value)) return value;
  throw new MongoFault(CODE.FailedToParse, `${name}: unknown time unit value: ${show(value)}`);
}

const add = (name: string, sign: 1 | -1): Operator =>
  dateValues(name, ['startDate', 'unit', 'amount'], ['timezone'], (values) => {
    const { startDate, unit, amount } = values;
    if ([startDate, unit, amount].some(isNullish) || values['timezone'] === null) return null;
    const count = whole(amount, 5166405, `${name} expects integer amount of time units`);
    return plain(moved(zoned(startDate, zoneOf(values['timezone'])), unitOf(unit, name), sign * count));
  });

const truncate = dateValues(
  '$dateTrunc',
  ['date', 'unit'],
  ['binSize', 'timezone', 'startOfWeek'],
  (values) => {
    const { date, unit, binSize, timezone, startOfWeek } = values;
    if (isNullish(date) || isNullish(unit) || timezone === null || binSize === null || startOfWeek === null)
      return null;
    const size =
      binSize === undefined
        ? 1
        : whole(binSize, 5439017, "$dateTrunc requires 'binSize' to be a 64-bit integer");
    if (size <= 0) throw new MongoFault(5439018, "$dateTrunc requires 'binSize' to be greater than 0");
    return plain(dateTrunc(zoned(date, zoneOf(timezone)), unitOf(unit, '$dateTrunc'), size, startOfWeek));
  },
);

const difference = dateValues(
  '$dateDiff',
  ['startDate', 'endDate', 'unit'],
  ['timezone', 'startOfWeek'],
  (values) => {
    const { startDate, endDate, unit, timezone, startOfWeek } = values;
    if ([startDate, endDate, unit].some(isNullish) || timezone === null || startOfWeek === null) return null;
    const zone = zoneOf(timezone);
    const [from, to] = [zoned(startDate, zone), zoned(endDate, zone)];
    return Long.fromNumber(dateDiff(from, to, unitOf(unit, '$dateDiff'), startOfWeek));
  },
);

const toText = dateValues('$dateToString', ['date'], ['format', 'timezone', 'onNull'], (values) => {
  const { date, format, timezone, onNull } = values;
  if (isNullish(date)) return 'onNull' in values ? onNull : null;
  if (timezone === null || format === null) return null;
  if (format !== undefined && typeof format !== 'string') {
    throw new MongoFault(18533, `$dateToString requires that 'format' be a string, found: ${kindOf(format)}`);
  }
  return formatDate(zoned(date, zoneOf(timezone)), format);
});

const fromText = dateValues(
  '$dateFromString',
  ['dateString'],
  ['timezone', 'format', 'onError', 'onNull'],
  (values) => {
    const { dateString, timezone, format, onError, onNull } = values;
    if (format !== undefined)
      throw new MongoFault(CODE.NotImplemented, "This store does not implement 'format' in $dateFromString");
    if (isNullish(dateString)) return 'onNull' in values ? onNull : null;
    if (timezone === null) return null;
    const zone = zoneOf(timezone);
    try {
      if (typeof dateString !== 'string') {
        throw new MongoFault(
          241,
          `$dateFromString requires that 'dateString' be a string, found: ${kindOf(dateString)}`,
        );
      }
      return parseDate(dateString, (local) =>
        plain(Temporal.PlainDateTime.from(local).toZonedDateTime(zone)),
      );
    } catch (error) {
      if ('onError' in values && error instanceof MongoFault && error.code === 241) return onError;
      throw error;
    }
  },
);

const PART_NAMES = ['month', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;

/** Months and the rest may run over their bounds: the thirteenth month is next January. */
const fromParts = dateValues('$dateFromParts', ['year'], [...PART_NAMES, 'timezone'], (values) => {
  if (Object.values(values).some(isNullish)) return null;
  const number = (name: string, least: number): number =>
    values[name] === undefined ? least : whole(values[name], 40515, `'${name}' must evaluate to an integer`);
  const year = number('year', 1970);
  if (year < 1 || year > 9999)
    throw new MongoFault(40523, `'year' must evaluate to an integer in the range 1 to 9999, found ${year}`);
  const local = new Temporal.PlainDateTime(year, 1, 1)
    .add({ months: number('month', 1) - 1 })
    .add({ days: number('day', 1) - 1, hours: number('hour', 0), minutes: number('minute', 0) })
    .add({ seconds: number('second', 0), milliseconds: number('millisecond', 0) });
  return plain(local.toZonedDateTime(zoneOf(values['timezone'])));
});

const toParts = dateValues(
  '$dateToParts',
  ['date'],
  ['timezone', 'iso8601'],
  ({ date, timezone, iso8601 }) => {
    if (isNullish(date) || timezone === null || iso8601 === null) return null;
    const moment = zoned(date, zoneOf(timezone));
    const { hour, minute, second, millisecond } = moment;
    const day =
      iso8601 === true
        ? {
            isoWeekYear: moment.yearOfWeek ?? 0,
            isoWeek: moment.weekOfYear ?? 0,
            isoDayOfWeek: moment.dayOfWeek,
          }
        : { year: moment.year, month: moment.month, day: moment.day };
    const parts = { ...day, hour, minute, second, millisecond };
    return Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, new Int32(value)]));
  },
);

export const DATE_OPERATORS: Readonly<Record<string, Operator>> = {
  $year: part('$year', (moment) => moment.year),
  $month: part('$month', (moment) => moment.month),
  $dayOfMonth: part('$dayOfMonth', (moment) => moment.day),
  $dayOfYear: part('$dayOfYear', (moment) => moment.dayOfYear),
  $dayOfWeek: part('$dayOfWeek', (moment) => (moment.dayOfWeek % 7) + 1),
  $hour: part('$hour', (moment) => moment.hour),
  $minute: part('$minute', (moment) => moment.minute),
  $second: part('$second', (moment) => moment.second),
  $millisecond: part('$millisecond', (moment) => moment.millisecond),
  $week: part('$week', weekOfYear),
  $isoWeek: part('$isoWeek', (moment) => moment.weekOfYear ?? 0),
  $isoWeekYear: part('$isoWeekYear', (moment) => moment.yearOfWeek ?? 0),
  $isoDayOfWeek: part('$isoDayOfWeek', (moment) => moment.dayOfWeek),
  $dateAdd: add('$dateAdd', 1),
  $dateSubtract: add('$dateSubtract', -1),
  $dateTrunc: truncate,
  $dateDiff: difference,
  $dateToString: toText,
  $dateFromString: fromText,
  $dateFromParts: fromParts,
  $dateToParts: toParts,
};
