import { Decimal128 } from 'bson';

/** A Decimal128 taken apart: `coefficient × 10^exponent`, or one of the values that are no number. */
export type DecimalParts =
  | { readonly special: 'NaN' | 'Infinity' | '-Infinity' }
  | { readonly special: undefined; readonly coefficient: bigint; readonly exponent: number };

// IEEE 754-2008 decimal128 in the binary integer encoding that BSON uses: 113 bits of coefficient.
const EXPONENT_BIAS = 6176;
const MAX_DIGITS = 34;
const MAX_COEFFICIENT = 10n ** 34n - 1n;

/** Takes the sixteen bytes apart. A non-canonical coefficient counts as zero, as the standard says. */
export function partsOf(decimal: Decimal128): DecimalParts {
  const view = new DataView(decimal.bytes.buffer, decimal.bytes.byteOffset, 16);
  const high = view.getBigUint64(8, true);
  const negative = high >> 63n === 1n;
  const combination = Number((high >> 58n) & 31n);
  if (combination === 31) return { special: 'NaN' };
  if (combination === 30) return { special: negative ? '-Infinity' : 'Infinity' };
  if (combination >= 24) {
    return { special: undefined, coefficient: 0n, exponent: Number((high >> 47n) & 0x3fffn) - EXPONENT_BIAS };
  }
  const raw = ((high & ((1n << 49n) - 1n)) << 64n) | view.getBigUint64(0, true);
  const coefficient = raw > MAX_COEFFICIENT ? 0n : raw;
  const exponent = Number((high >> 49n) & 0x3fffn) - EXPONENT_BIAS;
  return { special: undefined, coefficient: negative ? -coefficient : coefficient, exponent };
}

/** The decimal nearest to `coefficient × 10^exponent`: 34 digits, halves to even. */
export function decimalOf(coefficient: bigint, exponent: number): Decimal128 {
  const excess = digitsOf(coefficient).length - MAX_DIGITS;
  if (excess <= 0) return Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`);
  const unit = 10n ** BigInt(excess);
  const rounded = roundHalfEven(coefficient, unit);
  // 999… rounds up to 1000…, one digit too many again.
  return decimalOf(rounded, exponent + excess);
}

/** MongoDB turns a double into a decimal of 15 significant digits before it calculates with both. */
export function decimalOfDouble(value: number): DecimalParts {
  if (Number.isNaN(value)) return { special: 'NaN' };
  if (!Number.isFinite(value)) return { special: value > 0 ? 'Infinity' : '-Infinity' };
  return partsOf(Decimal128.fromString(value.toPrecision(15)));
}

/** The decimal digits of a whole number, without its sign. */
export function digitsOf(value: bigint): string {
  return (value < 0n ? -value : value).toString();
}

function roundHalfEven(value: bigint, unit: bigint): bigint {
  const quotient = value / unit;
  const rest = value % unit;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < unit || (twice === unit && quotient % 2n === 0n)) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}
