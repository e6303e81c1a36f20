import { Binary, Decimal128, Double } from 'bson';
import { CODE, MongoFault } from '../errors.ts';
import { equal, type StringOrder } from '../values/compare.ts';
import { partOf } from '../values/key.ts';
import { isNumber, kindOf, type Kind } from '../values/kind.ts';
import { numericOf, toDouble } from '../values/number.ts';
import { show } from '../values/show.ts';

/** Holds or not for one value at a path; `undefined` stands for a missing one. */
export type Test = (value: unknown) => boolean;

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
// Below this many values a plain comparison of each is as fast as a set of keys.
const FEW = 6;

const KIND_OF_CODE: Readonly<Record<number, Kind | 'undefined'>> = {
  [-1]: 'minKey',
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  6: 'undefined',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  12: 'dbPointer',
  13: 'javascript',
  14: 'symbol',
  15: 'javascriptWithScope',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  127: 'maxKey',
};
const NAMES = new Set<string>(Object.values(KIND_OF_CODE));
const NUMBERS = ['int', 'long', 'double', 'decimal'];

function bad(message: string): MongoFault {
  return new MongoFault(CODE.BadValue, message);
}

/** MongoDB's truth of a value: false, null, missing and zero are not. */
export function isTrue(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return isNumber(value) ? toDouble(value) !== 0 : true;
}

/** Equality with one of many values. */
export function membershipTest(values: readonly unknown[], strings: StringOrder | undefined): Test {
  const withNull = values.includes(null);
  if (strings || values.length < FEW) {
    return (value) =>
      (withNull && value === undefined) || values.some((wanted) => equal(value, wanted, strings));
  }
  // Two values have one key exactly when they are equal.
  const keys = new Set(values.map((value) => partOf(value, 1)));
  return (value) => (withNull && value === undefined) || keys.has(partOf(value, 1));
}

/** `$type`: a name, a number or a list of both; `number` stands for all four. */
export function typeTest(wanted: unknown): Test {
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  if (list.length === 0) throw new MongoFault(CODE.FailedToParse, '$type must match at least one type');
  const kinds = new Set<string>(list.flatMap(kindsOf));
  return (value) => kinds.has(kindOf(value));
}

function kindsOf(wanted: unknown): string[] {
  if (typeof wanted === 'string') {
    if (wanted === 'number') return NUMBERS;
    if (!NAMES.has(wanted)) throw bad(`Unknown type name alias: ${wanted}`);
    return [wanted];
  }
  if (!isNumber(wanted))
    throw new MongoFault(CODE.TypeMismatch, 'type must be represented as a number or a string');
  const code = toDouble(wanted) as number;
  const kind = KIND_OF_CODE[code];
  if (kind === undefined) throw bad(`Invalid numerical type code: ${code}`);
  return [kind];
}

/** `$size`: a whole number, not negative. */
export function sizeOf(value: unknown): number {
  const size = toDouble(value);
  if (size === undefined) throw bad(`Failed to parse $size. Expected a number in: $size: ${show(value)}`);
  if (!Number.isInteger(size)) throw bad(`Failed to parse $size. Expected an integer: $size: ${size}`);
  if (size < 0) throw bad(`Failed to parse $size. Expected a non-negative number in: $size: ${size}`);
  return size;
}

/** `$mod: [divisor, remainder]` on the whole part of numbers, with the sign of the dividend. */
export function modTest(value: unknown): Test {
  if (!Array.isArray(value)) throw bad('malformed mod, needs to be an array');
  if (value.length < 2) throw bad('malformed mod, not enough elements');
  if (value.length > 2) throw bad('malformed mod, too many elements');
  const divisor = modOperand('divisor', value[0]);
  const remainder = modOperand('remainder', value[1]);
  if (divisor === 0n) throw bad('divisor cannot be 0');
  return (candidate) => {
    const whole = truncated(candidate);
    return whole !== undefined && whole % divisor === remainder;
  };
}

function modOperand(role: string, value: unknown): bigint {
  if (!isNumber(value)) throw bad(`malformed mod, ${role} not a number`);
  const whole = truncated(value);
  if (whole === undefined) throw bad(`malformed mod, ${role} value is invalid`);
  return whole;
}

/** The whole part of a number that fits 64 bits. */
function truncated(value: unknown): bigint | undefined {
  const numeric = numericOf(value);
  if (numeric === undefined) return undefined;
  if (typeof numeric === 'bigint') return numeric;
  const double = typeof numeric === 'number' ? numeric : Number(numeric.toString());
  if (!Number.isFinite(double)) return undefined;
  const whole = BigInt(Math.trunc(double));
  return whole >= INT64_MIN && whole <= INT64_MAX ? whole : undefined;
}

/** `$bitsAllSet` and its like, on whole numbers (two's complement without end) and on binary data. */
export function bitsTest(name: string, value: unknown): Test {
  const positions = bitPositions(name, value);
  const wanted = name.endsWith('Set');
  const all = name.startsWith('$bitsAll');
  return (candidate) => {
    const bit = bitReader(candidate);
    if (!bit) return false;
    const holds = (position: number): boolean => bit(position) === wanted;
    return all ? positions.every(holds) : positions.some(holds);
  };
}

function bitPositions(name: string, value: unknown): number[] {
  if (Array.isArray(value)) return value.map((position: unknown) => bitPosition(position));
  if (value instanceof Binary) {
    const bit = bitReader(value) as (position: number) => boolean;
    return Array.from({ length: value.position * 8 }, (_, position) => position).filter(bit);
  }
  if (!isNumber(value))
    throw bad(`${name} takes an Array, a number, or a BinData but received: ${show(value)}`);
  const mask = wholeNumber(value);
  if (mask === undefined) {
    throw new MongoFault(CODE.FailedToParse, `Expected an integer: ${name}: ${show(value)}`);
  }
  if (mask < 0n) {
    throw new MongoFault(CODE.FailedToParse, `Expected a non-negative number in: ${name}: ${show(value)}`);
  }
  return Array.from({ length: 64 }, (_, position) => position).filter((at) => (mask >> BigInt(at)) & 1n);
}

function bitPosition(value: unknown): number {
  const position = toDouble(value);
  if (position === undefined || !Number.isInteger(position)) {
    throw bad(`bit positions must be an integer but got: ${show(value)}`);
  }
  if (position < 0) throw bad(`bit positions must be >= 0 but got: ${position}`);
  return position;
}

function bitReader(value: unknown): ((position: number) => boolean) | undefined {
  if (value instanceof Binary) {
    const { buffer, position: length } = value;
    return (position) => {
      const byte = position >> 3;
      return byte < length && (((buffer[byte] as number) >> (position & 7)) & 1) === 1;
    };
  }
  const whole = wholeNumber(value);
  return whole === undefined ? undefined : (position) => ((whole >> BigInt(position)) & 1n) === 1n;
}

/** A number that is whole and fits 64 bits, whatever its type. */
function wholeNumber(value: unknown): bigint | undefined {
  const whole = truncated(value);
  if (whole === undefined) return undefined;
  const mayHaveFraction = value instanceof Double || value instanceof Decimal128 || typeof value === 'number';
  return mayHaveFraction && !Number.isInteger(toDouble(value)) ? undefined : whole;
}
