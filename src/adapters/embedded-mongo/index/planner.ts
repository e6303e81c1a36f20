import { CODE, MongoFault } from '../errors.ts';
import { equal } from '../values/compare.ts';
import type { Doc } from '../values/decode.ts';
import { isDocument } from '../values/kind.ts';
import { toDouble } from '../values/number.ts';
import type { Filter } from '../query/match.ts';
import { isIndex } from '../query/paths.ts';
import { boundsOf, type Bounds } from './bounds.ts';
import { holdsAll } from './implies.ts';
import type { CollectionIndex } from './index.ts';
import { branchesOf, predicatesOf, type Predicate } from './predicates.ts';

interface IndexPlan {
  readonly kind: 'index';
  readonly index: CollectionIndex;
  /** Whether the records come in the order that was asked for. */
  readonly sorted: boolean;
  /** Whether the index is read from its end. */
  readonly reverse: boolean;
  recordNumbers(): Iterable<number>;
}

export type Plan =
  | { readonly kind: 'scan'; /** `$natural: -1`: newest first. */ readonly reverse?: boolean }
  | IndexPlan
  | { readonly kind: 'union'; readonly plans: readonly Plan[]; recordNumbers(): Iterable<number> };

interface PlanRequest {
  readonly filter: Filter;
  readonly sort?: Doc;
  readonly indexes: readonly CollectionIndex[];
  /** The name or the key pattern of an index, or `{$natural: 1 | -1}`. */
  readonly hint?: string | Doc;
}

interface Candidate {
  readonly plan: IndexPlan;
  readonly bounds: Bounds;
  readonly rank: readonly number[];
}

/**
 * Chooses how to find the documents of a filter. A plan only narrows: its records may be too many and are never
 * too few, so the filter must still be asked about each. Throws MongoFault 2 for a hint that names no index.
 */
export function planQuery({ filter, sort, indexes, hint }: PlanRequest): Plan {
  const natural = naturalDirection(hint) ?? naturalDirection(sort);
  if (natural !== undefined) return natural < 0 ? { kind: 'scan', reverse: true } : { kind: 'scan' };
  if (hint !== undefined) return hintedPlan(filter, sort, indexes, hint);
  // The keys are in binary order, a collation has another.
  if (filter.collated) return { kind: 'scan' };
  const usable = indexes.filter(isUsable);
  const predicates = predicatesOf(filter.source);
  const best = bestOf(usable, predicates, sort);
  if (best && best.bounds.equalities > 0) return best.plan;
  return unionOf(filter.source, usable, predicates) ?? best?.plan ?? { kind: 'scan' };
}

function naturalDirection(order: string | Doc | undefined): number | undefined {
  return isDocument(order) && Object.hasOwn(order, '$natural') ? toDouble(order['$natural']) : undefined;
}

// A number in a path may be a place or a name, and an index knows only one of the two.
function isUsable({ spec }: CollectionIndex): boolean {
  if (spec.noop === true || spec.hidden === true) return false;
  return !spec.key.some(([path]) => path.split('.').some(isIndex));
}

function bestOf(
  indexes: readonly CollectionIndex[],
  predicates: readonly Predicate[],
  sort: Doc | undefined,
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const index of indexes) {
    if (!holdsAll(index, predicates)) continue;
    const candidate = candidateOf(index, predicates, sort);
    if (isWorthwhile(candidate) && (!best || compareRanks(candidate.rank, best.rank) > 0)) best = candidate;
  }
  return best;
}

// Reading a whole index is worth it only for its order, or because it holds less than the collection.
function isWorthwhile({ plan, bounds }: Candidate): boolean {
  const { partial, sparse } = plan.index.spec;
  return bounds.equalities > 0 || bounds.ranged || plan.sorted || sparse || partial !== undefined;
}

function candidateOf(
  index: CollectionIndex,
  predicates: readonly Predicate[],
  sort: Doc | undefined,
): Candidate {
  const bounds = boundsOf(index, predicates);
  const direction = sort ? sortDirection(index, bounds, sort) : undefined;
  const reverse = direction === -1;
  const { unique, key } = index.spec;
  const plan: IndexPlan = {
    kind: 'index',
    index,
    sorted: direction !== undefined,
    reverse,
    recordNumbers: () => index.records(bounds.intervals, reverse),
  };
  const one = unique && bounds.equalities === key.length && bounds.intervals.length === 1;
  const rank = [
    Number(one),
    bounds.equalities,
    Number(bounds.ranged),
    Number(plan.sorted),
    -bounds.intervals.length,
    -key.length,
  ];
  return { plan, bounds, rank };
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}

/**
 * The direction in which an index gives the order asked for, if it does. Fields that hold one value throughout
 * may be passed over, on either side, but only those of this index: what another condition fixes may be an array.
 */
function sortDirection(index: CollectionIndex, { fixed }: Bounds, sort: Doc): 1 | -1 | undefined {
  if (index.multikey) return undefined;
  const { key } = index.spec;
  let at = 0;
  let direction: number | undefined;
  for (const path of Object.keys(sort)) {
    if (fixed.has(path)) continue;
    while (at < key.length && key[at]?.[0] !== path && fixed.has(key[at]?.[0] ?? '')) at += 1;
    const part = key[at];
    const wanted = toDouble(sort[path]);
    if (part?.[0] !== path || (wanted !== 1 && wanted !== -1)) return undefined;
    if (direction !== undefined && direction !== wanted * part[1]) return undefined;
    direction = wanted * part[1];
    at += 1;
  }
  return direction === -1 ? -1 : 1;
}

/** One index plan for each branch of an `$or`, if every branch has one. */
function unionOf(
  filter: Doc,
  indexes: readonly CollectionIndex[],
  outer: readonly Predicate[],
): Plan | undefined {
  const branches = branchesOf(filter);
  if (!branches) return undefined;
  const plans: IndexPlan[] = [];
  for (const branch of branches) {
    const best = bestOf(indexes, [...predicatesOf(branch), ...outer], undefined);
    if (!best || (best.bounds.equalities === 0 && !best.bounds.ranged)) return undefined;
    plans.push(best.plan);
  }
  return {
    kind: 'union',
    plans,
    // In the order in which the records were stored, as a scan would give them.
    recordNumbers: () =>
      [...new Set(plans.flatMap((plan) => [...plan.recordNumbers()]))].sort((a, b) => a - b),
  };
}

function hintedPlan(
  filter: Filter,
  sort: Doc | undefined,
  indexes: readonly CollectionIndex[],
  hint: string | Doc,
): Plan {
  const index = indexes.find(({ spec }) => spec.hidden !== true && isNamed(spec, hint));
  if (!index) {
    throw new MongoFault(
      CODE.BadValue,
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  }
  if (filter.collated || !isUsable(index)) return { kind: 'scan' };
  const predicates = predicatesOf(filter.source);
  if (index.spec.partial && !holdsAll(index, predicates)) {
    throw new MongoFault(
      CODE.NoQueryExecutionPlans,
      'error processing query: planner returned error :: caused by :: No query solutions',
    );
  }
  return candidateOf(index, predicates, sort).plan;
}

function isNamed({ name, raw }: CollectionIndex['spec'], hint: string | Doc): boolean {
  return typeof hint === 'string' ? name === hint : equal(raw['key'], hint);
}
