import { setField, type Doc } from '../values/decode.ts';
import { AFTER, entryOf, keyOf, PAST, recordOf, recordPart } from '../values/key.ts';
import { compileFilter, type Filter } from '../query/match.ts';
import { topLevel, walk } from '../query/paths.ts';
import { entriesOf, type Entries } from './entries.ts';
import { SortedKeys } from './sorted-keys.ts';

export interface IndexSpec {
  name: string;
  key: readonly (readonly [path: string, direction: 1 | -1])[];
  unique: boolean;
  sparse: boolean;
  partial?: Doc;
  hidden?: boolean;
  ttlSeconds?: number;
  /** The specification as the client gave it, for `listIndexes`. */
  raw: Doc;
  /** Recorded only: geo, text and hashed indexes hold no entries and serve no query. */
  noop?: boolean;
}

/** A part of the key space: from `from` up to, not including, `to` (undefined: the end). */
export interface Interval {
  readonly from: string;
  readonly to: string | undefined;
}

/** One index of a collection, held in memory as sorted keys that end in the number of the record. */
export class CollectionIndex {
  readonly spec: IndexSpec;
  /** The top-level fields that {@link keysOf} reads; null: the whole document. */
  readonly fields: ReadonlySet<string> | null;
  readonly #paths: readonly (readonly string[])[];
  readonly #directions: readonly (1 | -1)[];
  readonly #partial: Filter | undefined;
  readonly #keys = new SortedKeys();
  readonly #multikey = new Set<string>();
  // What a unique conflict reports is the value itself, and a key cannot be turned back into it.
  readonly #documents = new WeakMap<readonly string[], Doc>();

  constructor(spec: IndexSpec) {
    this.spec = spec;
    this.#paths = spec.key.map(([path]) => path.split('.'));
    this.#directions = spec.key.map(([, direction]) => direction);
    this.#partial = spec.partial && compileFilter(spec.partial);
    this.fields = fieldsRead(spec, this.#partial);
  }

  get size(): number {
    return this.#keys.size;
  }

  /** Whether a document belongs into the index at all. */
  fits(doc: Doc): boolean {
    if (this.spec.noop === true) return false;
    if (this.#partial && !this.#partial.matches(doc)) return false;
    return (
      !this.spec.sparse || this.#paths.some((path) => walk(doc, path, true, (value) => value !== undefined))
    );
  }

  /**
   * The keys of a document, without the record's number; none if it does not fit.
   * Throws MongoFault 171 when two of the paths lead through different arrays.
   */
  keysOf(doc: Doc): string[] {
    if (!this.fits(doc)) return [];
    const keys = this.#distinct(entriesOf(doc, this.#paths));
    if (this.spec.unique) this.#documents.set(keys, doc);
    return keys;
  }

  /**
   * The values of a unique key that another record holds already.
   * @param keys from {@link keysOf}
   * @param self the number of the record that is written, whose own entries are no conflict
   */
  conflict(keys: string[], self: number | undefined): { keyValue: Doc } | undefined {
    if (!this.spec.unique) return undefined;
    const taken = keys.find((key) => this.#heldByOther(key, self));
    return taken === undefined ? undefined : { keyValue: this.#valuesOf(taken, this.#documents.get(keys)) };
  }

  add(recordNumber: number, doc: Doc): void {
    if (!this.fits(doc)) return;
    const entries = entriesOf(doc, this.#paths);
    for (const position of entries.arrays) this.#multikey.add(this.spec.key[position]?.[0] ?? '');
    // The same key twice is one entry.
    for (const tuple of entries.tuples) this.#keys.add(entryOf(tuple, this.#directions, recordNumber));
  }

  remove(recordNumber: number, doc: Doc): void {
    const record = recordPart(recordNumber);
    for (const key of this.keysOf(doc)) this.#keys.delete(key + record);
  }

  clear(): void {
    this.#keys.clear();
    this.#multikey.clear();
  }

  /** Whether the field was ever an array, or lay inside one, in a document of the index. */
  isMultikey(field: string): boolean {
    return this.#multikey.has(field);
  }

  /** Whether any field of the index was ever an array. */
  get multikey(): boolean {
    return this.#multikey.size > 0;
  }

  /** The numbers of the records in the intervals, each once, in the order of the index. */
  *records(intervals: readonly Interval[], reverse: boolean): Generator<number> {
    const seen = this.multikey ? new Set<number>() : undefined;
    for (const { from, to } of reverse ? intervals.toReversed() : intervals) {
      for (const key of this.#keys.range(from, to, reverse)) {
        const record = recordOf(key);
        if (seen?.has(record) === true) continue;
        seen?.add(record);
        yield record;
      }
    }
  }

  #distinct({ tuples }: Entries): string[] {
    const [only] = tuples;
    if (only && tuples.length === 1) return [keyOf(only, this.#directions)];
    return [...new Set(tuples.map((tuple) => keyOf(tuple, this.#directions)))];
  }

  #heldByOther(key: string, self: number | undefined): boolean {
    for (const entry of this.#keys.range(key + AFTER, `${key}\x02`)) {
      if (recordOf(entry) !== self) return true;
    }
    return false;
  }

  #valuesOf(key: string, doc: Doc | undefined): Doc {
    const tuples = doc ? entriesOf(doc, this.#paths).tuples : [];
    const tuple = tuples.find((values) => keyOf(values, this.#directions) === key) ?? [];
    const keyValue: Doc = {};
    for (const [position, [path]] of this.spec.key.entries())
      setField(keyValue, path, tuple[position] ?? null);
    return keyValue;
  }
}

/** All entries whose key begins with a prefix of whole parts. */
export function intervalOf(prefix: string): Interval {
  return prefix === '' ? { from: '', to: undefined } : { from: prefix + AFTER, to: prefix + PAST };
}

function fieldsRead(spec: IndexSpec, partial: Filter | undefined): ReadonlySet<string> | null {
  if (partial?.fields === null) return null;
  return topLevel([...spec.key.map(([path]) => path), ...(partial?.fields ?? [])]);
}
