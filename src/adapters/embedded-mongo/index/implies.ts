import { compileFilter } from '../query/match.ts';
import { equal } from '../values/compare.ts';
import type { Doc } from '../values/decode.ts';
import { isTrue } from '../query/tests.ts';
import { predicatesOf, type Predicate } from './predicates.ts';
import type { CollectionIndex } from './index.ts';

/** Whether every document that fulfils the conditions is in the index: else it would hide some of them. */
export function holdsAll(index: CollectionIndex, predicates: readonly Predicate[]): boolean {
  const { sparse, partial, key } = index.spec;
  if (partial && !impliesFilter(predicates, partial)) return false;
  if (!sparse) return true;
  return key.some(([path]) =>
    predicates.some((predicate) => predicate.path === path && predicate.excludesMissing),
  );
}

function impliesFilter(predicates: readonly Predicate[], partial: Doc): boolean {
  return Object.keys(partial).every((name) => {
    const value = partial[name];
    if (name === '$and') return (value as Doc[]).every((part) => impliesFilter(predicates, part));
    if (name === '$or') return (value as Doc[]).some((part) => impliesFilter(predicates, part));
    if (name.startsWith('$')) return false;
    return predicatesOf({ [name]: value }).every((wanted) => implied(predicates, wanted));
  });
}

function implied(predicates: readonly Predicate[], wanted: Predicate): boolean {
  return predicates.some((given) => given.path === wanted.path && implies(given, wanted));
}

function implies(given: Predicate, wanted: Predicate): boolean {
  if (given.operator === wanted.operator && equal(given.value, wanted.value)) return true;
  if (wanted.operator === '$exists' && isTrue(wanted.value)) return given.excludesMissing;
  // Equal values may differ in type: 1 finds int, long, double and decimal.
  if (wanted.operator === '$type') return false;
  if (given.narrows?.kind === 'equal')
    return given.operator !== '$exists' && allFulfil(given.narrows.values, wanted);
  if (given.narrows?.kind === 'range' && wanted.narrows?.kind === 'range') {
    return isWithin(given.narrows, wanted.narrows);
  }
  return false;
}

// Null asks for missing fields too, of which a condition on null says nothing.
function allFulfil(values: readonly unknown[], wanted: Predicate): boolean {
  const filter = compileFilter({ value: { [wanted.operator]: wanted.value } });
  return values.every((value) => value !== null && filter.matches({ value }));
}

interface RangeNarrowing {
  readonly operator: '$gt' | '$gte' | '$lt' | '$lte';
  readonly value: unknown;
}

/** `x > 10` lies within `x > 5`: same direction, and its bound fulfils the wider one. */
function isWithin(given: RangeNarrowing, wanted: RangeNarrowing): boolean {
  if (given.operator.slice(0, 2) !== wanted.operator.slice(0, 2)) return false;
  // `x > 5` lies within `x > 5` and `x >= 5` alike; `x >= 5` only within the latter.
  const operator = given.operator.endsWith('e') ? wanted.operator : `${wanted.operator.slice(0, 3)}e`;
  return compileFilter({ value: { [operator]: wanted.value } }).matches({ value: given.value });
}
