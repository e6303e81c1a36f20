import { Decimal128, Double, Int32, Long } from 'bson';
import { expect } from 'chai';
import { add, multiply } from '../../../../src/adapters/embedded-mongo/values/arithmetic.ts';
import { decimal, double, int, long } from './typed-values.ts';

type Typed = Int32 | Long | Double | Decimal128;

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : `${(value as Typed)._bsontype} ${(value as Typed).toString()}`;

describe('Arithmetic on typed numbers', () => {
  const sums: readonly (readonly [unknown, unknown, string])[] = [
    [int(1), int(2), 'Int32 3'],
    [int(2147483647), int(1), 'Long 2147483648'],
    [int(1), long('1'), 'Long 2'],
    [long('9223372036854775807'), int(1), 'nothing'],
    [int(1), double(0.5), 'Double 1.5'],
    [double(1), double(2), 'Double 3'],
    [long('9007199254740993'), long('1'), 'Long 9007199254740994'],
    [decimal('0.1'), decimal('0.2'), 'Decimal128 0.3'],
    [decimal('1.50'), int(1), 'Decimal128 2.50'],
    // A double gives its fifteen digits, not the binary tail behind them.
    [decimal('1'), double(0.1), 'Decimal128 1.100000000000000'],
    [decimal('Infinity'), int(1), 'Decimal128 Infinity'],
    [decimal('Infinity'), decimal('-Infinity'), 'Decimal128 NaN'],
    [
      decimal('9999999999999999999999999999999999'),
      decimal('0.6'),
      'Decimal128 1.000000000000000000000000000000000E+34',
    ],
    [int(1), 'x', 'nothing'],
  ];
  for (const [a, b, expected] of sums) {
    it(`adds ${shownOperand(a)} and ${shownOperand(b)} to ${expected}`, () => {
      expect(shown(add(a, b))).to.equal(expected);
    });
  }

  const products: readonly (readonly [unknown, unknown, string])[] = [
    [int(65536), int(65536), 'Long 4294967296'],
    [long('4294967296'), long('4294967296'), 'nothing'],
    [int(3), double(0.5), 'Double 1.5'],
    [decimal('1.5'), decimal('2.0'), 'Decimal128 3.00'],
    [
      decimal('3333333333333333333333333333333333'),
      decimal('2.5'),
      'Decimal128 8333333333333333333333333333333332',
    ],
  ];
  for (const [a, b, expected] of products) {
    it(`multiplies ${shownOperand(a)} by ${shownOperand(b)} to ${expected}`, () => {
      expect(shown(multiply(a, b))).to.equal(expected);
    });
  }
});

function shownOperand(value: unknown): string {
  const typed =
    value instanceof Int32 || value instanceof Long || value instanceof Double || value instanceof Decimal128;
  return typed ? shown(value) : JSON.stringify(value);
}
