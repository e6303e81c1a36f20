import { CODE, MongoFault } from '../errors.ts';
import type { Doc } from '../values/decode.ts';
import { equal } from '../values/compare.ts';
import { isDocument, kindOf } from '../values/kind.ts';
import { checkArrayFilters, compileArrayFilters } from './array-filters.ts';
import type { ArrayFilters } from './array-filters.ts';
import { WrittenPaths } from './conflicts.ts';
import { OPERATORS } from './operators.ts';
import type { Change } from './operators.ts';
import {
  arrayAt,
  comparePaths,
  filterName,
  isPositional,
  modifyAt,
  parsePath,
  refuseDollarField,
} from './paths.ts';
import type { Path } from './paths.ts';
import { parseRename, rename } from './rename.ts';
import type { UpdateContext, UpdateOptions } from './update.ts';
import { show } from '../values/show.ts';

/** One path of an update and what happens there. A `$rename` stands at the path that it writes. */
interface Leaf {
  readonly path: Path;
  readonly creates: boolean;
  readonly onlyInserting: boolean;
  readonly change?: Change;
  readonly from?: Path;
}

type Apply = (doc: Doc, context: UpdateContext) => Doc;

/** Compiles `{$set: {…}, …}`. All `$currentDate` of one update are the same instant. */
export function compileOperators(update: Doc, options: UpdateOptions): Apply {
  const leaves = Object.entries(update).flatMap(([name, fields]) => compileOperator(name, fields));
  const filters = compileArrayFilters(options.arrayFilters ?? [], options.vars);
  checkArrayFilters(
    filters,
    leaves.map((leaf) => leaf.path),
    update,
  );
  checkConflicts(leaves);
  leaves.sort((a, b) => comparePaths(a.path, b.path));
  const fixed = !leaves.some((leaf) => leaf.path.some(isPositional));
  const now = new Date();
  return (doc, context) => {
    if (!context.inserting) for (const { path, creates } of leaves) if (creates) refuseDollarField(path);
    const active = context.inserting ? leaves : leaves.filter((leaf) => !leaf.onlyInserting);
    const concrete = fixed ? active : resolve(active, doc, context, filters);
    return checkId(
      doc,
      concrete.reduce((next, leaf) => applyLeaf(next, leaf, doc, now), doc),
    );
  };
}

function compileOperator(name: string, fields: unknown): Leaf[] {
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!operator && name !== '$rename') {
    throw new MongoFault(
      CODE.FailedToParse,
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDocument(fields)) {
    throw new MongoFault(
      CODE.FailedToParse,
      `Modifiers operate on fields but we found type ${kindOf(fields)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${show(fields)}}`,
    );
  }
  return Object.entries(fields).map(([path, argument]): Leaf => {
    if (!operator) {
      const { from, to } = parseRename(path, argument);
      return { path: to, from, creates: true, onlyInserting: false };
    }
    const parts = parsePath(path);
    const { creates, onlyInserting = false } = operator;
    return { path: parts, creates, onlyInserting, change: operator.compile(argument, path) };
  });
}

function checkConflicts(leaves: readonly Leaf[]): void {
  const written = new WrittenPaths();
  for (const { path, from } of leaves) {
    written.add(path);
    if (from) written.add(from);
  }
}

/** Puts indexes in the place of `$`, `$[]` and `$[name]`; two paths may turn out to be one only here. */
function resolve(leaves: readonly Leaf[], doc: Doc, context: UpdateContext, filters: ArrayFilters): Leaf[] {
  const concrete = leaves.flatMap((leaf) =>
    resolvePath(leaf.path, doc, context, filters).map((path) => ({ ...leaf, path })),
  );
  checkConflicts(concrete);
  return concrete.sort((a, b) => comparePaths(a.path, b.path));
}

function resolvePath(path: Path, doc: Doc, context: UpdateContext, filters: ArrayFilters): Path[] {
  const depth = path.findIndex(isPositional);
  if (depth === -1) return [path];
  const before = path.slice(0, depth);
  return indexesFor(path[depth] as string, before, doc, context, filters).flatMap((index) =>
    resolvePath([...before, String(index), ...path.slice(depth + 1)], doc, context, filters),
  );
}

function indexesFor(
  part: string,
  before: Path,
  doc: Doc,
  context: UpdateContext,
  filters: ArrayFilters,
): number[] {
  const name = filterName(part);
  if (name === undefined) return [matchedIndex(doc, context)];
  const filter = filters.get(name);
  return [...arrayAt(doc, before).entries()]
    .filter(([, element]) => !filter || filter.matches({ [name]: element }))
    .map(([index]) => index);
}

function matchedIndex(doc: Doc, { filter, inserting }: UpdateContext): number {
  const index = inserting ? undefined : filter.position(doc);
  if (index !== undefined) return index;
  throw new MongoFault(
    CODE.BadValue,
    'The positional operator did not find the match needed from the query.',
  );
}

function applyLeaf(next: Doc, leaf: Leaf, doc: Doc, now: Date): Doc {
  const { path, from, change, creates } = leaf;
  if (from) return rename(next, from, path);
  if (!change) return next;
  return modifyAt(next, path, creates, (current) => change(current, { doc, now })) as Doc;
}

function checkId(before: Doc, after: Doc): Doc {
  const id = before['_id'];
  if (id === undefined || after['_id'] === id) return after;
  if (!equal(after['_id'] ?? null, id) || after['_id'] === undefined) {
    throw new MongoFault(
      CODE.ImmutableField,
      `Performing an update on the path '_id' would modify the immutable field '_id'`,
    );
  }
  return { ...after, _id: id };
}
