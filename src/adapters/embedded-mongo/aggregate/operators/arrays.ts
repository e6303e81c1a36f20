import { Int32 } from 'bson';
import { CODE, MongoFault } from '../../errors.ts';
import { isArray, isDocument, isNumber, kindOf } from '../../values/kind.ts';
import { setField } from '../../values/decode.ts';
import type { Doc } from '../../values/decode.ts';
import { compileExpression } from '../expression.ts';
import type { Scope } from '../expression.ts';
import { compileSort } from '../../query/sort.ts';
import {
  bind,
  isNullish,
  listed,
  named,
  namedValues,
  order,
  truthy,
  unary,
  whole,
  withNames,
} from './arguments.ts';
import type { Operator } from './arguments.ts';
import { checkVariableName } from './logic.ts';

/** The value as an array, or the fault that MongoDB answers. */
export function asArray(value: unknown, code: number, message: string): readonly unknown[] {
  if (isArray(value)) return value;
  throw new MongoFault(code, `${message} ${kindOf(value)}`);
}

/** An operator on one array; null and missing give null. */
const onArray = (
  name: string,
  code: number,
  run: (items: readonly unknown[], scope: Scope) => unknown,
): Operator =>
  unary(name, (value, scope) =>
    isNullish(value) ? null : run(asArray(value, code, `${name}'s argument must be an array, but is`), scope),
  );

function elementAt([items, index]: unknown[]): unknown {
  if (isNullish(items) || isNullish(index)) return null;
  const array = asArray(items, 28689, "$arrayElemAt's first argument must be an array, but is");
  if (!isNumber(index)) {
    throw new MongoFault(
      28690,
      `$arrayElemAt's second argument must be a numeric value, but is ${kindOf(index)}`,
    );
  }
  return array.at(
    whole(index, 28691, "$arrayElemAt's second argument must be representable as a 32-bit integer"),
  );
}

function concatenate(operands: readonly unknown[]): unknown {
  if (operands.some(isNullish)) return null;
  return operands.flatMap((items) => asArray(items, 28664, '$concatArrays only supports arrays, not'));
}

/** `$filter` and `$map`: the body runs with each element under a name of its own. */
const filter = named('$filter', ['input', 'cond'], ['as', 'limit'], (given, scope) => {
  const name = elementName(given('as'));
  const input = compileExpression(given('input'), scope);
  const test = compileExpression(given('cond'), withNames(scope, name));
  const limit = given('limit') === undefined ? undefined : compileExpression(given('limit'), scope);
  return (env) => {
    const items = input(env);
    if (isNullish(items)) return null;
    const kept = asArray(items, 28651, 'input to $filter must be an array not').filter((item) =>
      truthy(test(bind(env, name, item))),
    );
    const most = limit?.(env);
    if (isNullish(most)) return kept;
    const count = whole(most, 327391, '$filter: limit must be represented as a 32-bit integral value');
    if (count <= 0) throw new MongoFault(327392, '$filter: limit must be greater than 0');
    return kept.slice(0, count);
  };
});

const map = named('$map', ['input', 'in'], ['as'], (given, scope) => {
  const name = elementName(given('as'));
  const input = compileExpression(given('input'), scope);
  const body = compileExpression(given('in'), withNames(scope, name));
  return (env) => {
    const items = input(env);
    if (isNullish(items)) return null;
    return asArray(items, 16883, 'input to $map must be an array not').map(
      (item) => body(bind(env, name, item)) ?? null,
    );
  };
});

function elementName(given: unknown): string {
  if (given === undefined) return 'this';
  if (typeof given !== 'string') throw new MongoFault(CODE.FailedToParse, "'as' must be a string");
  checkVariableName(given);
  return given;
}

const reduce = named('$reduce', ['input', 'initialValue', 'in'], [], (given, scope) => {
  const input = compileExpression(given('input'), scope);
  const initial = compileExpression(given('initialValue'), scope);
  const body = compileExpression(given('in'), withNames(scope, 'this', 'value'));
  return (env) => {
    const items = input(env);
    if (isNullish(items)) return null;
    return asArray(items, 40080, "$reduce requires that 'input' be an array, found:").reduce<unknown>(
      (value, item) => body(bind(bind(env, 'value', value), 'this', item)),
      initial(env),
    );
  };
});

function indexOf([items, wanted, start, end]: unknown[], scope: Scope): unknown {
  if (isNullish(items)) return null;
  const array = asArray(items, 40090, '$indexOfArray requires an array as a first argument, found:');
  const from = bound(start, 0, '$indexOfArray');
  const to = Math.min(bound(end, array.length, '$indexOfArray'), array.length);
  for (let at = from; at < to; at++) if (order(array[at], wanted, scope) === 0) return new Int32(at);
  return new Int32(-1);
}

/** A starting or ending index that may be left out. */
export function bound(value: unknown, otherwise: number, name: string): number {
  if (value === undefined) return otherwise;
  const index = whole(
    value,
    40096,
    `${name} requires an integral index, found a value of type: ${kindOf(value)}`,
  );
  if (index < 0) throw new MongoFault(40097, `${name} requires a nonnegative index, found: ${index}`);
  return index;
}

// More would not fit into a document of 16 MB.
const LONGEST_RANGE = 1_500_000;

function range([start, end, step = new Int32(1)]: unknown[]): unknown {
  const bounds = [start, end, step].map((value) =>
    whole(
      value,
      34443,
      `$range requires a numeric value that can be represented as a 32-bit integer, found value of type: ${kindOf(value)}`,
    ),
  );
  const [from = 0, to = 0, by = 1] = bounds;
  if (by === 0) throw new MongoFault(34449, '$range requires a non-zero step value');
  if ((to - from) / by > LONGEST_RANGE) {
    throw new MongoFault(146, `$range would make more than ${LONGEST_RANGE} numbers`);
  }
  const numbers: Int32[] = [];
  for (let at = from; by > 0 ? at < to : at > to; at += by) numbers.push(new Int32(at));
  return numbers;
}

function slice([items, first, second]: unknown[]): unknown {
  if (isNullish(items) || isNullish(first)) return null;
  const array = asArray(items, 28724, 'First argument to $slice must be an array, but is of type:');
  const a = whole(
    first,
    28725,
    `Second argument to $slice must be a numeric value, but is of type: ${kindOf(first)}`,
  );
  if (second === undefined) return a >= 0 ? array.slice(0, a) : array.slice(a);
  if (second === null) return null;
  const count = whole(
    second,
    28727,
    `Third argument to $slice must be numeric, but is of type: ${kindOf(second)}`,
  );
  if (count <= 0) throw new MongoFault(28729, `Third argument to $slice must be positive: ${count}`);
  const from = a >= 0 ? a : Math.max(0, array.length + a);
  return array.slice(from, from + count);
}

const sortArray = namedValues('$sortArray', ['input', 'sortBy'], [], ({ input, sortBy }, scope) => {
  if (isNullish(input)) return null;
  const items = [
    ...asArray(input, 2942504, 'The input argument to $sortArray must be an array, but was of type:'),
  ];
  if (isNumber(sortBy)) return items.sort((a, b) => Number(sortBy) * order(a, b, scope));
  if (!isDocument(sortBy)) throw new MongoFault(2942507, 'The $sort element value must be either 1 or -1');
  const by = compileSort(sortBy);
  return items.sort((a, b) => by.compare(isDocument(a) ? a : {}, isDocument(b) ? b : {}));
});

const zip = named('$zip', ['inputs'], ['useLongestLength', 'defaults'], (given, scope) => {
  const inputs = compileExpression(given('inputs'), scope);
  const defaults = given('defaults') === undefined ? undefined : compileExpression(given('defaults'), scope);
  const longest = given('useLongestLength') ?? false;
  if (typeof longest !== 'boolean') {
    throw new MongoFault(34463, `useLongestLength must be a bool, found ${kindOf(longest)}`);
  }
  if (defaults && !longest)
    throw new MongoFault(34466, 'cannot specify defaults unless useLongestLength is true');
  return (env) => {
    const arrays = asArray(inputs(env), 34461, 'inputs must be an array of expressions, found');
    if (arrays.some(isNullish)) return null;
    const checked = arrays.map((items) =>
      asArray(items, 34468, '$zip found a non-array expression in input:'),
    );
    const lengths = checked.map((items) => items.length);
    const length = lengths.length === 0 ? 0 : longest ? Math.max(...lengths) : Math.min(...lengths);
    const fill = defaults?.(env);
    return Array.from({ length }, (_, row) =>
      checked.map((items, column) => items[row] ?? (isArray(fill) ? fill[column] : undefined) ?? null),
    );
  };
});

const isMember = ([wanted, items]: unknown[], scope: Scope): boolean =>
  asArray(items, 40081, '$in requires an array as a second argument, found:').some(
    (item) => order(item, wanted, scope) === 0,
  );

function fromPairs(items: readonly unknown[]): Doc {
  const made: Doc = {};
  for (const item of items) {
    const [name, value] = isArray(item) ? item : isDocument(item) ? [item['k'], item['v']] : [];
    if (typeof name !== 'string' || (isArray(item) && item.length !== 2)) {
      throw new MongoFault(
        40393,
        "$arrayToObject requires an object keys of 'k' and 'v' or a pair of a name and a value",
      );
    }
    setField(made, name, value ?? null);
  }
  return made;
}

export const ARRAY_OPERATORS: Readonly<Record<string, Operator>> = {
  $arrayElemAt: listed('$arrayElemAt', 2, 2, elementAt),
  $first: onArray('$first', 28689, (items) => items[0]),
  $last: onArray('$last', 28689, (items) => items.at(-1)),
  $concatArrays: listed('$concatArrays', 0, Infinity, concatenate),
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $in: listed('$in', 2, 2, isMember),
  $indexOfArray: listed('$indexOfArray', 2, 4, indexOf),
  $isArray: unary('$isArray', (value) => isArray(value)),
  $range: listed('$range', 2, 3, range),
  $reverseArray: onArray('$reverseArray', 34435, (items) => items.toReversed()),
  $size: unary('$size', (value) => {
    return new Int32(
      asArray(value, 17124, 'The argument to $size must be an array, but was of type:').length,
    );
  }),
  $slice: listed('$slice', 2, 3, slice),
  $sortArray: sortArray,
  $zip: zip,
  $arrayToObject: onArray('$arrayToObject', 40386, fromPairs),
};
