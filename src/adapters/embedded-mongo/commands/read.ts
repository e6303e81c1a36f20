import { distinctOf } from '../aggregate/operators/sets.ts';
import { CODE, MongoFault } from '../errors.ts';
import { evaluate } from '../aggregate/expression.ts';
import { compileProjection, keptWhole } from '../query/project.ts';
import { compileCollation } from '../values/collation.ts';
import { cut } from '../values/cut.ts';
import { decode, encode, getField } from '../values/decode.ts';
import type { Doc } from '../values/decode.ts';
import type { Reply } from '../wire.ts';
import {
  deadlineOf,
  document,
  flag,
  hintOf,
  isDoc,
  refuse,
  target,
  targetCollection,
  text,
  wholeNumber,
} from './call.ts';
import type { Call, Command } from './call.ts';
import type { Supply } from './cursors.ts';
import { Search } from './search.ts';
import type { Hit, Query } from './search.ts';

/** The values of a command's `let`: its expressions are evaluated once, before anything is read. */
export function letOf(body: Doc, field = 'let', outer?: Doc): Doc | undefined {
  const given = document(body, field);
  if (!given) return outer;
  const values: Doc = { ...outer };
  for (const [name, expression] of Object.entries(given))
    values[name] = evaluate(expression, {}, outer ?? {});
  return values;
}

/** What a reading command searches for; `filterField` is `filter` in find, `query` in count and distinct. */
export function queryOf(body: Doc, filterField: string): Query {
  return {
    filter: document(body, filterField) ?? {},
    sort: document(body, 'sort'),
    hint: hintOf(body),
    collation: document(body, 'collation'),
    vars: letOf(body),
    deadline: deadlineOf(body),
  };
}

class FindSupply implements Supply {
  readonly #search: Search;
  readonly #shown: (bytes: Buffer) => Buffer;
  #skip: number;
  #left: number;
  #last: Hit | undefined;

  constructor(search: Search, shown: (bytes: Buffer) => Buffer, skip: number, limit: number) {
    this.#search = search;
    this.#shown = shown;
    this.#skip = skip;
    this.#left = limit === 0 ? Infinity : limit;
  }

  *documents(): Generator<Buffer> {
    if (this.#left === 0) return;
    try {
      yield* this.#next();
    } finally {
      this.#search.deadline = undefined;
    }
  }

  *#next(): Generator<Buffer> {
    for (const hit of this.#search.hits()) {
      if (this.#skip > 0) {
        this.#skip--;
        continue;
      }
      this.#last = hit;
      this.#left--;
      yield this.#shown(hit.bytes);
      if (this.#left === 0) return;
    }
  }

  unread(): void {
    if (!this.#last) return;
    this.#search.unread(this.#last);
    this.#left++;
  }
}

function find(call: Call): Reply {
  const { engine, body } = call;
  refuse('find', body, ['tailable', 'awaitData', 'returnKey', 'showRecordId', 'min', 'max']);
  const ns = target(call);
  const batchSize = body.batchSize === undefined ? {} : { batchSize: wholeNumber(body, 'batchSize', 0) };
  const options = { ...batchSize, singleBatch: flag(body, 'singleBatch') };
  const skip = wholeNumber(body, 'skip', 0);
  const limit = wholeNumber(body, 'limit', 0);
  const projection = document(body, 'projection') ?? {};
  const query = queryOf(body, 'filter');
  const search = new Search(engine.store.collection(ns), query);
  const shown = compileShown(projection, search, query.vars);
  return engine.cursors.first(ns, new FindSupply(search, shown, skip, limit), options);
}

/** What is answered of a stored document: it is decoded only where the projection cannot be cut out of its bytes. */
function compileShown(projection: Doc, search: Search, vars: Doc | undefined): (bytes: Buffer) => Buffer {
  if (Object.keys(projection).length === 0) return (bytes) => bytes;
  const whole = keptWhole(projection);
  if (whole) return (bytes) => cut(bytes, whole);
  const project = compileProjection(projection, search.filter, vars);
  return (bytes) => encode(project(decode(bytes)));
}

function count(call: Call): Reply {
  const { body } = call;
  const collection = targetCollection(call);
  const query = queryOf(body, 'query');
  const skip = wholeNumber(body, 'skip', 0);
  // A negative limit means the same as the positive one (manual, "count").
  const limit = Math.abs(wholeNumber(body, 'limit', 0, -Infinity));
  const all = Object.keys(query.filter).length === 0 && query.hint === undefined;
  const found =
    all && collection
      ? collection.count
      : countHits(new Search(collection, query), skip + (limit || Infinity));
  const n = Math.max(0, Math.min(found - skip, limit || Infinity));
  return { doc: { n, ok: 1 } };
}

export function countHits(search: Search, enough = Infinity): number {
  const hits = search.hits();
  let n = 0;
  while (n < enough && !hits.next().done) n++;
  hits.return(undefined);
  return n;
}

/** Every value at a path: arrays on the way and at its end give their elements. */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return Array.isArray(value) ? (value as unknown[]) : [value];
  if (Array.isArray(value)) {
    const byPosition = /^\d+$/.test(name) ? valuesAt(value[Number(name)], rest) : [];
    return [...byPosition, ...value.filter(isDoc).flatMap((item) => valuesAt(item, path))];
  }
  return isDoc(value) && Object.hasOwn(value, name) ? valuesAt(getField(value, name), rest) : [];
}

function distinct(call: Call): Reply {
  const { body } = call;
  const key = text(body, 'key');
  if (key === '') throw new MongoFault(CODE.BadValue, "'key' must not be empty");
  const collection = targetCollection(call);
  const query = queryOf(body, 'query');
  const found: unknown[] = [];
  for (const { bytes } of new Search(collection, query).hits()) {
    for (const value of valuesAt(decode(bytes), key.split('.'))) found.push(value);
  }
  const values = distinctOf(found, { strings: compileCollation(query.collation) });
  return { doc: { values, ok: 1 } };
}

const SEARCH_FIELDS = ['hint', 'collation', 'let'];

/** Reading: find, count, distinct. */
export const readCommands: Record<string, Command> = {
  find: {
    writes: false,
    fields: [
      ...SEARCH_FIELDS,
      'filter',
      'sort',
      'projection',
      'skip',
      'limit',
      'batchSize',
      'singleBatch',
      'allowDiskUse',
      'noCursorTimeout',
      'allowPartialResults',
      'oplogReplay',
      'tailable',
      'awaitData',
      'returnKey',
      'showRecordId',
      'min',
      'max',
    ],
    run: find,
  },
  count: { writes: false, fields: [...SEARCH_FIELDS, 'query', 'limit', 'skip', 'fields'], run: count },
  distinct: { writes: false, fields: [...SEARCH_FIELDS, 'key', 'query'], run: distinct },
};
