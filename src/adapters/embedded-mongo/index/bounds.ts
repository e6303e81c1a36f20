import { bracketOf } from '../values/compare.ts';
import { AFTER, bracketBounds, partOf, PAST, prefixBounds } from '../values/key.ts';
import type { Narrowing, Predicate } from './predicates.ts';
import { intervalOf, type CollectionIndex, type Interval } from './index.ts';

/** What an index can do for a set of conditions. */
export interface Bounds {
  /** In key order, without overlaps. */
  readonly intervals: readonly Interval[];
  /** How many leading fields are bound by equality. */
  readonly equalities: number;
  /** Whether the field after them is bound by a range. */
  readonly ranged: boolean;
  /** The fields that hold one and the same value in all entries of the intervals. */
  readonly fixed: ReadonlySet<string>;
}

// `$in` lists on several fields multiply; one list alone may be of any length.
const MAX_PREFIXES = 2000;

/** Bounds on an index: equalities on its leading fields, then one range. */
export function boundsOf(index: CollectionIndex, predicates: readonly Predicate[]): Bounds {
  const fixed = new Set<string>();
  let prefixes = [''];
  let equalities = 0;
  let arrayUsed = false;
  for (const [path, direction] of index.spec.key) {
    const multikey = index.isMultikey(path);
    // Two fields below arrays may be fulfilled by different elements: only one of them may be bound.
    if (multikey && arrayUsed) break;
    const here = predicates
      .filter((predicate) => predicate.path === path)
      .flatMap(({ narrows }) => narrows ?? []);
    const parts = equalParts(here, direction);
    if (!parts || (prefixes.length > 1 && prefixes.length * parts.length > MAX_PREFIXES)) {
      const ranges = rangesOf(here, direction, multikey);
      const intervals = prefixes.flatMap((prefix) => within(prefix, ranges));
      return { intervals, equalities, ranged: ranges !== undefined, fixed };
    }
    prefixes = prefixes.flatMap((prefix) => parts.map((part) => prefix + part));
    equalities += 1;
    arrayUsed ||= multikey;
    if (parts.length === 1 && !multikey) fixed.add(path);
  }
  return { intervals: prefixes.map(intervalOf), equalities, ranged: false, fixed };
}

/** The keys of the shortest list of values that one condition asks for, in key order. */
function equalParts(narrowings: readonly Narrowing[], direction: 1 | -1): string[] | undefined {
  let best: string[] | undefined;
  for (const narrowing of narrowings) {
    if (narrowing.kind !== 'equal') continue;
    const parts = [...new Set(narrowing.values.map((value) => partOf(value, direction)))].sort(byKey);
    if (!best || parts.length < best.length) best = parts;
  }
  return best;
}

// Downwards the key of 'a' begins that of 'a\0', which comes before it: only what follows a part tells them apart.
function byKey(a: string, b: string): number {
  return byCodeUnit(a + AFTER, b + AFTER);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Range {
  readonly from: string;
  readonly to: string;
}

/** The ranges of one field, relative to the prefix; on an array field only one condition may count. */
function rangesOf(
  narrowings: readonly Narrowing[],
  direction: 1 | -1,
  multikey: boolean,
): Range[] | undefined {
  const prefix = narrowings.find((narrowing) => narrowing.kind === 'prefix');
  if (prefix) {
    const regex = partOf(prefix.regex, direction);
    const stored: Range = { from: regex + AFTER, to: regex + PAST };
    return [prefixBounds(prefix.text, direction), stored].sort((a, b) => byCodeUnit(a.from, b.from));
  }
  const ranges = narrowings.flatMap((narrowing) =>
    narrowing.kind === 'range' ? [rangeOf(narrowing.operator, narrowing.value, direction)] : [],
  );
  if (ranges.length === 0) return undefined;
  return multikey ? ranges.slice(0, 1) : [ranges.reduce(intersection)];
}

function rangeOf(operator: string, value: unknown, direction: 1 | -1): Range {
  const { from, to } = bracketBounds(bracketOf(value), direction);
  const part = partOf(value, direction);
  const upwards = operator.startsWith('$g') === (direction === 1);
  const inclusive = operator.endsWith('e');
  if (upwards) return { from: part + (inclusive ? AFTER : PAST), to };
  return { from, to: part + (inclusive ? PAST : AFTER) };
}

function intersection(a: Range, b: Range): Range {
  return { from: a.from > b.from ? a.from : b.from, to: a.to < b.to ? a.to : b.to };
}

function within(prefix: string, ranges: readonly Range[] | undefined): Interval[] {
  if (!ranges) return [intervalOf(prefix)];
  return ranges
    .filter(({ from, to }) => from < to)
    .map(({ from, to }) => ({ from: prefix + from, to: prefix + to }));
}
