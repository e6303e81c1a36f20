import { BSONRegExp } from 'bson';
import { BRACKET, bracketOf, regexOf } from '../values/compare.ts';
import type { Doc } from '../values/decode.ts';
import { isDocument } from '../values/kind.ts';
import { isOperatorDocument, isRegex } from '../query/field.ts';
import { isTrue } from '../query/tests.ts';

/** A condition that every document of the result fulfils at one path: what an index can narrow by. */
export interface Predicate {
  readonly path: string;
  readonly operator: string;
  readonly value: unknown;
  readonly narrows: Narrowing | undefined;
  /** No document that lacks the path can fulfil it. */
  readonly excludesMissing: boolean;
}

/** How the condition bounds the values in an index. Too wide is allowed, too narrow is not. */
export type Narrowing =
  | { readonly kind: 'equal'; readonly values: readonly unknown[] }
  | { readonly kind: 'range'; readonly operator: '$gt' | '$gte' | '$lt' | '$lte'; readonly value: unknown }
  | { readonly kind: 'prefix'; readonly text: string; readonly regex: BSONRegExp | RegExp };

/** The conditions of a filter, through `$and`, an `$or` of one branch, and into `$elemMatch`. */
export function predicatesOf(filter: Doc): Predicate[] {
  return Object.keys(filter).flatMap((name) => {
    const value = filter[name];
    if (name === '$and' || (name === '$or' && Array.isArray(value) && value.length === 1)) {
      return (value as Doc[]).flatMap(predicatesOf);
    }
    return name.startsWith('$') ? [] : predicatesAt(name, value);
  });
}

/** The branches of the `$or` at the top of a filter (also below `$and`), if there is one. */
export function branchesOf(filter: Doc): readonly Doc[] | undefined {
  const branches = filter['$or'];
  if (Array.isArray(branches) && branches.length > 1) return branches as Doc[];
  const all = filter['$and'];
  if (!Array.isArray(all)) return undefined;
  for (const part of all as Doc[]) {
    const found = branchesOf(part);
    if (found) return found;
  }
  return undefined;
}

function predicatesAt(path: string, value: unknown): Predicate[] {
  if (isRegex(value)) return [predicate(path, '$regex', value)];
  if (!isOperatorDocument(value)) return [predicate(path, '$eq', value)];
  return Object.keys(value).flatMap((operator) => operatorAt(path, operator, value[operator], value));
}

function operatorAt(path: string, operator: string, value: unknown, siblings: Doc): Predicate[] {
  switch (operator) {
    case '$all':
      return (value as unknown[]).flatMap((item) => predicatesAt(path, item));
    case '$elemMatch':
      return [predicate(path, operator, value), ...withinElement(path, value as Doc)];
    case '$regex':
      // Options beside the pattern: too rare to read them here.
      return Object.hasOwn(siblings, '$options')
        ? [other(path, operator, value, true)]
        : [predicate(path, operator, value)];
    case '$options':
    case '$not':
    case '$nin':
      return [];
    default:
      return [predicate(path, operator, value)];
  }
}

// The element that fulfils all of them fulfils each, and each of its fields is in an index of that path.
function withinElement(path: string, condition: Doc): Predicate[] {
  if (!isDocument(condition) || isOperatorDocument(condition)) return [];
  return predicatesOf(condition).map((inner) => ({ ...inner, path: `${path}.${inner.path}` }));
}

function predicate(path: string, operator: string, value: unknown): Predicate {
  switch (operator) {
    case '$eq':
      return equality(path, operator, value, [value]);
    case '$in':
      return equality(path, operator, value, value as unknown[]);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return range(path, operator, value);
    case '$regex':
      return { path, operator, value, narrows: prefixOf(value), excludesMissing: true };
    case '$exists':
      return isTrue(value)
        ? other(path, operator, value, true)
        : { path, operator, value, narrows: { kind: 'equal', values: [null] }, excludesMissing: false };
    case '$ne':
      // Through arrays, `$ne: null` also holds where the path leads to nothing.
      return other(path, operator, value, value === null && !path.includes('.'));
    default:
      return other(path, operator, value, ['$type', '$mod', '$size', '$elemMatch'].includes(operator));
  }
}

function other(path: string, operator: string, value: unknown, excludesMissing: boolean): Predicate {
  return { path, operator, value, narrows: undefined, excludesMissing };
}

// An index holds the elements of an array and not the array; a pattern is no value.
function equality(path: string, operator: string, value: unknown, values: readonly unknown[]): Predicate {
  const indexed = values.every((item) => !Array.isArray(item) && !isRegex(item));
  return {
    path,
    operator,
    value,
    narrows: indexed ? { kind: 'equal', values } : undefined,
    excludesMissing: !values.includes(null),
  };
}

function range(path: string, operator: '$gt' | '$gte' | '$lt' | '$lte', value: unknown): Predicate {
  if (value === null) {
    const narrows = operator.endsWith('e') ? ({ kind: 'equal', values: [null] } as const) : undefined;
    return { path, operator, value, narrows, excludesMissing: false };
  }
  const bracket = bracketOf(value);
  const open = bracket === BRACKET.minKey || bracket === BRACKET.maxKey;
  if (open || bracket === BRACKET.array) return other(path, operator, value, !open);
  return { path, operator, value, narrows: { kind: 'range', operator, value }, excludesMissing: true };
}

/** The text with which all matches of an anchored pattern begin. */
function prefixOf(value: unknown): Narrowing | undefined {
  if (typeof value !== 'string' && !isRegex(value)) return undefined;
  const { pattern, options } = typeof value === 'string' ? { pattern: value, options: '' } : regexOf(value);
  if (!pattern.startsWith('^') || pattern.includes('|') || /[imx]/.test(options)) return undefined;
  const literal = /^\^((?:[A-Za-z0-9 _@,;:=~'"<>!%&#/-]|\\[.@/_-])*)/.exec(pattern);
  const text = literal?.[1] ?? '';
  const rest = pattern.slice(1 + text.length);
  // A quantifier belongs to the last character, which may then be absent.
  const certain = /^[*?{]/.test(rest) ? text.replace(/\\?.$/, '') : text;
  const unescaped = certain.replaceAll('\\', '');
  if (unescaped === '') return undefined;
  return {
    kind: 'prefix',
    text: unescaped,
    regex: typeof value === 'string' ? new BSONRegExp(value) : value,
  };
}
