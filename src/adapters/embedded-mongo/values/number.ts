import type { Decimal128, Double, Int32, Long } from 'bson';
import { digitsOf, partsOf } from './decimal.ts';

/** A BSON number for comparing: a double holds every int32, double and small long; the rest keep their own form. */
export type Numeric = number | bigint | Decimal128;

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** The numeric value of a BSON number, `undefined` for anything else. */
export function numericOf(value: unknown): Numeric | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return smallest(value);
  if (typeof value !== 'object' || value === null) return undefined;
  switch ((value as { _bsontype?: unknown })._bsontype) {
    case 'Int32':
    case 'Double':
      return (value as Int32 | Double).value;
    case 'Long':
      return smallest((value as Long).toBigInt());
    case 'Decimal128':
      return value as Decimal128;
    default:
      return undefined;
  }
}

/** The nearest double of a BSON number; `undefined` for anything else. */
export function toDouble(value: unknown): number | undefined {
  const numeric = numericOf(value);
  return numeric === undefined ? undefined : nearestDouble(numeric);
}

/** The double next to a number, correctly rounded. */
export function nearestDouble(value: Numeric): number {
  return typeof value === 'object' ? Number(value.toString()) : Number(value);
}

/** Orders two numbers by their exact values; NaN is less than all others and equal to itself. */
export function compareNumeric(a: Numeric, b: Numeric): number {
  const left = nearestDouble(a);
  const right = nearestDouble(b);
  // Rounding is monotone: where the nearest doubles differ, the exact values differ the same way.
  if (left < right) return -1;
  if (left > right) return 1;
  if (Number.isNaN(left) || Number.isNaN(right))
    return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
  if (typeof a === 'number' && typeof b === 'number') return 0;
  return compareExactly(a, b);
}

/** Where a number lies against its nearest double: below (-1), on it (0) or above (1). */
export function sideOfDouble(value: Numeric): number {
  return typeof value === 'number' ? 0 : compareNumeric(value, nearestDouble(value));
}

/**
 * The digits and the decimal exponent of a finite Long or Decimal (`d.ddd × 10^exponent`), trailing zeros cut.
 * Among numbers that share a nearest double these decide the order.
 */
export function scientific(value: bigint | Decimal128): { digits: string; exponent: number } {
  const { coefficient, exponent } = finiteParts(value);
  const digits = digitsOf(coefficient);
  return { digits: digits.replace(/0+$/, ''), exponent: exponent + digits.length - 1 };
}

function smallest(value: bigint): number | bigint {
  return value >= -SAFE && value <= SAFE ? Number(value) : value;
}

function compareExactly(a: Numeric, b: Numeric): number {
  if (isInfinite(a) || isInfinite(b)) return infinitySign(a) - infinitySign(b);
  const left = fractionOf(a);
  const right = fractionOf(b);
  const difference = left.numerator * right.denominator - right.numerator * left.denominator;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

function isInfinite(value: Numeric): boolean {
  return infinitySign(value) !== 0;
}

function infinitySign(value: Numeric): number {
  if (typeof value === 'bigint') return 0;
  const double = typeof value === 'number' ? value : specialOf(value);
  return double === Infinity ? 1 : double === -Infinity ? -1 : 0;
}

function specialOf(decimal: Decimal128): number {
  const { special } = partsOf(decimal);
  return special === undefined ? 0 : Number(special);
}

function fractionOf(value: Numeric): { numerator: bigint; denominator: bigint } {
  if (typeof value === 'number') return fractionOfDouble(value);
  const { coefficient, exponent } = finiteParts(value);
  const power = 10n ** BigInt(Math.abs(exponent));
  return exponent >= 0
    ? { numerator: coefficient * power, denominator: 1n }
    : { numerator: coefficient, denominator: power };
}

function fractionOfDouble(value: number): { numerator: bigint; denominator: bigint } {
  let numerator = value;
  let denominator = 1n;
  // Doubling is exact, and 1,100 doublings make a whole number of the smallest double.
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return { numerator: BigInt(numerator), denominator };
}

function finiteParts(value: bigint | Decimal128): { coefficient: bigint; exponent: number } {
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  const parts = partsOf(value);
  return parts.special === undefined ? parts : { coefficient: 0n, exponent: 0 };
}
