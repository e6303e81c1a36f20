import { Int32, Long, Timestamp } from 'bson';
import { CODE, MongoFault } from '../errors.ts';
import { add, multiply } from '../values/arithmetic.ts';
import { compare } from '../values/compare.ts';
import type { Doc } from '../values/decode.ts';
import { isDocument, isNumber, kindOf } from '../values/kind.ts';
import { ARRAY_OPERATORS } from './arrays.ts';
import { show } from '../values/show.ts';
import { showId } from './words.ts';

/** Where an operator is at work. */
export interface Site {
  readonly doc: Doc;
  readonly now: Date;
}

/** What one operator does to the value at its path: the new value, or `undefined` for "nothing stands there". */
export type Change = (current: unknown, site: Site) => unknown;

export interface Operator {
  /** Whether it makes the path when the document lacks it. */
  readonly creates: boolean;
  readonly onlyInserting?: true;
  compile(argument: unknown, path: string): Change;
}

const numeric =
  (
    name: string,
    verb: string,
    combine: (a: unknown, b: unknown) => unknown,
    missing: (b: unknown) => unknown,
  ) =>
  (argument: unknown, path: string): Change => {
    if (!isNumber(argument)) {
      throw new MongoFault(
        CODE.TypeMismatch,
        `Cannot ${verb} with non-numeric argument: {${path}: ${show(argument)}}`,
      );
    }
    return (current, { doc }) => {
      if (current === undefined) return missing(argument);
      if (isNumber(current)) return combineWhole(name, combine, current, argument, doc);
      throw new MongoFault(
        CODE.TypeMismatch,
        `Cannot apply ${name} to a value of non-numeric type. ${showId(doc)} has the field '${lastOf(path)}' of non-numeric type ${kindOf(current)}`,
      );
    };
  };

/** Unlike expressions, updates never turn an overflowing 64-bit integer into a double. */
function combineWhole(
  name: string,
  combine: (a: unknown, b: unknown) => unknown,
  current: unknown,
  argument: unknown,
  doc: Doc,
): unknown {
  const result = combine(current, argument);
  if (result !== undefined) return result;
  throw new MongoFault(
    CODE.BadValue,
    `Failed to apply ${name} operations to current value (${show(current)}) for document ${showId(doc)}`,
  );
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const keepBy =
  (wins: (order: number) => boolean) =>
  (argument: unknown): Change =>
  (current) =>
    current === undefined || wins(compare(argument, current)) ? argument : current;

let stamps = 0;

function currentDate(argument: unknown, path: string): Change {
  const kind =
    argument === true || argument === false ? 'date' : isDocument(argument) ? argument['$type'] : undefined;
  if (isDocument(argument)) {
    const unknownClause = Object.keys(argument).find((key) => key !== '$type');
    if (unknownClause !== undefined) {
      throw new MongoFault(CODE.BadValue, `Unrecognized $currentDate option: ${unknownClause}`);
    }
  }
  if (kind === 'date') return (_current, { now }) => now;
  if (kind === 'timestamp') {
    return (_current, { now }) =>
      new Timestamp({ t: Math.floor(now.getTime() / 1000), i: (stamps = (stamps % 0x7fffffff) + 1) });
  }
  throw new MongoFault(
    CODE.BadValue,
    isDocument(argument)
      ? `The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}`
      : `${kindOf(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}). (${path})`,
  );
}

const BITWISE: Readonly<Record<string, (a: Long, b: Long) => Long>> = {
  and: (a, b) => a.and(b),
  or: (a, b) => a.or(b),
  xor: (a, b) => a.xor(b),
};

const isWhole = (value: unknown): boolean => kindOf(value) === 'int' || kindOf(value) === 'long';
const toLong = (value: unknown): Long => (value instanceof Long ? value : Long.fromNumber(Number(value)));

function bit(argument: unknown, path: string): Change {
  if (!isDocument(argument)) {
    throw new MongoFault(
      CODE.BadValue,
      `The $bit modifier is not compatible with a ${kindOf(argument)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const steps = Object.entries(argument).map(([name, operand]) => bitStep(name, operand, path));
  if (steps.length === 0) {
    throw new MongoFault(
      CODE.BadValue,
      `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  return (current, { doc }) => {
    if (current !== undefined && !isWhole(current)) {
      throw new MongoFault(
        CODE.BadValue,
        `Cannot apply $bit to a value of non-integral type. ${showId(doc)} has the field ${lastOf(path)} of non-integer type ${kindOf(current)}`,
      );
    }
    return steps.reduce<unknown>((value, apply) => apply(value), current ?? new Int32(0));
  };
}

function bitStep(name: string, operand: unknown, path: string): (value: unknown) => unknown {
  const combine = Object.hasOwn(BITWISE, name) ? BITWISE[name] : undefined;
  if (!combine) {
    throw new MongoFault(
      CODE.BadValue,
      `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${path}: …}`,
    );
  }
  if (!isWhole(operand)) {
    throw new MongoFault(
      CODE.BadValue,
      `The $bit modifier field must be an Integer(32/64 bit); a '${kindOf(operand)}' is not supported here: {${name}: ${show(operand)}}`,
    );
  }
  return (value) => {
    const result = combine(toLong(value), toLong(operand));
    return kindOf(value) === 'int' && kindOf(operand) === 'int' ? new Int32(result.toInt()) : result;
  };
}

/** The zero that `$mul` leaves in a field that was missing, in the type of its factor. */
const zeroLike = (factor: unknown): unknown => multiply(factor, new Int32(0));

/** Every update operator but `$rename`, which works on two paths. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  $set: { creates: true, compile: (argument) => () => argument },
  $setOnInsert: { creates: true, onlyInserting: true, compile: (argument) => () => argument },
  $unset: { creates: false, compile: () => () => undefined },
  $inc: { creates: true, compile: numeric('$inc', 'increment', add, (amount) => amount) },
  $mul: { creates: true, compile: numeric('$mul', 'multiply', multiply, zeroLike) },
  $min: { creates: true, compile: keepBy((order) => order < 0) },
  $max: { creates: true, compile: keepBy((order) => order > 0) },
  $currentDate: { creates: true, compile: currentDate },
  $bit: { creates: true, compile: bit },
  ...ARRAY_OPERATORS,
};
