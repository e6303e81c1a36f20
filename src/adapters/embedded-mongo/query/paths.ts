import { getField, type Doc } from '../values/decode.ts';
import { isDocument } from '../values/kind.ts';

/**
 * Sees one value that a dotted path reaches (`undefined`: nothing there) and, when the way led through an array,
 * the index in the outermost one. True ends the walk.
 */
type Visit = (value: unknown, offset: number | undefined) => boolean;

/**
 * Visits what a path of a filter reaches, in the order and with the rules of MongoDB's ElementPath: arrays on the
 * way are entered, an index names a place as well as a field, and an array at the end is visited by element and
 * then whole (only whole when `expand` is false). Answers whether a visit ended the walk.
 */
export function walk(doc: unknown, parts: readonly string[], expand: boolean, visit: Visit): boolean {
  return walkFrom(doc, parts, 0, expand, visit);
}

function walkFrom(
  start: unknown,
  parts: readonly string[],
  from: number,
  expand: boolean,
  visit: Visit,
): boolean {
  let current = start;
  for (let at = from; at < parts.length; at++) {
    current = child(current, parts[at] as string);
    if (Array.isArray(current)) return walkArray(current, parts, at + 1, expand, visit);
  }
  return visit(current, undefined);
}

function walkArray(
  array: readonly unknown[],
  parts: readonly string[],
  rest: number,
  expand: boolean,
  visit: Visit,
): boolean {
  if (rest === parts.length) {
    return (expand && array.some((element, index) => visit(element, index))) || visit(array, undefined);
  }
  const place = parts[rest] as string;
  for (let index = 0; index < array.length; index++) {
    const element = array[index];
    const inside: Visit = (value) => visit(value, index);
    if (isDocument(element) && walkFrom(element, parts, rest, expand, inside)) return true;
    if (place !== String(index)) continue;
    // `a.0` ends at the element itself: an array there is not entered.
    if (rest + 1 === parts.length) {
      if (visit(element, index)) return true;
    } else if (
      (Array.isArray(element) || isDocument(element)) &&
      walkFrom(element, parts, rest + 1, expand, inside)
    ) {
      return true;
    }
  }
  return false;
}

/** The field of a document or the place of an array that a part of a path names. */
export function child(container: unknown, part: string): unknown {
  if (Array.isArray(container)) return isIndex(part) ? (container as unknown[])[Number(part)] : undefined;
  return isDocument(container) ? getField(container, part) : undefined;
}

/** Whether a part of a path can be a place in an array. */
export function isIndex(part: string): boolean {
  return /^(0|[1-9]\d*)$/.test(part);
}

/** Fields that a set of dotted paths reads at the top of a document. */
export function topLevel(paths: Iterable<string>): Set<string> {
  return new Set(Array.from(paths, (path) => path.split('.', 1)[0] as string));
}

/**
 * The values that sorting and indexes see at a path (MongoDB's BtreeKeyGenerator): one for each element of an
 * array, `undefined` for an empty array, null for what is missing.
 */
export function keyValues(doc: Doc, parts: readonly string[]): unknown[] {
  const values: unknown[] = [];
  collect(doc, parts, 0, values);
  return values;
}

function collect(start: unknown, parts: readonly string[], from: number, values: unknown[]): void {
  let current = start;
  for (let at = from; at < parts.length; at++) {
    const part = parts[at] as string;
    if (Array.isArray(current) && !isIndex(part)) {
      collectEach(current, parts, at, values);
      return;
    }
    current = child(current, part);
  }
  if (!Array.isArray(current)) values.push(current === undefined ? null : current);
  else if (current.length === 0) values.push(undefined);
  else for (const element of current as unknown[]) values.push(element === undefined ? null : element);
}

function collectEach(
  array: readonly unknown[],
  parts: readonly string[],
  at: number,
  values: unknown[],
): void {
  if (array.length === 0) values.push(null);
  for (const element of array) {
    if (isDocument(element)) collect(element, parts, at, values);
    else values.push(null);
  }
}
