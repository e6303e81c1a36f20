import type { Binary, BSONRegExp, BSONSymbol, Code, DBRef, ObjectId, Timestamp } from 'bson';
import { compareNumeric, type Numeric, numericOf } from './number.ts';
import type { Doc } from './decode.ts';

/** Orders two strings under a collation. */
export type StringOrder = (a: string, b: string) => number;

/** MongoDB's canonical type order (src/mongo/bson/bsontypes.h, canonicalizeBSONType). */
export const BRACKET = {
  minKey: -1,
  missing: 0,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  code: 60,
  codeWithScope: 65,
  maxKey: 127,
} as const;

const BRACKET_OF_BSON: Readonly<Record<string, number>> = {
  MinKey: BRACKET.minKey,
  Int32: BRACKET.number,
  Long: BRACKET.number,
  Double: BRACKET.number,
  Decimal128: BRACKET.number,
  BSONSymbol: BRACKET.string,
  DBRef: BRACKET.object,
  Binary: BRACKET.binary,
  UUID: BRACKET.binary,
  ObjectId: BRACKET.objectId,
  Timestamp: BRACKET.timestamp,
  BSONRegExp: BRACKET.regex,
  MaxKey: BRACKET.maxKey,
};

/** The place of a value's type in MongoDB's order; types that compare with each other share one. */
export function bracketOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return BRACKET.string;
    case 'number':
    case 'bigint':
      return BRACKET.number;
    case 'boolean':
      return BRACKET.boolean;
    case 'undefined':
      return BRACKET.missing;
    default:
      return bracketOfObject(value);
  }
}

function bracketOfObject(value: unknown): number {
  if (value === null) return BRACKET.null;
  if (Array.isArray(value)) return BRACKET.array;
  if (value instanceof Date) return BRACKET.date;
  if (value instanceof RegExp) return BRACKET.regex;
  const tag = (value as { _bsontype?: unknown })._bsontype;
  if (typeof tag !== 'string') return BRACKET.object;
  if (tag === 'Code') return (value as Code).scope ? BRACKET.codeWithScope : BRACKET.code;
  return BRACKET_OF_BSON[tag] ?? BRACKET.object;
}

/**
 * Orders two BSON values as MongoDB does: by type first, numbers by exact value across their types, strings by
 * code point unless a collation is given. `undefined` stands for a missing value and comes before null.
 */
export function compare(a: unknown, b: unknown, strings: StringOrder = compareCodePoints): number {
  if (typeof a === 'string' && typeof b === 'string') return strings(a, b);
  const bracket = bracketOf(a);
  const other = bracketOf(b);
  if (bracket !== other) return bracket < other ? -1 : 1;
  return compareWithin(bracket, a, b, strings);
}

/** Whether two values are equal in MongoDB's sense: 5 as int, long, double and decimal are one value. */
export function equal(a: unknown, b: unknown, strings?: StringOrder): boolean {
  return compare(a, b, strings) === 0;
}

function compareWithin(bracket: number, a: unknown, b: unknown, strings: StringOrder): number {
  switch (bracket) {
    case BRACKET.number:
      return compareNumeric(numericOf(a) as Numeric, numericOf(b) as Numeric);
    case BRACKET.string:
      return strings(textOf(a as string | BSONSymbol), textOf(b as string | BSONSymbol));
    case BRACKET.object:
      return compareDocuments(fieldsOf(a), fieldsOf(b), strings);
    case BRACKET.array:
      return compareArrays(a as unknown[], b as unknown[], strings);
    case BRACKET.binary:
      return compareBinary(a as Binary, b as Binary);
    case BRACKET.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case BRACKET.boolean:
      return Number(a) - Number(b);
    case BRACKET.date:
      return Math.sign((a as Date).getTime() - (b as Date).getTime()) || 0;
    case BRACKET.timestamp:
      return (a as Timestamp).compare(b as Timestamp);
    case BRACKET.regex:
      return compareRegex(a as BSONRegExp | RegExp, b as BSONRegExp | RegExp);
    case BRACKET.code:
    case BRACKET.codeWithScope:
      return compareCode(a as Code, b as Code, strings);
    default:
      return 0;
  }
}

/** Orders strings by code point, which is the order of their UTF-8 bytes; `<` would order by UTF-16 unit. */
function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

// Surrogates (D800–DFFF) stand for code points above all other units: move them to the top.
function codePointRank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}

/** The text of a string or of a symbol, which MongoDB compares alike. */
export function textOf(value: string | BSONSymbol): string {
  return typeof value === 'string' ? value : value.value;
}

/** The pattern and the options of either form of a regular expression, the options in order. */
export function regexOf(value: BSONRegExp | RegExp): { pattern: string; options: string } {
  if (value instanceof RegExp)
    return { pattern: value.source, options: value.flags.replace(/[^imsux]/g, '') };
  return { pattern: value.pattern, options: value.options };
}

/** The fields of an embedded document, also of one that bson took for a DBRef. */
export function fieldsOf(value: unknown): Doc {
  return (value as DBRef)._bsontype === 'DBRef' ? (value as DBRef).toJSON() : (value as Doc);
}

function compareDocuments(a: Doc, b: Doc, strings: StringOrder): number {
  const left = Object.keys(a);
  const right = Object.keys(b);
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++) {
    const leftName = left[at] as string;
    const rightName = right[at] as string;
    const types = bracketOf(a[leftName]) - bracketOf(b[rightName]);
    if (types !== 0) return types;
    // Field names are compared byte by byte even under a collation.
    const order = compareCodePoints(leftName, rightName) || compare(a[leftName], b[rightName], strings);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareArrays(a: readonly unknown[], b: readonly unknown[], strings: StringOrder): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const order = compare(a[at], b[at], strings);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareBinary(a: Binary, b: Binary): number {
  return (
    a.position - b.position ||
    a.sub_type - b.sub_type ||
    Buffer.compare(a.buffer.subarray(0, a.position), b.buffer.subarray(0, b.position))
  );
}

function compareRegex(a: BSONRegExp | RegExp, b: BSONRegExp | RegExp): number {
  const left = regexOf(a);
  const right = regexOf(b);
  return compareCodePoints(left.pattern, right.pattern) || compareCodePoints(left.options, right.options);
}

function compareCode(a: Code, b: Code, strings: StringOrder): number {
  const order = compareCodePoints(a.code, b.code);
  if (order !== 0 || !a.scope || !b.scope) return order;
  return compareDocuments(a.scope, b.scope, strings);
}
