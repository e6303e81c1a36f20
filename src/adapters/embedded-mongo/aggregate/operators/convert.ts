import { Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { CODE, MongoFault } from '../../errors.ts';
import { wholeOf } from '../../values/arithmetic.ts';
import { isNumber, kindOf } from '../../values/kind.ts';
import { show } from '../../values/show.ts';
import { compileExpression } from '../expression.ts';
import { isNullish, named, truthy, unary } from './arguments.ts';
import type { Operator } from './arguments.ts';
import { parseDate } from './date-text.ts';

const CONVERSION_FAILURE = 241;

const failure = (message: string): MongoFault =>
  new MongoFault(CONVERSION_FAILURE, `${message} in $convert with no onError value`);

const unsupported = (value: unknown, target: string): MongoFault =>
  failure(`Unsupported conversion from ${kindOf(value)} to ${target}`);

/** The text of a scalar, as `$toString` gives it. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (isNumber(value)) return String(value);
  throw unsupported(value, 'string');
}

function toBool(value: unknown): boolean {
  return isNumber(value) || value === false ? truthy(value) : true;
}

function toDouble(value: unknown): Double {
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (isNumber(value)) return new Double(Number(value));
  if (value instanceof Date) return new Double(value.getTime());
  if (typeof value === 'string') return new Double(parseNumber(value));
  throw unsupported(value, 'double');
}

const NUMBER_TEXT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function parseNumber(text: string): number {
  if (!NUMBER_TEXT.test(text)) throw failure(`Failed to parse number '${text}'`);
  return Number(text);
}

/** A whole number of so many bits: fractions are cut off, what does not fit is an error. */
function toInteger(value: unknown, bits: 32 | 64): bigint {
  const target = bits === 32 ? 'int' : 'long';
  const number = integerOf(value, target);
  if (BigInt.asIntN(bits, number) !== number) {
    throw failure('Conversion would overflow target type');
  }
  return number;
}

function integerOf(value: unknown, target: string): bigint {
  const own = wholeOf(value);
  if (own !== undefined) return own;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof Date && target === 'long') return BigInt(value.getTime());
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value)) throw failure(`Failed to parse number '${value}'`);
    return BigInt(value.replace('+', ''));
  }
  if (value instanceof Decimal128) return wholeDecimal(value);
  if (!isNumber(value)) throw unsupported(value, target);
  if (!Number.isFinite(Number(value)))
    throw failure('Attempt to convert NaN or infinity value to integer type');
  return BigInt(Math.trunc(Number(value)));
}

function wholeDecimal(value: Decimal128): bigint {
  const [, sign = '', digits = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]\d+))?$/.exec(value.toString()) ?? [];
  if (digits === '') throw failure('Attempt to convert NaN or infinity value to integer type');
  const shift = Number(exponent) - fraction.length;
  const all = BigInt(digits + fraction);
  const magnitude = shift >= 0 ? all * 10n ** BigInt(shift) : all / 10n ** BigInt(-shift);
  return sign === '-' ? -magnitude : magnitude;
}

function toDecimal(value: unknown): Decimal128 {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
  // A double has some 15 digits to give (MongoDB rounds to them).
  if (kindOf(value) === 'double')
    return Decimal128.fromString(Number(Number(value).toPrecision(15)).toString());
  if (isNumber(value)) return Decimal128.fromString(String(value));
  if (typeof value !== 'string') throw unsupported(value, 'decimal');
  parseNumber(value);
  return Decimal128.fromStringWithRounding(value);
}

function toObjectId(value: unknown): ObjectId {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') throw unsupported(value, 'objectId');
  if (!/^[0-9a-fA-F]{24}$/.test(value)) {
    throw failure(`Failed to parse objectId '${value}'`);
  }
  return new ObjectId(value);
}

/** A date from a date, an ObjectId or timestamp (their own times), milliseconds since 1970, or ISO 8601 text. */
export function toDate(value: unknown): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.t * 1000);
  if (typeof value === 'string') return parseDate(value);
  if (!isNumber(value) || kindOf(value) === 'int') throw unsupported(value, 'date');
  const date = new Date(Math.trunc(Number(value)));
  if (Number.isNaN(date.getTime())) throw failure('Conversion would overflow target type');
  return date;
}

const CONVERSIONS: Readonly<Record<string, (value: unknown) => unknown>> = {
  double: toDouble,
  string: textOf,
  objectId: toObjectId,
  bool: toBool,
  date: toDate,
  int: (value) => new Int32(Number(toInteger(value, 32))),
  long: (value) => Long.fromBigInt(toInteger(value, 64)),
  decimal: toDecimal,
};

const NAME_OF_NUMBER: Readonly<Record<number, string>> = {
  1: 'double',
  2: 'string',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  16: 'int',
  18: 'long',
  19: 'decimal',
};

function conversionTo(target: unknown): (value: unknown) => unknown {
  const name = isNumber(target) ? NAME_OF_NUMBER[Number(target)] : target;
  const convert =
    typeof name === 'string' && Object.hasOwn(CONVERSIONS, name) ? CONVERSIONS[name] : undefined;
  if (!convert) throw new MongoFault(CODE.BadValue, `Unknown type name: ${show(target)}`);
  return convert;
}

const convert = named('$convert', ['input', 'to'], ['onError', 'onNull'], (given, scope) => {
  const optional = (name: string) =>
    given(name) === undefined ? undefined : compileExpression(given(name), scope);
  const input = compileExpression(given('input'), scope);
  const target = compileExpression(given('to'), scope);
  const onError = optional('onError');
  const onNull = optional('onNull');
  return (env) => {
    const value = input(env);
    const to = target(env);
    if (isNullish(value)) return onNull ? onNull(env) : null;
    if (isNullish(to)) return null;
    const run = conversionTo(to);
    try {
      return run(value);
    } catch (error) {
      if (onError && error instanceof MongoFault && error.code === CONVERSION_FAILURE) return onError(env);
      throw error;
    }
  };
});

const to = (name: string, target: string): Operator =>
  unary(name, (value) => (isNullish(value) ? null : conversionTo(target)(value)));

export const CONVERSION_OPERATORS: Readonly<Record<string, Operator>> = {
  $convert: convert,
  $toBool: to('$toBool', 'bool'),
  $toDate: to('$toDate', 'date'),
  $toDecimal: to('$toDecimal', 'decimal'),
  $toDouble: to('$toDouble', 'double'),
  $toInt: to('$toInt', 'int'),
  $toLong: to('$toLong', 'long'),
  $toObjectId: to('$toObjectId', 'objectId'),
  $toString: to('$toString', 'string'),
  $isNumber: unary('$isNumber', isNumber),
};
