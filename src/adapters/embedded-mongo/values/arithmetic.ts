import { Decimal128, Double, Int32, Long } from 'bson';
import { decimalOf, decimalOfDouble, type DecimalParts, partsOf } from './decimal.ts';

type Operation = 'add' | 'multiply';

const INT32_MIN = -(2n ** 31n);
const INT32_MAX = 2n ** 31n - 1n;
const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/**
 * Adds two typed numbers as MongoDB's `$inc` does. The result has the wider of the two types; an int32 that
 * overflows becomes a long. `undefined`: a long overflowed, or one of the two is no number.
 */
export function add(a: unknown, b: unknown): unknown {
  return calculate('add', a, b);
}

/** Multiplies two typed numbers as MongoDB's `$mul` does; types and overflow as in {@link add}. */
export function multiply(a: unknown, b: unknown): unknown {
  return calculate('multiply', a, b);
}

/** The whole number in an Int32 or Long, `undefined` for every other value: what `$bit` works on. */
export function wholeOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return isInt32(value) ? BigInt(value) : undefined;
  if (value instanceof Int32) return BigInt(value.value);
  return value instanceof Long ? value.toBigInt() : undefined;
}

function calculate(operation: Operation, a: unknown, b: unknown): unknown {
  if (a instanceof Decimal128 || b instanceof Decimal128) return calculateDecimal(operation, a, b);
  const left = wholeOf(a);
  const right = wholeOf(b);
  if (left !== undefined && right !== undefined) {
    const result = operation === 'add' ? left + right : left * right;
    return wholeResult(result, isLong(a) || isLong(b));
  }
  const x = doubleOf(a);
  const y = doubleOf(b);
  if (x === undefined || y === undefined) return undefined;
  return new Double(operation === 'add' ? x + y : x * y);
}

function wholeResult(value: bigint, wide: boolean): Int32 | Long | undefined {
  if (!wide && value >= INT32_MIN && value <= INT32_MAX) return new Int32(Number(value));
  return value >= INT64_MIN && value <= INT64_MAX ? Long.fromBigInt(value) : undefined;
}

function calculateDecimal(operation: Operation, a: unknown, b: unknown): Decimal128 | undefined {
  const left = decimalPartsOf(a);
  const right = decimalPartsOf(b);
  if (!left || !right) return undefined;
  if (left.special !== undefined || right.special !== undefined) {
    const x = approximate(left);
    const y = approximate(right);
    return Decimal128.fromString(String(operation === 'add' ? x + y : x * y));
  }
  if (operation === 'multiply') {
    return decimalOf(left.coefficient * right.coefficient, left.exponent + right.exponent);
  }
  const exponent = Math.min(left.exponent, right.exponent);
  const scaled = (of: typeof left): bigint => of.coefficient * 10n ** BigInt(of.exponent - exponent);
  return decimalOf(scaled(left) + scaled(right), exponent);
}

// Beside an infinity or NaN only the sign of a finite number matters, and whether it is zero.
function approximate(parts: DecimalParts): number {
  return parts.special === undefined ? Number(parts.coefficient) : Number(parts.special);
}

function decimalPartsOf(value: unknown): DecimalParts | undefined {
  if (value instanceof Decimal128) return partsOf(value);
  const whole = wholeOf(value);
  if (whole !== undefined) return { special: undefined, coefficient: whole, exponent: 0 };
  const double = doubleOf(value);
  return double === undefined ? undefined : decimalOfDouble(double);
}

function doubleOf(value: unknown): number | undefined {
  if (value instanceof Double || value instanceof Int32) return value.value;
  if (value instanceof Long) return value.toNumber();
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : undefined;
}

function isLong(value: unknown): boolean {
  return value instanceof Long || typeof value === 'bigint';
}

function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}
