import { isArray } from '../../values/kind.ts';
import { partOf } from '../../values/key.ts';
import type { Scope } from '../expression.ts';
import { isNullish, listed, order, truthy, unary } from './arguments.ts';
import type { Operator } from './arguments.ts';
import { asArray } from './arrays.ts';

const extreme =
  (direction: 1 | -1) =>
  (operands: readonly unknown[], scope: Scope): unknown => {
    const [only] = operands;
    return extremeOf(operands.length === 1 && isArray(only) ? only : operands, direction, scope);
  };

/** The least (1) or greatest (-1) of some values; null and missing do not take part. */
export function extremeOf(
  values: readonly unknown[],
  direction: 1 | -1,
  scope: Pick<Scope, 'strings'>,
): unknown {
  let best: unknown;
  for (const value of values) {
    if (isNullish(value)) continue;
    if (best === undefined || direction * order(value, best, scope) < 0) best = value;
  }
  return best ?? null;
}

/** Values without their repetitions. Strings are told apart as they are, or as the collation does. */
export function distinctOf(values: readonly unknown[], scope: Pick<Scope, 'strings'>): unknown[] {
  if (scope.strings) {
    return values.filter((value, at) => values.findIndex((other) => order(other, value, scope) === 0) === at);
  }
  const first = new Map<string, unknown>();
  for (const value of values) {
    const key = partOf(value, 1);
    if (!first.has(key)) first.set(key, value);
  }
  return [...first.values()];
}

const set = (value: unknown, name: string): readonly unknown[] =>
  asArray(value, 17043, `All operands of ${name} must be arrays. One argument is of type:`);

const setOperator = (
  name: string,
  run: (
    sets: (readonly unknown[])[],
    has: (items: readonly unknown[], value: unknown) => boolean,
    scope: Scope,
  ) => unknown,
  least = 0,
  most = Infinity,
): Operator =>
  listed(name, least, most, (operands, scope) => {
    if (operands.some(isNullish) && name !== '$setEquals' && name !== '$setIsSubset') return null;
    const has = (items: readonly unknown[], value: unknown): boolean =>
      items.some((item) => order(item, value, scope) === 0);
    return run(
      operands.map((operand) => set(operand, name)),
      has,
      scope,
    );
  });

const elementsTrue = (name: string, code: number, run: (items: readonly unknown[]) => boolean): Operator =>
  unary(name, (value) => run(asArray(value, code, `${name}'s argument must be an array, but is`)));

/** Operators for which an array is a set, and those that choose from a list. */
export const SET_OPERATORS: Readonly<Record<string, Operator>> = {
  $min: listed('$min', 0, Infinity, extreme(1)),
  $max: listed('$max', 0, Infinity, extreme(-1)),
  $setUnion: setOperator('$setUnion', (sets, _has, scope) => distinctOf(sets.flat(), scope)),
  $setIntersection: setOperator('$setIntersection', ([first = [], ...rest], has, scope) =>
    distinctOf(first, scope).filter((value) => rest.every((items) => has(items, value))),
  ),
  $setDifference: setOperator(
    '$setDifference',
    ([first = [], second = []], has, scope) =>
      distinctOf(first, scope).filter((value) => !has(second, value)),
    2,
    2,
  ),
  $setEquals: setOperator(
    '$setEquals',
    ([first = [], ...rest], has) =>
      rest.every(
        (items) => items.every((value) => has(first, value)) && first.every((value) => has(items, value)),
      ),
    2,
  ),
  $setIsSubset: setOperator(
    '$setIsSubset',
    ([first = [], second = []], has) => first.every((value) => has(second, value)),
    2,
    2,
  ),
  $allElementsTrue: elementsTrue('$allElementsTrue', 17040, (items) => items.every(truthy)),
  $anyElementTrue: elementsTrue('$anyElementTrue', 17041, (items) => items.some(truthy)),
};
