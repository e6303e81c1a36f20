import type { BSONRegExp, BSONSymbol } from 'bson';
import { CODE, MongoFault } from '../errors.ts';
import { BRACKET, bracketOf, compare, equal, regexOf, type StringOrder, textOf } from '../values/compare.ts';
import { getField, type Doc } from '../values/decode.ts';
import { isDocument, kindOf } from '../values/kind.ts';
import { walk } from './paths.ts';
import { compileRegex } from './regex.ts';
import { bitsTest, isTrue, membershipTest, modTest, sizeOf, type Test, typeTest } from './tests.ts';

/** Where a match happened: the index in the outermost array on its way. */
export interface Found {
  position?: number;
}

export type Match = (doc: unknown, found?: Found) => boolean;

export interface Context {
  readonly strings: StringOrder | undefined;
  readonly vars: Doc | undefined;
  /** Notes a path that the filter reads; undefined: the whole document. */
  readonly reads: (path: string | undefined) => void;
  readonly compile: (filter: Doc, context: Context, depth: number) => Match;
}

const REFUSED = new Set([
  '$geoWithin',
  '$geoIntersects',
  '$near',
  '$nearSphere',
  '$within',
  '$geoNear',
  '$geometry',
  '$maxDistance',
  '$minDistance',
  '$where',
  '$text',
]);
const RANGE = new Set(['$gt', '$gte', '$lt', '$lte']);
const DBREF_FIELDS = ['$ref', '$id', '$db'];

/** Compiles what a filter asks of one path: a value, a regular expression or a document of operators. */
export function compileField(path: string, value: unknown, context: Context, depth: number): Match {
  context.reads(path);
  const field = new Field(path, context, depth);
  if (isOperatorDocument(value)) return field.operators(value);
  if (isRegex(value)) return field.regex(value);
  return field.leaf(equality(value, context.strings));
}

/** Whether a value of a filter is a document of operators, and not a document to compare with. */
export function isOperatorDocument(value: unknown): value is Doc {
  if (!isDocument(value)) return false;
  const [first] = Object.keys(value);
  if (first === undefined || !first.startsWith('$')) return false;
  // `{$ref, $id}`, whole or in part, is a reference to another document.
  return !DBREF_FIELDS.some((name) => Object.hasOwn(value, name));
}

export function isRegex(value: unknown): value is BSONRegExp | RegExp {
  return bracketOf(value) === BRACKET.regex;
}

function bad(message: string): MongoFault {
  return new MongoFault(CODE.BadValue, message);
}

/** Equality with null holds for what is missing too (and for BSON's undefined). */
export function equality(wanted: unknown, strings: StringOrder | undefined): Test {
  if (wanted === undefined) throw bad('cannot compare to undefined');
  if (wanted === null) return (value) => value === null || value === undefined;
  return (value) => equal(value, wanted, strings);
}

/** A range holds within its own type only, save that MinKey and MaxKey bound all types. */
function range(operator: string, wanted: unknown, strings: StringOrder | undefined): Test {
  if (wanted === null) {
    return operator === '$gte' || operator === '$lte' ? equality(null, strings) : () => false;
  }
  const bracket = bracketOf(wanted);
  const anyType = bracket === BRACKET.minKey || bracket === BRACKET.maxKey;
  const holds = HOLDS[operator] as (order: number) => boolean;
  const isNaNWanted = isNotANumber(wanted);
  return (value) => {
    if (!anyType && bracketOf(value) !== bracket) return false;
    // NaN equals itself and is neither less nor greater than any number.
    if (bracket === BRACKET.number && isNaNWanted !== isNotANumber(value)) return false;
    return holds(compare(value, wanted, strings));
  };
}

const HOLDS: Readonly<Record<string, (order: number) => boolean>> = {
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

function isNotANumber(value: unknown): boolean {
  return bracketOf(value) === BRACKET.number && Number.isNaN(Number(value));
}

// No field can have a NUL in its name.
const ELEMENT_ITSELF = '\0';

/** The operators on one path. */
class Field {
  readonly #path: string;
  readonly #parts: readonly string[];
  readonly #context: Context;
  readonly #depth: number;

  constructor(path: string, context: Context, depth: number) {
    this.#path = path;
    this.#parts = path === ELEMENT_ITSELF ? [] : path.split('.');
    this.#context = context;
    this.#depth = depth;
  }

  /** Holds when one of the values at the path passes; arrays are looked into. */
  leaf(test: Test): Match {
    return this.#walking(test, true);
  }

  operators(doc: Doc): Match {
    const matches = Object.keys(doc).map((name) => this.#operator(name, doc[name], doc));
    return (value, found) => matches.every((match) => match(value, found));
  }

  regex(value: BSONRegExp | RegExp | string, options?: string): Match {
    const { pattern, options: own } =
      typeof value === 'string' ? { pattern: value, options: '' } : regexOf(value);
    if (options !== undefined && own !== '')
      throw new MongoFault(51075, 'options set in both $regex and $options');
    const flags = options ?? own;
    const compiled = compileRegex(pattern, flags);
    const order = inOrder(flags);
    return this.leaf((candidate) => {
      if (typeof candidate === 'string') return compiled.test(candidate);
      if (kindOf(candidate) === 'symbol') return compiled.test(textOf(candidate as BSONSymbol));
      // A stored regular expression is found by itself.
      if (!isRegex(candidate)) return false;
      const stored = regexOf(candidate);
      return stored.pattern === pattern && inOrder(stored.options) === order;
    });
  }

  #operator(name: string, value: unknown, siblings: Doc): Match {
    const { strings } = this.#context;
    if (RANGE.has(name)) return this.#range(name, value);
    switch (name) {
      case '$eq':
        return this.leaf(equality(value, strings));
      case '$ne':
        if (isRegex(value)) throw bad("Can't have regex as arg to $ne.");
        return not(this.leaf(equality(value, strings)));
      case '$in':
        return this.#in(name, value);
      case '$nin':
        return not(this.#in(name, value));
      case '$not':
        return this.#not(value);
      case '$exists':
        return isTrue(value) ? this.leaf(isPresent) : not(this.leaf(isPresent));
      case '$type':
        return this.leaf(typeTest(value));
      case '$regex':
        return this.#regexOperator(value, siblings);
      case '$options':
        if (!Object.hasOwn(siblings, '$regex')) throw bad('$options needs a $regex');
        return () => true;
      case '$all':
        return this.#all(value);
      case '$size':
        return this.#size(value);
      case '$elemMatch':
        return this.#elemMatch(value);
      case '$mod':
        return this.leaf(modTest(value));
      case '$bitsAllSet':
      case '$bitsAllClear':
      case '$bitsAnySet':
      case '$bitsAnyClear':
        return this.leaf(bitsTest(name, value));
      default:
        if (REFUSED.has(name)) {
          throw new MongoFault(CODE.NotImplemented, `${name} is not supported by this engine`);
        }
        throw bad(`unknown operator: ${name}`);
    }
  }

  #range(name: string, value: unknown): Match {
    if (isRegex(value)) throw bad(`Can't have RegEx as arg to predicate over field '${this.#path}'.`);
    if (value === undefined) throw bad('cannot compare to undefined');
    return this.leaf(range(name, value, this.#context.strings));
  }

  #in(name: string, value: unknown): Match {
    if (!Array.isArray(value)) throw bad(`${name} needs an array`);
    const plain: unknown[] = [];
    const matches: Match[] = [];
    for (const item of value as unknown[]) {
      if (isRegex(item)) matches.push(this.regex(item));
      else if (isOperatorDocument(item)) throw bad('cannot nest $ under $in');
      else if (item === undefined) throw bad('InMatchExpression equality cannot be undefined');
      else plain.push(item);
    }
    matches.push(this.leaf(membershipTest(plain, this.#context.strings)));
    return (doc, found) => matches.some((match) => match(doc, found));
  }

  #not(value: unknown): Match {
    if (isRegex(value)) return not(this.regex(value));
    if (!isDocument(value)) throw bad('$not needs a regex or a document');
    if (Object.keys(value).length === 0) throw bad('$not cannot be empty');
    return not(this.operators(value));
  }

  #regexOperator(value: unknown, siblings: Doc): Match {
    const options = getField(siblings, '$options');
    if (options !== undefined && typeof options !== 'string') throw bad('$options has to be a string');
    if (typeof value !== 'string' && !isRegex(value)) throw bad('$regex has to be a string');
    return this.regex(value, options);
  }

  #all(value: unknown): Match {
    if (!Array.isArray(value)) throw bad('$all needs an array');
    const items = value as unknown[];
    if (items.length === 0) return () => false;
    const elementwise = isElemMatch(items[0]);
    const matches = items.map((item) => {
      if (isElemMatch(item) !== elementwise) throw bad('$all/$elemMatch has to be consistent');
      if (elementwise) return this.#elemMatch((item as Doc)['$elemMatch']);
      if (isOperatorDocument(item)) throw bad('no $ expressions in $all');
      return isRegex(item) ? this.regex(item) : this.leaf(equality(item, this.#context.strings));
    });
    return (doc, found) => matches.every((match) => match(doc, found));
  }

  #size(value: unknown): Match {
    const size = sizeOf(value);
    return this.#walking((candidate) => Array.isArray(candidate) && candidate.length === size, false);
  }

  #elemMatch(value: unknown): Match {
    if (!isDocument(value)) throw bad('$elemMatch needs an Object');
    // What happens inside an element is no path of the document: its own reads do not count.
    const inner: Context = { ...this.#context, reads: (path) => path ?? this.#context.reads(path) };
    const element = isValueCondition(value)
      ? elementTest(value, inner, this.#depth + 1)
      : documentTest(this.#context.compile(value, inner, this.#depth + 1));
    return (doc, found) =>
      walk(doc, this.#parts, false, (array, offset) => {
        if (!Array.isArray(array)) return false;
        const index = array.findIndex(element);
        if (index >= 0 && found) found.position = offset ?? index;
        return index >= 0;
      });
  }

  #walking(test: Test, expand: boolean): Match {
    const [name = ''] = this.#parts;
    const single = this.#parts.length === 1;
    return (doc, found) => {
      if (single && isDocument(doc)) {
        const value = getField(doc, name);
        if (!Array.isArray(value)) return test(value);
      }
      return walk(doc, this.#parts, expand, (value, offset) => {
        if (!test(value)) return false;
        if (found && offset !== undefined) found.position = offset;
        return true;
      });
    };
  }
}

function not(match: Match): Match {
  return (doc) => !match(doc);
}

function isPresent(value: unknown): boolean {
  return value !== undefined;
}

function isElemMatch(value: unknown): boolean {
  return isDocument(value) && Object.keys(value)[0] === '$elemMatch';
}

/** `$elemMatch: {$gt: 1}` asks of the element itself; `{$or: …}` and `{a: …}` ask of its fields. */
function isValueCondition(value: Doc): boolean {
  const [first = ''] = Object.keys(value);
  return isOperatorDocument(value) && !['$and', '$or', '$nor', '$where', '$expr'].includes(first);
}

function documentTest(match: Match): Test {
  return (element) => (Array.isArray(element) || isDocument(element)) && match(element);
}

// The element is tested as it is: an array inside the array is a value here, not a set of values.
function elementTest(value: Doc, context: Context, depth: number): Test {
  const match = new Field(ELEMENT_ITSELF, context, depth).operators(value);
  return (element) => match(element);
}

function inOrder(options: string): string {
  return Array.from(options).sort().join('');
}
