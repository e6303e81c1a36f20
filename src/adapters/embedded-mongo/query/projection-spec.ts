import { CODE, MongoFault } from '../errors.ts';
import type { Doc } from '../values/decode.ts';
import { isDocument, isNumber } from '../values/kind.ts';
import { toDouble } from '../values/number.ts';
import { compileFilter } from './match.ts';
import { isTrue } from './tests.ts';

export interface Branch {
  readonly kind: 'branch';
  readonly children: Map<string, Node>;
}

export type Node =
  | Branch
  | { readonly kind: 'include' | 'exclude' | 'computed' }
  | { readonly kind: 'slice'; readonly slice: (array: readonly unknown[]) => unknown[] }
  | { readonly kind: 'elemMatch'; readonly find: (array: unknown[]) => number | undefined };

export interface Projection {
  readonly root: Branch;
  /** Only what is named is kept; otherwise all but what is named. */
  readonly inclusive: boolean;
  /** The path before a positional `.$`. */
  readonly positional: readonly string[] | undefined;
  readonly computed: readonly { readonly path: readonly string[]; readonly expression: unknown }[];
}

/** Parses a find projection. Throws MongoFault with MongoDB's codes for mixtures and collisions of paths. */
export function parseProjection(spec: Doc): Projection {
  const parser = new Parser();
  parser.fields(spec, '');
  return parser.projection();
}

class Parser {
  readonly #root: Branch = { kind: 'branch', children: new Map() };
  readonly #computed: { path: readonly string[]; expression: unknown }[] = [];
  #mode: 'inclusion' | 'exclusion' | undefined;
  #positional: readonly string[] | undefined;
  #idNamed: boolean | undefined;
  #hasElemMatch = false;

  fields(spec: Doc, prefix: string): void {
    for (const name of Object.keys(spec)) this.#field(prefix + name, spec[name]);
  }

  projection(): Projection {
    const byDefault = this.#hasElemMatch || this.#idNamed === true ? 'inclusion' : 'exclusion';
    const inclusive = (this.#mode ?? byDefault) === 'inclusion';
    return {
      root: this.#root,
      inclusive,
      positional: this.#positional,
      computed: this.#computed,
    };
  }

  #field(path: string, value: unknown): void {
    if (path === '' || path.split('.').includes('')) {
      throw new MongoFault(15998, 'FieldPath field names may not be empty strings.');
    }
    if (path.endsWith('.$')) this.#positionalField(path, value);
    else if (typeof value === 'boolean' || isNumber(value)) this.#flag(path, isTrue(value));
    else if (isDocument(value)) this.#document(path, value);
    else this.#compute(path, value);
  }

  #flag(path: string, included: boolean): void {
    if (path === '_id') this.#idNamed = included;
    else if (included) this.#include(path);
    else this.#exclude(path);
    this.#add(path, { kind: included ? 'include' : 'exclude' });
  }

  #include(path: string): void {
    if (this.#mode === 'exclusion') {
      throw new MongoFault(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
    }
    this.#mode = 'inclusion';
  }

  #exclude(path: string): void {
    if (this.#mode === 'inclusion') {
      throw new MongoFault(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    }
    this.#mode = 'exclusion';
  }

  #positionalField(path: string, value: unknown): void {
    if (!isTrue(value) || isDocument(value)) {
      throw new MongoFault(31395, 'positional projection cannot be used with exclusion');
    }
    if (this.#positional) {
      throw new MongoFault(31276, 'Cannot specify more than one positional projection per query.');
    }
    const array = path.slice(0, -2);
    this.#include(array);
    this.#positional = array.split('.');
    this.#add(array, { kind: 'include' });
  }

  #document(path: string, value: Doc): void {
    const [operator] = Object.keys(value);
    if (operator === undefined) {
      throw new MongoFault(
        51270,
        `An empty sub-projection is not a valid value. Found empty object at path ${path}`,
      );
    }
    if (!operator.startsWith('$')) this.fields(value, `${path}.`);
    else if (operator === '$elemMatch') this.#elemMatch(path, value[operator]);
    else if (operator === '$slice' && isFindSlice(value[operator])) this.#slice(path, value[operator]);
    else if (operator === '$meta') {
      throw new MongoFault(CODE.NotImplemented, `$meta is not supported by this engine: ${path}`);
    } else this.#compute(path, value);
  }

  #elemMatch(path: string, condition: unknown): void {
    if (path.includes('.')) {
      throw new MongoFault(31275, 'Cannot use $elemMatch projection on a nested field.');
    }
    if (!isDocument(condition)) {
      throw new MongoFault(
        31274,
        `elemMatch: Invalid argument, object required, but got ${typeof condition}`,
      );
    }
    this.#hasElemMatch = true;
    const filter = compileFilter({ array: { $elemMatch: condition } });
    this.#add(path, { kind: 'elemMatch', find: (array) => filter.position({ array }) });
  }

  #slice(path: string, argument: unknown): void {
    const [skip, limit] = sliceArguments(argument);
    this.#add(path, { kind: 'slice', slice: (array) => sliceOf(array, skip, limit) });
  }

  #compute(path: string, expression: unknown): void {
    if (this.#mode === 'exclusion') {
      throw new MongoFault(31252, 'Cannot use expression other than $meta in exclusion projection');
    }
    this.#mode = 'inclusion';
    this.#computed.push({ path: path.split('.'), expression });
    this.#add(path, { kind: 'computed' });
  }

  #add(path: string, node: Node): void {
    const parts = path.split('.');
    let branch = this.#root;
    for (const [depth, part] of parts.slice(0, -1).entries()) {
      const next: Node = branch.children.get(part) ?? { kind: 'branch', children: new Map() };
      if (next.kind !== 'branch') {
        const rest = parts.slice(depth + 1).join('.');
        throw new MongoFault(31249, `Path collision at ${path} remaining portion ${rest}`);
      }
      branch.children.set(part, next);
      branch = next;
    }
    const last = parts.at(-1) as string;
    if (branch.children.has(last)) throw new MongoFault(31250, `Path collision at ${path}`);
    if (last.startsWith('$')) {
      throw new MongoFault(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    }
    branch.children.set(last, node);
  }
}

// `$slice: ['$tags', 2]` is the expression of that name.
function isFindSlice(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isNumber) : isNumber(value);
}

function sliceArguments(value: unknown): [skip: number | undefined, limit: number] {
  if (!Array.isArray(value)) return [undefined, Math.trunc(toDouble(value) ?? 0)];
  if (value.length !== 2)
    throw new MongoFault(31272, '$slice array argument should be of form [skip, limit]');
  const [skip = 0, limit = 0] = value.map((item) => Math.trunc(toDouble(item) ?? 0));
  if (limit <= 0) throw new MongoFault(31272, '$slice limit must be positive');
  return [skip, limit];
}

function sliceOf(array: readonly unknown[], skip: number | undefined, limit: number): unknown[] {
  if (skip === undefined) return limit >= 0 ? array.slice(0, limit) : array.slice(limit);
  const from = skip >= 0 ? skip : Math.max(0, array.length + skip);
  return array.slice(from, from + limit);
}
