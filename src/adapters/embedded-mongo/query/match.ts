import { compileExpression as compileAggregation, newEnv, newScope } from '../aggregate/expression.ts';
import { CODE, MongoFault } from '../errors.ts';
import { compileCollation } from '../values/collation.ts';
import type { Doc } from '../values/decode.ts';
import { isDocument } from '../values/kind.ts';
import { compileField, type Context, type Match } from './field.ts';
import { isTrue } from './tests.ts';

export interface Filter {
  readonly source: Doc;
  /** The top-level fields that the filter reads; null: the whole document. */
  readonly fields: ReadonlySet<string> | null;
  /** Whether strings are compared under a collation: then no index may be used. */
  readonly collated: boolean;
  matches(doc: Doc): boolean;
  /** The index of the array element that matched, for the positional `$`. */
  position(doc: Doc): number | undefined;
}

interface FilterOptions {
  /** Values (not expressions) of `let`, by name, for `$expr`. */
  readonly vars?: Doc;
  readonly collation?: Doc;
}

// internalQueryMaxDepth-like bound of MongoDB's parser (matcher/expression_parser.cpp, kMaximumTreeDepth).
const MAX_DEPTH = 100;

const REFUSED = new Set(['$where', '$text', '$jsonSchema', '$sampleRate']);
// `$elemMatch: {$id: …}` asks for the field of a DBRef, not for an operator.
const DBREF_FIELDS = new Set(['$ref', '$id', '$db']);

/**
 * Compiles a filter of typed values. Throws MongoFault 2 for what MongoDB cannot parse and 238 for what this
 * engine does not do (`$where`, `$text`, `$jsonSchema`, geometry).
 */
export function compileFilter(filter: Doc, options: FilterOptions = {}): Filter {
  const strings = compileCollation(options.collation);
  const fields = new Set<string>();
  let readsAll = false;
  const context: Context = {
    strings,
    compile: compileDocument,
    reads: (path) => {
      if (path === undefined) readsAll = true;
      else fields.add(path.split('.', 1)[0] as string);
    },
    vars: options.vars,
  };
  const match = compileDocument(filter, context, 0);
  return {
    source: filter,
    fields: readsAll ? null : fields,
    collated: strings !== undefined,
    matches: (doc) => match(doc),
    position: (doc) => {
      const found: { position?: number } = {};
      return match(doc, found) ? found.position : undefined;
    },
  };
}

function compileDocument(filter: Doc, context: Context, depth: number): Match {
  if (depth > MAX_DEPTH) {
    throw new MongoFault(CODE.BadValue, `exceeded maximum query tree depth of ${MAX_DEPTH}`);
  }
  return every(Object.keys(filter).map((name) => compileEntry(name, filter[name], context, depth)));
}

function compileEntry(name: string, value: unknown, context: Context, depth: number): Match {
  switch (name) {
    case '$and':
      return every(compileBranches(name, value, context, depth));
    case '$or':
      return some(compileBranches(name, value, context, depth));
    case '$nor':
      return not(some(compileBranches(name, value, context, depth)));
    case '$expr':
      return compileExpression(value, context);
    case '$comment':
      return () => true;
    case '$alwaysTrue':
      return () => true;
    case '$alwaysFalse':
      return () => false;
    default:
  }
  if (!name.startsWith('$') || DBREF_FIELDS.has(name)) return compileField(name, value, context, depth);
  if (REFUSED.has(name)) {
    throw new MongoFault(CODE.NotImplemented, `${name} is not supported by this engine`);
  }
  throw new MongoFault(
    CODE.BadValue,
    `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
  );
}

function compileBranches(name: string, value: unknown, context: Context, depth: number): Match[] {
  if (!Array.isArray(value)) throw new MongoFault(CODE.BadValue, `${name} must be an array`);
  if (value.length === 0) throw new MongoFault(CODE.BadValue, '$and/$or/$nor must be a nonempty array');
  return value.map((branch: unknown) => {
    if (!isDocument(branch)) {
      throw new MongoFault(CODE.BadValue, '$or/$and/$nor entries need to be full objects');
    }
    return compileDocument(branch, context, depth + 1);
  });
}

function compileExpression(expression: unknown, context: Context): Match {
  context.reads(undefined);
  const { vars, strings } = context;
  const compiled = compileAggregation(expression, newScope(Object.keys(vars ?? {}), strings));
  return (doc) => isTrue(compiled(newEnv(doc as Doc, vars)));
}

/** All must match; the last that names an array element decides the position, as in MongoDB. */
function every(matches: readonly Match[]): Match {
  const [only] = matches;
  if (only && matches.length === 1) return only;
  return (doc, found) => matches.every((match) => match(doc, found));
}

function some(matches: readonly Match[]): Match {
  return (doc, found) => matches.some((match) => match(doc, found));
}

// What does not match has no position.
function not(match: Match): Match {
  return (doc) => !match(doc);
}
