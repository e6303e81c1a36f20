import { CODE, MongoFault } from '../errors.ts';
import type { StringOrder } from '../values/compare.ts';
import { getField, setField } from '../values/decode.ts';
import type { Doc } from '../values/decode.ts';
import { isArray, isDocument } from '../values/kind.ts';
import { OPERATORS, REFUSED_OPERATORS } from './operators/index.ts';

/** What an expression sees while it is evaluated. `undefined` stands for "missing" in all values. */
export interface Env {
  readonly root: Doc;
  readonly vars: ReadonlyMap<string, unknown>;
}

/** A compiled expression on typed values. */
export type Expression = (env: Env) => unknown;

/** What is known while an expression is compiled. */
export interface Scope {
  readonly names: ReadonlySet<string>;
  readonly strings?: StringOrder | undefined;
  readonly now: Date;
}

export const newScope = (names: Iterable<string> = [], strings?: StringOrder): Scope => ({
  names: new Set(names),
  strings,
  now: new Date(),
});

export const newEnv = (root: Doc, vars: Doc = {}): Env => ({ root, vars: new Map(Object.entries(vars)) });

/**
 * Evaluates an aggregation expression on typed values; `undefined` for missing.
 *
 * `vars` are values, not expressions. Throws MongoFault with MongoDB's code.
 */
export function evaluate(expression: unknown, doc: Doc, vars: Doc = {}): unknown {
  return compileExpression(expression, newScope(Object.keys(vars)))(newEnv(doc, vars));
}

/** Compiles an expression once for many documents. Throws MongoFault for one that MongoDB or we refuse. */
export function compileExpression(source: unknown, scope: Scope): Expression {
  if (typeof source === 'string' && source.startsWith('$')) return compileReference(source, scope);
  if (isArray(source)) {
    const items = source.map((item) => compileExpression(item, scope));
    return (env) => items.map((item) => item(env) ?? null);
  }
  if (!isDocument(source)) return () => source;
  return Object.keys(source).some((name) => name.startsWith('$'))
    ? compileOperator(source, scope)
    : compileObject(source, scope);
}

function compileOperator(source: Doc, scope: Scope): Expression {
  const [name = '', ...more] = Object.keys(source);
  if (more.length > 0) {
    throw new MongoFault(
      15983,
      `an expression specification must contain exactly one field, the name of the expression. Found ${more.length + 1} fields`,
    );
  }
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator) return operator(source[name], scope);
  if (REFUSED_OPERATORS.has(name)) {
    throw new MongoFault(CODE.NotImplemented, `This store does not implement the expression ${name}`);
  }
  throw new MongoFault(CODE.InvalidPipelineOperator, `Unrecognized expression '${name}'`);
}

function compileObject(source: Doc, scope: Scope): Expression {
  const fields = Object.entries(source).map(([name, value]) => {
    checkFieldName(name);
    return [name, compileExpression(value, scope)] as const;
  });
  return (env) => {
    const made: Doc = {};
    for (const [name, expression] of fields) {
      const value = expression(env);
      if (value !== undefined) setField(made, name, value);
    }
    return made;
  };
}

/** A field name inside an expression object or a computed path. */
export function checkFieldName(name: string): void {
  if (name === '') throw new MongoFault(15998, 'FieldPath field names may not be empty strings.');
  if (name.includes('.')) {
    throw new MongoFault(
      16412,
      "FieldPath field names may not contain '.'. Consider using $getField or $setField.",
    );
  }
  if (name.startsWith('$')) {
    throw new MongoFault(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
    );
  }
}

/** Splits `a.b.c` and checks its parts. */
export function fieldPath(path: string): string[] {
  if (path.endsWith('.')) throw new MongoFault(40353, "FieldPath must not end with a '.'.");
  const parts = path.split('.');
  parts.forEach(checkFieldName);
  return parts;
}

function compileReference(source: string, scope: Scope): Expression {
  if (source === '$') throw new MongoFault(16872, "'$' by itself is not a valid FieldPath");
  if (!source.startsWith('$$')) {
    const parts = fieldPath(source.slice(1));
    return ({ root }) => walkPath(root, parts, 0);
  }
  const [name = '', ...rest] = source.slice(2).split('.');
  const start = compileVariable(name, scope);
  if (rest.length === 0) return start;
  const parts = fieldPath(rest.join('.'));
  return (env) => walkPath(start(env), parts, 0);
}

function compileVariable(name: string, scope: Scope): Expression {
  switch (name) {
    case 'ROOT':
      return ({ root }) => root;
    case 'CURRENT':
      return ({ root }) => root;
    case 'REMOVE':
      return () => undefined;
    case 'NOW':
      return () => scope.now;
    default:
  }
  if (scope.names.has(name)) return ({ vars }) => vars.get(name);
  if (
    ['CLUSTER_TIME', 'SEARCH_META', 'USER_ROLES', 'DESCEND', 'PRUNE', 'KEEP', 'JS_SCOPE', 'IS_MR'].includes(
      name,
    )
  ) {
    throw new MongoFault(CODE.NotImplemented, `This store does not implement the variable $$${name}`);
  }
  throw new MongoFault(17276, `Use of undefined variable: ${name}`);
}

/** The value at a path. An array on the way gives the array of what its documents have there. */
export function walkPath(value: unknown, parts: readonly string[], depth: number): unknown {
  if (depth === parts.length) return value;
  if (isArray(value)) {
    return value
      .filter(isDocument)
      .map((item) => walkPath(item, parts, depth))
      .filter((found) => found !== undefined);
  }
  return isDocument(value) ? walkPath(getField(value, parts[depth] as string), parts, depth + 1) : undefined;
}
