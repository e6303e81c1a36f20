import { CODE, MongoFault } from '../errors.ts';
import { isDocument, kindOf } from '../values/kind.ts';
import type { Doc } from '../values/decode.ts';
import { show } from '../values/show.ts';

/** A dotted path of an update, split; `$`, `$[]` and `$[name]` are parts of their own. */
export type Path = readonly string[];

/** What stands where a path leads: `undefined` when nothing does. */
type Modify = (current: unknown, place: { readonly insideArray: boolean }) => unknown;

// MongoDB's own limit on how far an update may lengthen an array with nulls (kMaxPaddingAllowed).
const MAX_PADDING = 1_500_000;
const ARRAY_INDEX = /^(0|[1-9]\d*)$/;
const FILTERED = /^\$\[(.*)\]$/;

export const isIndex = (part: string): boolean => ARRAY_INDEX.test(part);
export const isPositional = (part: string): boolean => part === '$' || FILTERED.test(part);

/** The identifier in `$[identifier]`; `''` for `$[]`, `undefined` for every other part. */
export const filterName = (part: string): string | undefined => FILTERED.exec(part)?.[1];

/** Splits a path and refuses those that MongoDB refuses before it looks at any document. */
export function parsePath(path: string): Path {
  if (path === '') throw new MongoFault(CODE.EmptyFieldName, 'An empty update path is not valid.');
  const parts = path.split('.');
  if (parts.includes('')) {
    throw new MongoFault(
      CODE.EmptyFieldName,
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  const [first = ''] = parts;
  if (isPositional(first)) {
    throw new MongoFault(
      CODE.BadValue,
      `Cannot have positional (i.e. '$') element in the first position in path '${path}'`,
    );
  }
  if (parts.filter((part) => part === '$').length > 1) {
    throw new MongoFault(CODE.BadValue, `Too many positional (i.e. '$') elements found in path '${path}'`);
  }
  return parts;
}

/** MongoDB lets an upsert insert a field whose name begins with a dollar, but no update may write one later. */
export function refuseDollarField([first = '']: Path): void {
  if (!first.startsWith('$')) return;
  throw new MongoFault(
    CODE.DollarPrefixedFieldName,
    `The dollar ($) prefixed field '${first}' in '${first}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  );
}

/** The order in which MongoDB applies an update's paths: by name, numbers by value (manual, since 5.0). */
export function comparePaths(a: Path, b: Path): number {
  const shared = Math.min(a.length, b.length);
  for (let depth = 0; depth < shared; depth++) {
    const order = compareParts(a[depth] as string, b[depth] as string);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareParts(a: string, b: string): number {
  if (isIndex(a) && isIndex(b)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The part of a document's path that no element can take: something other than a document or array. */
export const isContainer = (value: unknown): value is Doc | unknown[] =>
  Array.isArray(value) || isDocument(value);

/** The value one step down a path; `undefined` where there is none. Own properties only. */
export function step(container: unknown, part: string): unknown {
  if (Array.isArray(container)) return isIndex(part) ? (container as unknown[])[Number(part)] : undefined;
  return isDocument(container) && Object.hasOwn(container, part) ? container[part] : undefined;
}

/**
 * A copy of `container` in which `modify` has decided what stands at `path`; the very same container when
 * nothing changed. Missing parents are made when the result is there (`creates`).
 */
export function modifyAt(
  container: Doc | unknown[],
  path: Path,
  creates: boolean,
  modify: Modify,
  depth = 0,
): Doc | unknown[] {
  const part = path[depth] as string;
  const present = step(container, part);
  if (Array.isArray(container) && !isIndex(part)) {
    if (!creates) return container;
    throw notViable(path, depth, container);
  }
  const next = modifyStep(container, present, path, creates, modify, depth);
  if (next === present) return container;
  return Array.isArray(container)
    ? replaceItem(container, Number(part), next)
    : replaceField(container, part, next);
}

function modifyStep(
  container: Doc | unknown[],
  present: unknown,
  path: Path,
  creates: boolean,
  modify: Modify,
  depth: number,
): unknown {
  if (depth === path.length - 1) return modify(present, { insideArray: Array.isArray(container) });
  if (present === undefined) return creates ? grow(path, depth + 1, modify) : undefined;
  if (isContainer(present)) return modifyAt(present, path, creates, modify, depth + 1);
  if (creates) throw notViable(path, depth + 1, present);
  return present;
}

/** The documents that must be made for the rest of a path that does not exist yet. */
function grow(path: Path, depth: number, modify: Modify): unknown {
  if (depth === path.length) return modify(undefined, { insideArray: false });
  const inner = grow(path, depth + 1, modify);
  return inner === undefined ? undefined : replaceField({}, path[depth] as string, inner);
}

function notViable(path: Path, depth: number, value: unknown): MongoFault {
  const holder = path[depth - 1] ?? '';
  return new MongoFault(
    CODE.PathNotViable,
    `Cannot create field '${path[depth] ?? ''}' in element {${holder}: ${show(value)}}`,
  );
}

function replaceItem(items: readonly unknown[], index: number, value: unknown): unknown[] {
  if (index - items.length > MAX_PADDING) {
    throw new MongoFault(CODE_CANNOT_BACKFILL, `Cannot backfill more than ${MAX_PADDING} elements`);
  }
  const copy = [...items];
  while (copy.length < index) copy.push(null);
  copy[index] = value === undefined ? null : value;
  return copy;
}

const CODE_CANNOT_BACKFILL = 34;

/** A copy of a document with one field set, in its old place if it had one, or left out. */
export function replaceField(doc: Doc, field: string, value: unknown): Doc {
  const copy = { ...doc };
  if (value === undefined) Reflect.deleteProperty(copy, field);
  else {
    // `__proto__` is a legal field name: an assignment would set the prototype.
    Object.defineProperty(copy, field, { value, writable: true, enumerable: true, configurable: true });
  }
  return copy;
}

/** The array at a path that ends before `$[]` or `$[name]`; MongoDB insists that it is there. */
export function arrayAt(doc: Doc, path: Path): unknown[] {
  let value: unknown = doc;
  for (const part of path) value = step(value, part);
  if (Array.isArray(value)) return value as unknown[];
  const name = path.join('.');
  throw new MongoFault(
    CODE.BadValue,
    kindOf(value) === 'missing'
      ? `The path '${name}' must exist in the document in order to apply array updates.`
      : `Cannot apply array updates to non-array element ${path.at(-1) ?? ''}: ${show(value)}`,
  );
}
