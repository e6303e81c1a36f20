import { compileExpression, newEnv, newScope } from '../aggregate/expression.ts';
import { MongoFault } from '../errors.ts';
import { setField, type Doc } from '../values/decode.ts';
import { isDocument } from '../values/kind.ts';
import type { Filter } from './match.ts';
import { parseProjection, type Branch, type Node, type Projection } from './projection-spec.ts';

interface Computed {
  readonly path: readonly string[];
  readonly value: (doc: Doc) => unknown;
}

/** Left out of the result. */
const GONE = Symbol('gone');

/**
 * Compiles the projection of a find or findAndModify: inclusion or exclusion, `$slice`, `$elemMatch`, the
 * positional `$` (which asks the filter where it matched) and expressions. `{}` changes nothing.
 * The function answers a new document and leaves the given one as it is.
 */
export function compileProjection(spec: Doc, filter?: Filter, vars?: Doc): (doc: Doc) => Doc {
  if (Object.keys(spec).length === 0) return (doc) => doc;
  const projection = parseProjection(spec);
  const { positional } = projection;
  const scope = newScope(Object.keys(vars ?? {}));
  const computed = projection.computed.map(({ path, expression }): Computed => {
    const value = compileExpression(expression, scope);
    return { path, value: (doc) => value(newEnv(doc, vars)) };
  });
  return (doc) => {
    const source = positional ? narrowed(doc, positional, filter?.position(doc)) : doc;
    return compute(apply(source, projection), computed, doc);
  };
}

/**
 * The names of the top-level fields that a projection keeps whole; undefined where it does anything else. Such a
 * projection can be cut out of the bytes.
 */
export function keptWhole(spec: Doc): ReadonlySet<string> | undefined {
  if (Object.keys(spec).length === 0) return undefined;
  const { inclusive, positional, computed, root } = parseProjection(spec);
  if (!inclusive || positional || computed.length > 0) return undefined;
  const names = new Set(['_id']);
  for (const [name, { kind }] of root.children) {
    if (kind === 'include') names.add(name);
    else if (name === '_id' && kind === 'exclude') names.delete(name);
    else return undefined;
  }
  return names;
}

function apply(doc: Doc, { inclusive, root }: Projection): Doc {
  const result: Doc = {};
  for (const name of Object.keys(doc)) {
    const node = root.children.get(name);
    // An inclusion that does not name `_id` keeps it all the same.
    const kept = !node && name === '_id' ? doc[name] : pass(doc[name], node, inclusive);
    if (kept !== GONE) setField(result, name, kept);
  }
  return result;
}

/** What remains of one value under the node that names it, if one does. */
function pass(value: unknown, node: Node | undefined, inclusive: boolean): unknown {
  if (!node) return inclusive ? GONE : value;
  switch (node.kind) {
    case 'include':
      return value;
    case 'exclude':
    case 'computed':
      return GONE;
    case 'slice':
      return Array.isArray(value) ? node.slice(value) : value;
    case 'elemMatch':
      return firstMatch(value, node.find, inclusive);
    case 'branch':
      return passInto(value, node, inclusive);
  }
}

function firstMatch(
  value: unknown,
  find: (array: unknown[]) => number | undefined,
  inclusive: boolean,
): unknown {
  if (!Array.isArray(value)) return inclusive ? GONE : value;
  const index = find(value);
  return index === undefined ? GONE : [value[index]];
}

// An inclusion below a scalar finds nothing there; an exclusion leaves the scalar alone.
function passInto(value: unknown, branch: Branch, inclusive: boolean): unknown {
  if (Array.isArray(value)) {
    return value
      .map((element: unknown) => passInto(element, branch, inclusive))
      .filter((element) => element !== GONE);
  }
  if (!isDocument(value)) return inclusive ? GONE : value;
  const result: Doc = {};
  for (const name of Object.keys(value)) {
    const kept = pass(value[name], branch.children.get(name), inclusive);
    if (kept !== GONE) setField(result, name, kept);
  }
  return result;
}

/** The document with the first array on a path cut down to the element that the filter matched. */
function narrowed(doc: Doc, path: readonly string[], position: number | undefined): Doc {
  const [name = '', ...rest] = path;
  const value = Object.hasOwn(doc, name) ? doc[name] : undefined;
  if (Array.isArray(value)) {
    if (position === undefined || position >= value.length) {
      throw new MongoFault(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    }
    return replaced(doc, name, [value[position]]);
  }
  return isDocument(value) && rest.length > 0 ? replaced(doc, name, narrowed(value, rest, position)) : doc;
}

function replaced(doc: Doc, name: string, value: unknown): Doc {
  const copy: Doc = {};
  for (const key of Object.keys(doc)) setField(copy, key, key === name ? value : doc[key]);
  return copy;
}

function compute(result: Doc, computed: readonly Computed[], doc: Doc): Doc {
  let complete = result;
  for (const { path, value: of } of computed) {
    const value = of(doc);
    if (value === undefined) continue;
    complete =
      path.length === 1 && path[0] === '_id' ? { _id: value, ...complete } : place(complete, path, value);
  }
  return complete;
}

// Sets a computed value below what the projection kept, in each document of an array on the way.
function place(container: Doc, [name = '', ...rest]: readonly string[], value: unknown): Doc {
  if (rest.length === 0) return withField(container, name, value);
  const below = Object.hasOwn(container, name) ? container[name] : undefined;
  if (!Array.isArray(below)) {
    return withField(container, name, place(isDocument(below) ? below : {}, rest, value));
  }
  const elements = below.map((element: unknown) => place(isDocument(element) ? element : {}, rest, value));
  return withField(container, name, elements);
}

function withField(doc: Doc, name: string, value: unknown): Doc {
  const copy = replaced(doc, name, value);
  if (!Object.hasOwn(copy, name)) setField(copy, name, value);
  return copy;
}
