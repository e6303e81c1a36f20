import { Decimal128, Double, Int32, Long } from 'bson';
import { CODE, MongoFault } from '../../errors.ts';
import { add, multiply, wholeOf } from '../../values/arithmetic.ts';
import { isArray, isNumber, kindOf } from '../../values/kind.ts';
import { isNullish, listed, unary } from './arguments.ts';
import type { Operator } from './arguments.ts';

const mismatch = (message: string): MongoFault => new MongoFault(CODE.TypeMismatch, message);

const INT64 = 2n ** 63n;

/** A sum in the wider type; unlike `$inc`, expressions go on in doubles when a long overflows. */
export const plus = (a: unknown, b: unknown): unknown => add(a, b) ?? new Double(Number(a) + Number(b));
const times = (a: unknown, b: unknown): unknown => multiply(a, b) ?? new Double(Number(a) * Number(b));
const negate = (value: unknown): unknown => times(value, new Int32(-1));

export const isDecimal = (value: unknown): boolean => kindOf(value) === 'decimal';

/** The narrowest of int, long and double that holds a whole number, at least as wide as `wide` asks. */
export function integer(value: bigint, wide: boolean): Int32 | Long | Double {
  if (!wide && BigInt.asIntN(32, value) === value) return new Int32(Number(value));
  return value >= -INT64 && value < INT64 ? Long.fromBigInt(value) : new Double(Number(value));
}

const anyLong = (...values: unknown[]): boolean => values.some((value) => kindOf(value) === 'long');

function refuseDecimal(name: string, ...values: unknown[]): void {
  if (values.some(isDecimal)) {
    throw new MongoFault(CODE.NotImplemented, `This store does not implement ${name} on decimals`);
  }
}

/** `$add`: numbers, and at most one date. */
function addAll(operands: readonly unknown[]): unknown {
  if (operands.some(isNullish)) return null;
  const dates = operands.filter((operand) => operand instanceof Date);
  const numbers = operands.filter((operand) => !(operand instanceof Date));
  const wrong = numbers.find((operand) => !isNumber(operand));
  if (wrong !== undefined) throw mismatch(`$add only supports numeric or date types, not ${kindOf(wrong)}`);
  const total = numbers.reduce(plus, new Int32(0));
  const [date, second] = dates;
  if (second) throw new MongoFault(16612, 'only one date allowed in an $add expression');
  return date ? shift(date, Number(total)) : total;
}

function shift(date: Date, milliseconds: number): Date {
  const moved = new Date(date.getTime() + Math.round(milliseconds));
  if (Number.isNaN(moved.getTime())) throw new MongoFault(CODE.Overflow, 'date overflow');
  return moved;
}

function subtract([a, b]: unknown[]): unknown {
  if (isNullish(a) || isNullish(b)) return null;
  if (isNumber(a) && isNumber(b)) return subtractNumbers(a, b);
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date && isNumber(b)) return shift(a, -Number(b));
  throw mismatch(`can't $subtract ${kindOf(b)} from ${kindOf(a)}`);
}

function subtractNumbers(a: unknown, b: unknown): unknown {
  const [left, right] = [wholeOf(a), wholeOf(b)];
  if (left !== undefined && right !== undefined) return integer(left - right, anyLong(a, b));
  return plus(a, negate(b));
}

function multiplyAll(operands: readonly unknown[]): unknown {
  if (operands.some(isNullish)) return null;
  const wrong = operands.find((operand) => !isNumber(operand));
  if (wrong !== undefined) throw mismatch(`$multiply only supports numeric types, not ${kindOf(wrong)}`);
  return operands.reduce(times, new Int32(1));
}

const twoNumbers =
  (name: string, run: (a: unknown, b: unknown) => unknown) =>
  ([a, b]: unknown[]): unknown => {
    if (isNullish(a) || isNullish(b)) return null;
    if (isNumber(a) && isNumber(b)) return run(a, b);
    throw mismatch(`${name} only supports numeric types, not ${kindOf(a)} and ${kindOf(b)}`);
  };

/** A quotient: a double, or a decimal where one of the two is one. */
export function divide(a: unknown, b: unknown): unknown {
  refuseDecimal('$divide', a, b);
  if (Number(b) === 0) throw new MongoFault(CODE.BadValue, "can't $divide by zero");
  return new Double(Number(a) / Number(b));
}

function modulo(a: unknown, b: unknown): unknown {
  refuseDecimal('$mod', a, b);
  if (Number(b) === 0) throw new MongoFault(CODE.BadValue, "can't $mod by zero");
  const [left, right] = [wholeOf(a), wholeOf(b)];
  if (left !== undefined && right !== undefined) return integer(left % right, anyLong(a, b));
  return new Double(Number(a) % Number(b));
}

function power(a: unknown, b: unknown): unknown {
  refuseDecimal('$pow', a, b);
  if (Number(a) === 0 && Number(b) < 0) {
    throw new MongoFault(28764, '$pow cannot take a base of 0 and a negative exponent');
  }
  const [base, exponent] = [wholeOf(a), wholeOf(b)];
  const exact =
    base !== undefined &&
    exponent !== undefined &&
    exponent >= 0n &&
    Math.abs(Number(a) ** Number(b)) < 2 ** 63;
  return exact ? integer(base ** exponent, anyLong(a, b)) : new Double(Number(a) ** Number(b));
}

const oneNumber = (name: string, run: (value: unknown) => unknown): Operator =>
  unary(name, (value) => {
    if (isNullish(value)) return null;
    if (!isNumber(value))
      throw new MongoFault(28765, `${name} only supports numeric types, not ${kindOf(value)}`);
    return run(value);
  });

/** A function of doubles, undefined outside its domain. */
const real = (
  name: string,
  run: (value: number) => number,
  domain?: (value: number) => MongoFault | undefined,
): Operator =>
  oneNumber(name, (value) => {
    refuseDecimal(name, value);
    const fault = domain?.(Number(value));
    if (fault) throw fault;
    return new Double(run(Number(value)));
  });

/** Whole numbers are their own floor and ceiling, in their own type. */
const toWhole = (name: string, run: (value: number) => number): Operator =>
  oneNumber(name, (value) => {
    refuseDecimal(name, value);
    return wholeOf(value) === undefined ? new Double(run(Number(value))) : value;
  });

function absolute(value: unknown): unknown {
  if (isDecimal(value)) return Decimal128.fromString(String(value).replace(/^-/, ''));
  const number = wholeOf(value);
  if (number === undefined) return new Double(Math.abs(Number(value)));
  if (number === -INT64) throw new MongoFault(28680, "can't take $abs of long long min");
  return integer(number < 0n ? -number : number, anyLong(value));
}

const rounded =
  (name: string, run: (value: number) => number) =>
  ([value, place = new Int32(0)]: unknown[]): unknown => {
    if (isNullish(value) || isNullish(place)) return null;
    if (!isNumber(value))
      throw new MongoFault(51081, `${name} only supports numeric types, not ${kindOf(value)}`);
    const digits = isNumber(place) ? Number(place) : Number.NaN;
    if (!Number.isInteger(digits))
      throw new MongoFault(51082, `precision argument to  ${name} must be a integral value`);
    if (digits < -20 || digits > 100) {
      throw new MongoFault(
        51083,
        `cannot apply ${name} with precision value ${digits} value must be in [-20, 100]`,
      );
    }
    refuseDecimal(name, value);
    return roundTo(value, digits, run);
  };

function roundTo(value: unknown, digits: number, run: (value: number) => number): unknown {
  const number = wholeOf(value);
  if (number !== undefined && digits >= 0) return value;
  const double = Number(value);
  if (!Number.isFinite(double)) return value;
  // Shifting by the exponent of the shortest decimal keeps 2.675 from becoming 2.67499….
  const shifted = run(Number(`${double}e${digits}`));
  const result = Number.isNaN(shifted) ? double : Number(`${shifted}e${-digits}`);
  return number === undefined ? new Double(result) : integer(BigInt(result), anyLong(value));
}

function halfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

const positive =
  (name: string, code: number) =>
  (value: number): MongoFault | undefined =>
    value <= 0
      ? new MongoFault(code, `${name}'s argument must be a positive number, but is ${value}`)
      : undefined;

function logarithm([value, base]: unknown[]): unknown {
  if (isNullish(value) || isNullish(base)) return null;
  if (!isNumber(value)) throw new MongoFault(28756, `$log's argument must be numeric, not ${kindOf(value)}`);
  if (!isNumber(base)) throw new MongoFault(28757, `$log's base must be numeric, not ${kindOf(base)}`);
  refuseDecimal('$log', value, base);
  if (Number(value) <= 0) throw new MongoFault(28758, "$log's argument must be a positive number");
  if (Number(base) <= 0 || Number(base) === 1) {
    throw new MongoFault(28759, "$log's base must be a positive number not equal to 1");
  }
  return new Double(Math.log(Number(value)) / Math.log(Number(base)));
}

/** The numbers of a `$sum` or `$avg`; whatever is no number is left out. */
export const numbersOf = (values: readonly unknown[]): unknown[] => values.filter(isNumber);

export const sumOf = (values: readonly unknown[]): unknown => numbersOf(values).reduce(plus, new Int32(0));

/** The mean of the numbers among the values; null when there is none. */
export function averageOf(values: readonly unknown[]): unknown {
  const numbers = numbersOf(values);
  if (numbers.length === 0) return null;
  refuseDecimal('$avg', ...numbers);
  return divide(sumOf(numbers), new Int32(numbers.length));
}

/** The standard deviation of the numbers among the values, of the population or of a sample of it. */
export function deviationOf(values: readonly unknown[], sample: boolean): unknown {
  const numbers = numbersOf(values);
  refuseDecimal('$stdDev', ...numbers);
  const count = numbers.length - (sample ? 1 : 0);
  if (count <= 0) return null;
  const mean = numbers.reduce<number>((total, value) => total + Number(value), 0) / numbers.length;
  const squares = numbers.reduce<number>((total, value) => total + (Number(value) - mean) ** 2, 0);
  return new Double(Math.sqrt(squares / count));
}

/** As expressions, accumulators take a list; a single operand that is an array is that list. */
const overList = (name: string, run: (values: readonly unknown[]) => unknown): Operator =>
  listed(name, 0, Infinity, (operands) => {
    const [only] = operands;
    return run(operands.length === 1 && isArray(only) ? only : operands);
  });

export const NUMBER_OPERATORS: Readonly<Record<string, Operator>> = {
  $add: listed('$add', 0, Infinity, addAll),
  $subtract: listed('$subtract', 2, 2, subtract),
  $multiply: listed('$multiply', 0, Infinity, multiplyAll),
  $divide: listed('$divide', 2, 2, twoNumbers('$divide', divide)),
  $mod: listed('$mod', 2, 2, twoNumbers('$mod', modulo)),
  $pow: listed('$pow', 2, 2, twoNumbers('$pow', power)),
  $abs: oneNumber('$abs', absolute),
  $ceil: toWhole('$ceil', Math.ceil),
  $floor: toWhole('$floor', Math.floor),
  $round: listed('$round', 1, 2, rounded('$round', halfEven)),
  $trunc: listed('$trunc', 1, 2, rounded('$trunc', Math.trunc)),
  $exp: real('$exp', Math.exp),
  $sqrt: real('$sqrt', Math.sqrt, (value) =>
    value < 0 ? new MongoFault(28714, "$sqrt's argument must be greater than or equal to 0") : undefined,
  ),
  $ln: real('$ln', Math.log, positive('$ln', 28766)),
  $log10: real('$log10', Math.log10, positive('$log10', 28761)),
  $log: listed('$log', 2, 2, logarithm),
  $sum: overList('$sum', sumOf),
  $avg: overList('$avg', averageOf),
  $stdDevPop: overList('$stdDevPop', (values) => deviationOf(values, false)),
  $stdDevSamp: overList('$stdDevSamp', (values) => deviationOf(values, true)),
};
