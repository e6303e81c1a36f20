import { planQuery } from '../index/planner.ts';
import type { Plan } from '../index/planner.ts';
import { compileFilter } from '../query/match.ts';
import type { Filter } from '../query/match.ts';
import { compileSort } from '../query/sort.ts';
import type { Sort } from '../query/sort.ts';
import { MongoFault } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import { decode } from '../values/decode.ts';
import type { Doc } from '../values/decode.ts';
import { pick } from '../values/pick.ts';

const TIME_LIMIT_EXCEEDED = 50;
/** How many documents pass between two looks at the clock. */
const CLOCK_EVERY = 128;

export interface Query {
  readonly filter: Doc;
  readonly sort?: Doc | undefined;
  readonly hint?: string | Doc | undefined;
  readonly collation?: Doc | undefined;
  /** Values of the command's `let`. */
  readonly vars?: Doc | undefined;
  readonly deadline?: number | undefined;
}

export interface Hit {
  readonly record: number;
  readonly bytes: Buffer;
  /** The fields that filter and sort read, decoded; the whole document where they read it whole. */
  readonly doc: Doc;
}

/**
 * Where the next candidates come from: record numbers (those of a plan are drawn one by one, so that a limit ends
 * the reading of the index, too), or the records themselves in their order.
 */
type Source =
  | {
      readonly kind: 'list';
      records: readonly number[];
      at: number;
      readonly more?: Iterator<number>;
      readonly checked: boolean;
    }
  | { readonly kind: 'scan'; from: number | undefined; readonly reverse: boolean };

function naturalSort(sort: Doc | undefined): boolean {
  return sort !== undefined && '$natural' in sort;
}

/**
 * A search that can stop and go on, or one in a collection that is not there: that finds nothing, but its
 * filter and sort are checked all the same.
 *
 * It stops and goes on: `hits` continues after the last hit that was taken from it. Between two
 * calls it holds record numbers, never documents, so that a later batch shows what is stored then.
 */
export class Search {
  readonly plan: Plan;
  readonly filter: Filter;
  readonly #collection: Collection | undefined;
  readonly #sort: Sort | undefined;
  readonly #fields: ReadonlySet<string> | null;
  #source: Source | undefined;
  /** When it must be done; the time limit of a command does not hold for the client's own pauses. */
  deadline: number | undefined;
  /** What it looked at so far, for `explain`. */
  examined = 0;

  constructor(collection: Collection | undefined, query: Query) {
    const collated =
      query.collation && query.collation.locale !== 'simple' ? { collation: query.collation } : {};
    this.#collection = collection;
    this.filter = compileFilter(query.filter, { ...(query.vars && { vars: query.vars }), ...collated });
    const sorts = query.sort !== undefined && Object.keys(query.sort).length > 0;
    this.plan = collection
      ? planQuery({
          filter: this.filter,
          indexes: collection.indexes,
          ...(sorts && query.sort && !('collation' in collated) && { sort: query.sort }),
          ...(query.hint !== undefined && { hint: query.hint }),
        })
      : { kind: 'scan' };
    const sorted = !sorts || naturalSort(query.sort) || (this.plan.kind === 'index' && this.plan.sorted);
    this.#sort = sorted || !query.sort ? undefined : compileSort(query.sort, collated);
    this.#fields = union(this.filter.fields, this.#sort?.fields);
    this.deadline = query.deadline;
  }

  /** Whether the hits are gathered and sorted before the first one comes out. */
  get sortsInMemory(): boolean {
    return this.#sort !== undefined;
  }

  *hits(): Generator<Hit> {
    if (!this.#collection) return;
    this.#source ??= this.#sort ? this.#sortedSource(this.#sort) : this.#plannedSource();
    for (const hit of this.#candidates(this.#source)) {
      if ((this.#source.kind === 'list' && this.#source.checked) || this.filter.matches(hit.doc)) yield hit;
    }
  }

  /** Puts back the hit that was taken last. */
  unread(hit: Hit): void {
    if (this.#source?.kind === 'list') this.#source.at--;
    else if (this.#source) this.#source.from = hit.record;
  }

  *#candidates(source: Source): Generator<Hit> {
    if (source.kind === 'scan') {
      yield* this.#scan(source);
      return;
    }
    for (let record = nextOf(source); record !== undefined; record = nextOf(source)) {
      const bytes = this.#collection?.get(record);
      if (bytes) yield this.#hit(record, bytes, source.checked);
    }
  }

  *#scan(source: Extract<Source, { kind: 'scan' }>): Generator<Hit> {
    const collection = this.#collection;
    if (!collection) return;
    const records = source.reverse ? collection.rangeBack(source.from) : collection.range(source.from);
    for (const [record, bytes] of records) {
      source.from = record + (source.reverse ? -1 : 1);
      yield this.#hit(record, bytes, false);
    }
  }

  #hit(record: number, bytes: Buffer, checked: boolean): Hit {
    if (++this.examined % CLOCK_EVERY === 0) this.#checkTime();
    if (checked) return { record, bytes, doc: {} };
    return { record, bytes, doc: this.#fields === null ? decode(bytes) : pick(bytes, this.#fields) };
  }

  #checkTime(): void {
    if (this.deadline === undefined || performance.now() <= this.deadline) return;
    throw new MongoFault(TIME_LIMIT_EXCEEDED, 'operation exceeded time limit');
  }

  #plannedSource(): Source {
    if (this.plan.kind === 'scan')
      return { kind: 'scan', from: undefined, reverse: this.plan.reverse === true };
    const more = this.plan.recordNumbers()[Symbol.iterator]();
    return { kind: 'list', records: [], at: 0, more, checked: false };
  }

  /** Gathers all hits, sorted; equal ones stay in the order in which they were found. */
  #sortedSource(sort: Sort): Source {
    const found: { record: number; doc: Doc }[] = [];
    for (const { record, doc } of this.#candidates(this.#plannedSource())) {
      if (this.filter.matches(doc)) found.push({ record, doc });
    }
    found.sort((a, b) => sort.compare(a.doc, b.doc));
    return { kind: 'list', records: found.map(({ record }) => record), at: 0, checked: true };
  }
}

function nextOf(source: Extract<Source, { kind: 'list' }>): number | undefined {
  if (source.at < source.records.length) return source.records[source.at++];
  const next = source.more?.next();
  if (!next || next.done === true) return undefined;
  // The last one stays, for `unread`.
  source.records = [next.value];
  source.at = 1;
  return next.value;
}

function union(
  a: ReadonlySet<string> | null,
  b: ReadonlySet<string> | undefined,
): ReadonlySet<string> | null {
  if (a === null || b === undefined) return a;
  return new Set([...a, ...b]);
}
