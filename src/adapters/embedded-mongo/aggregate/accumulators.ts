import { Int32 } from 'bson';
import { CODE, MongoFault } from '../errors.ts';
import { isDocument, isNumber } from '../values/kind.ts';
import type { Scope } from './expression.ts';
import { distinctOf, extremeOf } from './operators/sets.ts';
import { isNullish } from './operators/arguments.ts';
import { averageOf, deviationOf, plus } from './operators/numbers.ts';
import { mergeObjects } from './operators/objects.ts';

/** What gathers one field of one group. `undefined` values are missing ones. */
interface Accumulator {
  take(value: unknown): void;
  result(): unknown;
}

type NewAccumulator = (scope: Scope) => Accumulator;

/** Keeps a running value. */
const folding =
  (initial: unknown, fold: (held: unknown, value: unknown, scope: Scope) => unknown): NewAccumulator =>
  (scope) => {
    let held = initial;
    return {
      take: (value) => {
        held = fold(held, value, scope);
      },
      result: () => held,
    };
  };

/** Keeps all values until the end. */
const collecting =
  (finish: (values: unknown[], scope: Scope) => unknown): NewAccumulator =>
  (scope) => {
    const values: unknown[] = [];
    return {
      take: (value) => {
        if (value !== undefined) values.push(value);
      },
      result: () => finish(values, scope),
    };
  };

const firstOf: NewAccumulator = () => {
  let held: { readonly value: unknown } | undefined;
  return {
    take: (value) => {
      held ??= { value };
    },
    result: () => held?.value ?? null,
  };
};

const extreme = (direction: 1 | -1): NewAccumulator =>
  folding(null, (held, value, scope) => extremeOf([held, value], direction, scope));

const ACCUMULATORS: Readonly<Record<string, NewAccumulator>> = {
  $sum: folding(new Int32(0), (total, value) => (isNumber(value) ? plus(total, value) : total)),
  $avg: collecting(averageOf),
  $min: extreme(1),
  $max: extreme(-1),
  $first: firstOf,
  $last: folding(null, (_held, value) => value ?? null),
  $push: collecting((values) => values),
  $addToSet: collecting(distinctOf),
  $mergeObjects: collecting((values) => mergeObjects(values.filter((value) => !isNullish(value)))),
  $stdDevPop: collecting((values) => deviationOf(values, false)),
  $stdDevSamp: collecting((values) => deviationOf(values, true)),
};

const REFUSED = new Set([
  '$accumulator',
  '$bottom',
  '$bottomN',
  '$firstN',
  '$lastN',
  '$maxN',
  '$median',
  '$minN',
  '$percentile',
  '$top',
  '$topN',
]);

/** The operator and operand of `{$sum: …}` in a group. Throws for what MongoDB or this engine refuses. */
export function parseAccumulator(
  field: string,
  source: unknown,
): { readonly create: NewAccumulator; readonly operand: unknown } {
  if (!isDocument(source)) {
    throw new MongoFault(40234, `The field '${field}' must be an accumulator object`);
  }
  const [name = '', ...more] = Object.keys(source);
  if (more.length > 0) throw new MongoFault(40238, `The field '${field}' must specify one accumulator`);
  if (name === '$count') {
    if (!isDocument(source[name]) || Object.keys(source[name]).length > 0) {
      throw new MongoFault(CODE.TypeMismatch, '$count takes no arguments, i.e. $count:{}');
    }
    return { create: ACCUMULATORS['$sum'] as NewAccumulator, operand: new Int32(1) };
  }
  const create = Object.hasOwn(ACCUMULATORS, name) ? ACCUMULATORS[name] : undefined;
  if (create) return { create, operand: source[name] };
  if (REFUSED.has(name)) {
    throw new MongoFault(CODE.NotImplemented, `This store does not implement the accumulator ${name}`);
  }
  throw name.startsWith('$')
    ? new MongoFault(15952, `unknown group operator '${name}'`)
    : new MongoFault(40234, `The field '${field}' must be an accumulator object`);
}
