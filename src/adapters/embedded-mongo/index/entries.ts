import { CODE, MongoFault } from '../errors.ts';
import type { Doc } from '../values/decode.ts';
import { isDocument } from '../values/kind.ts';
import { child, isIndex } from '../query/paths.ts';

/** How far one path of a compound index has been followed. */
interface Cursor {
  readonly value: unknown;
  /** The next part of the path; undefined: the value is final, an array in it stays whole. */
  readonly at: number | undefined;
}

export interface Entries {
  /** One tuple of values for each key. Null stands for a missing value, undefined for an empty array. */
  readonly tuples: readonly (readonly unknown[])[];
  /** The positions of the paths that led through an array. */
  readonly arrays: ReadonlySet<number>;
}

/**
 * The values that a document contributes to an index (MongoDB's BtreeKeyGenerator). Paths through the same array
 * go through its elements together. Throws MongoFault 171 when they lead through two arrays.
 */
export function entriesOf(doc: Doc, paths: readonly (readonly string[])[]): Entries {
  const plain = plainTuple(doc, paths);
  if (plain) return { tuples: [plain], arrays: NONE };
  const tuples: unknown[][] = [];
  const arrays = new Set<number>();
  const start = paths.map((): Cursor => ({ value: doc, at: 0 }));
  expand(start, paths, tuples, arrays);
  return { tuples, arrays };
}

const NONE: ReadonlySet<number> = new Set();

/** The only tuple of a document in which no path meets an array: nearly all of them. */
function plainTuple(doc: Doc, paths: readonly (readonly string[])[]): unknown[] | undefined {
  const tuple: unknown[] = [];
  for (const path of paths) {
    let value: unknown = doc;
    for (const part of path) {
      value = child(value, part);
      if (Array.isArray(value)) return undefined;
    }
    tuple.push(value ?? null);
  }
  return tuple;
}

function expand(
  cursors: readonly Cursor[],
  paths: readonly (readonly string[])[],
  tuples: unknown[][],
  arrays: Set<number>,
): void {
  const advanced = cursors.map((cursor, index) => advance(cursor, paths[index] as readonly string[]));
  const open = advanced.flatMap(({ value, at }, index) =>
    at !== undefined && Array.isArray(value) ? [index] : [],
  );
  const [first] = open;
  if (first === undefined) {
    tuples.push(advanced.map(({ value, at }) => (value === undefined && at !== undefined ? null : value)));
    return;
  }
  const array = (advanced[first] as Cursor).value as unknown[];
  refuseParallel(advanced, open, array, paths);
  for (const index of open) arrays.add(index);
  // An empty array gives one entry, as if it held one element that is not there.
  const elements: unknown[] = array.length === 0 ? [EMPTY] : array;
  for (const element of elements) {
    const next = advanced.map((cursor, index) =>
      open.includes(index) ? enter(cursor, element, paths[index] as readonly string[]) : cursor,
    );
    expand(next, paths, tuples, arrays);
  }
}

const EMPTY = Symbol('empty array');

function advance({ value, at }: Cursor, path: readonly string[]): Cursor {
  if (at === undefined) return { value, at };
  let current = value;
  let next = at;
  while (next < path.length) {
    const part = path[next] as string;
    if (Array.isArray(current) && !isIndex(part)) break;
    current = child(current, part);
    next += 1;
  }
  return { value: current, at: next };
}

function enter({ at = 0 }: Cursor, element: unknown, path: readonly string[]): Cursor {
  if (at === path.length) return { value: element === EMPTY ? undefined : (element ?? null), at: undefined };
  return isDocument(element) ? { value: element, at } : { value: null, at: undefined };
}

function refuseParallel(
  cursors: readonly Cursor[],
  open: readonly number[],
  array: unknown[],
  paths: readonly (readonly string[])[],
): void {
  const other = open.find((index) => cursors[index]?.value !== array);
  if (other === undefined) return;
  const last = (index: number | undefined): string => paths[index ?? 0]?.at(-1) ?? '';
  throw new MongoFault(
    CODE.CannotIndexParallelArrays,
    `cannot index parallel arrays [${last(other)}] [${last(open[0])}]`,
  );
}
