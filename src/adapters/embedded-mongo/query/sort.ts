import { CODE, MongoFault } from '../errors.ts';
import { compileCollation } from '../values/collation.ts';
import { compare, type StringOrder } from '../values/compare.ts';
import type { Doc } from '../values/decode.ts';
import { isDocument } from '../values/kind.ts';
import { toDouble } from '../values/number.ts';
import { keyValues, topLevel } from './paths.ts';
import { show } from '../values/show.ts';

export interface Sort {
  /** The top-level fields that the order reads. */
  readonly fields: ReadonlySet<string>;
  compare(a: Doc, b: Doc): number;
}

interface Part {
  readonly path: readonly string[];
  readonly direction: 1 | -1;
}

/**
 * Compiles a sort specification (`{path: 1 | -1}`, by priority). An array sorts by its least element upwards and
 * by its greatest downwards; what is missing sorts as null, an empty array before it.
 */
export function compileSort(spec: Doc, options: { readonly collation?: Doc } = {}): Sort {
  const strings = compileCollation(options.collation);
  const parts = Object.keys(spec).map((path) => ({
    path: path.split('.'),
    direction: directionOf(path, spec[path]),
  }));
  const keysOf = remembered(parts, strings);
  return {
    fields: topLevel(Object.keys(spec)),
    compare: (a, b) => {
      const left = keysOf(a);
      const right = keysOf(b);
      for (const [at, { direction }] of parts.entries()) {
        const order = compare(left[at], right[at], strings);
        if (order !== 0) return direction * order;
      }
      return 0;
    },
  };
}

/** The direction that a sort or an index gives to a path. Throws MongoFault for all but 1 and -1. */
function directionOf(path: string, value: unknown): 1 | -1 {
  if (path === '') throw new MongoFault(40352, 'FieldPath cannot be constructed with empty string');
  if (isDocument(value)) {
    throw new MongoFault(CODE.NotImplemented, `Sorting '${path}' by $meta is not supported by this engine`);
  }
  const direction = toDouble(value);
  if (direction === undefined) {
    throw new MongoFault(15974, `Illegal key in $sort specification: ${path}: ${show(value)}`);
  }
  if (direction !== 1 && direction !== -1) {
    throw new MongoFault(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  }
  return direction;
}

// A document is compared many times while it is sorted, its keys are looked up once.
function remembered(
  parts: readonly Part[],
  strings: StringOrder | undefined,
): (doc: Doc) => readonly unknown[] {
  const known = new WeakMap<Doc, readonly unknown[]>();
  return (doc) => {
    let keys = known.get(doc);
    if (!keys) {
      keys = parts.map((part) => sortKey(doc, part, strings));
      known.set(doc, keys);
    }
    return keys;
  };
}

function sortKey(doc: Doc, { path, direction }: Part, strings: StringOrder | undefined): unknown {
  const values = keyValues(doc, path);
  return values.reduce((best, value) => (direction * compare(value, best, strings) < 0 ? value : best));
}
