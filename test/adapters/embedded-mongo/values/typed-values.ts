import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';

export const int = (value: number): Int32 => new Int32(value);
export const double = (value: number): Double => new Double(value);
export const long = (value: string): Long => Long.fromString(value);
export const decimal = (value: string): Decimal128 => Decimal128.fromString(value);

/**
 * Values in MongoDB's order, from least to greatest; those in one group are equal. (Manual, "Comparison/Sort
 * Order"; within a type from the server's own comparison.)
 */
export const IN_ORDER: readonly (readonly unknown[])[] = [
  [new MinKey()],
  [undefined],
  [null],
  [double(NaN), decimal('NaN')],
  [double(-Infinity), decimal('-Infinity')],
  [decimal('-1E400')],
  [long('-9007199254740993'), decimal('-9007199254740993')],
  [long('-9007199254740992'), double(-9007199254740992)],
  [int(-1), double(-1)],
  [decimal('-1E-6000')],
  [int(0), double(-0), double(0), decimal('0E10')],
  [decimal('1E-6000')],
  [decimal('0.1')],
  [decimal('0.10000000000000000000001')],
  // The nearest double to a tenth is a little more than a tenth.
  [double(0.1)],
  [int(1), double(1), long('1'), decimal('1.000')],
  [double(1.5), decimal('1.50')],
  [double(9007199254740992), long('9007199254740992')],
  [long('9007199254740993')],
  [decimal('9007199254740993.5')],
  [Long.MAX_VALUE],
  [double(9223372036854775808), decimal('9223372036854775808')],
  [decimal('1E400')],
  [double(Infinity), decimal('Infinity')],
  [''],
  ['a'],
  ['a\0'],
  ['a\0b'],
  ['ab'],
  ['é'],
  ['\uffee'],
  // UTF-16 would put the surrogates of this one before U+FFEE.
  ['😀'],
  [{}],
  [{ a: int(1) }, { a: double(1) }],
  [{ a: int(1), b: 'x' }],
  [{ b: int(1) }],
  // Within a document the type of a field counts before its name.
  [{ a: 'x' }],
  [[]],
  [[int(1)]],
  [[int(1), 'a']],
  [[[]]],
  [new Binary(Buffer.from('zz'))],
  [new Binary(Buffer.from('ab'), 5)],
  [new Binary(Buffer.from('abc'))],
  [new ObjectId('0123456789abcdef01234567')],
  [new ObjectId('f123456789abcdef01234567')],
  [false],
  [true],
  [new Date(-5)],
  [new Date(0)],
  [new Date(1e12)],
  [new Timestamp({ t: 1, i: 2 })],
  [new Timestamp({ t: 0xffffffff, i: 2 })],
  [new BSONRegExp('a', '')],
  [new BSONRegExp('a', 'i')],
  [new Code('x')],
  [new Code('x', { a: int(1) })],
  [new MaxKey()],
];
