import { CODE, MongoFault } from '../errors.ts';
import type { IndexSpec } from '../index/index.ts';
import { compileFilter } from '../query/match.ts';
import type { Doc } from '../values/decode.ts';

/** Kinds of index that no query here can use: they are written down, listed and never filled. */
const UNUSED_KINDS = new Set(['2d', '2dsphere', 'text', 'hashed']);

/** Options of createIndexes in MongoDB 7.0; any other is 197. */
const KNOWN_OPTIONS = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'hidden',
  'expireAfterSeconds',
  'background',
  'ns',
  'collation',
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'storageEngine',
  'wildcardProjection',
]);

/** Options that are true or not there: MongoDB does not keep a false one. */
const FLAGS = ['unique', 'sparse', 'hidden'] as const;

/** 2^31 - 1 seconds is the longest time to live. */
const LONGEST_TTL = 2_147_483_647;

function cannot(message: string): MongoFault {
  return new MongoFault(CODE.CannotCreateIndex, message);
}

export function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'object' && value !== null && Number(value) !== 0);
}

/** Reads an index as createIndexes gives it. Throws 67, 197, 9 or 238. */
export function readIndex(given: Doc): IndexSpec {
  for (const option of Object.keys(given)) {
    if (KNOWN_OPTIONS.has(option)) continue;
    throw new MongoFault(
      CODE.InvalidIndexSpecificationOption,
      `The field '${option}' is not valid for an index specification. Specification: ${JSON.stringify(given)}`,
    );
  }
  const raw = normal(given);
  const kinds = Object.values(raw.key as Doc).filter((kind) => typeof kind === 'string');
  const noop = kinds.length > 0;
  if (noop) checkKinds(raw, kinds);
  return {
    name: raw.name as string,
    key: noop ? [] : Object.entries(raw.key as Doc).map(([path, way]) => [path, direction(path, way)]),
    unique: raw.unique === true,
    sparse: raw.sparse === true,
    raw,
    ...(noop && { noop }),
    ...(raw.hidden === true && { hidden: true }),
    ...(raw.partialFilterExpression !== undefined && { partial: partial(raw) }),
    ...(raw.expireAfterSeconds !== undefined && { ttlSeconds: ttl(raw) }),
  };
}

/** What listIndexes gives back: `v: 2`, key, name, then the options that say something. */
function normal(given: Doc): Doc {
  const { key } = given;
  if (typeof key !== 'object' || key === null || Object.keys(key).length === 0) {
    throw cannot('Index keys cannot be an empty object');
  }
  if (Object.keys(key).length > 32) throw cannot('Index has more than 32 fields');
  const name = given.name;
  if (typeof name !== 'string' || name === '') {
    throw new MongoFault(
      CODE.FailedToParse,
      "The 'name' field is a required property of an index specification",
    );
  }
  if (name === '*') throw new MongoFault(CODE.BadValue, "The index name '*' is not valid.");
  const raw: Doc = { v: 2, key, name };
  for (const [option, value] of Object.entries(given)) {
    if (option in raw || option === 'ns') continue;
    if ((FLAGS as readonly string[]).includes(option)) {
      if (isTrue(value)) raw[option] = true;
    } else if (option === 'collation') {
      if (!isSimple(value)) throw notBuilt('an index with a collation');
    } else raw[option] = value;
  }
  return Object.values(key as Doc).includes('text') ? asTextIndex(raw) : raw;
}

/** As MongoDB lists a text index, so that a client that compares does not build it for ever. */
function asTextIndex(raw: Doc): Doc {
  const key: Doc = {};
  const weights: Doc = {};
  for (const [path, kind] of Object.entries(raw.key as Doc)) {
    if (kind === 'text') {
      weights[path] = 1;
      key._fts = 'text';
      key._ftsx = 1;
    } else key[path] = kind;
  }
  if (key._fts === 'text' && '_fts' in (raw.key as Doc)) return raw;
  return {
    ...raw,
    key,
    weights: { ...weights, ...(raw.weights as Doc | undefined) },
    default_language: raw.default_language ?? 'english',
    language_override: raw.language_override ?? 'language',
    textIndexVersion: 3,
  };
}

function isSimple(collation: unknown): boolean {
  return (collation as Doc | null)?.locale === 'simple';
}

function notBuilt(what: string): MongoFault {
  return new MongoFault(CODE.NotImplemented, `${what} is not implemented by this store`);
}

function checkKinds(raw: Doc, kinds: readonly unknown[]): void {
  for (const kind of kinds) {
    if (!UNUSED_KINDS.has(kind as string)) throw cannot(`Unknown index plugin '${String(kind)}'`);
  }
  // A unique index that is never filled would let duplicates in.
  if (raw.unique === true) throw notBuilt(`a unique ${String(kinds[0])} index`);
  if (raw.expireAfterSeconds !== undefined)
    throw cannot('TTL indexes are single-field ascending or descending');
}

function direction(path: string, way: unknown): 1 | -1 {
  if (path.includes('$**')) throw notBuilt('a wildcard index');
  if (path === '' || path.startsWith('.') || path.endsWith('.') || path.includes('..')) {
    throw cannot('Index keys cannot contain an empty field.');
  }
  if (path.split('.').some((part) => part.startsWith('$') && !['$ref', '$id', '$db'].includes(part))) {
    throw cannot(`Index key contains an illegal field name: '${path}'`);
  }
  const number = Number(way);
  if (typeof way === 'boolean' || Number.isNaN(number) || number === 0) {
    throw cannot(
      `Values in v:2 index key pattern must be non-zero numbers or strings: { ${path}: ${String(way)} }`,
    );
  }
  return number > 0 ? 1 : -1;
}

function partial(raw: Doc): Doc {
  const filter = raw.partialFilterExpression;
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) {
    throw cannot('"partialFilterExpression" for an index must be a document');
  }
  if (raw.sparse === true) {
    throw cannot('cannot mix "partialFilterExpression" and "sparse" options');
  }
  compileFilter(filter as Doc);
  return filter as Doc;
}

function ttl(raw: Doc): number {
  const seconds = Number(raw.expireAfterSeconds);
  const keys = Object.keys(raw.key as Doc);
  if (keys.length !== 1)
    throw cannot('TTL indexes are single-field indexes, compound indexes do not support TTL.');
  if (keys[0] === '_id') throw cannot("The field 'expireAfterSeconds' is not valid for an _id index");
  if (!(seconds >= 0 && seconds <= LONGEST_TTL)) {
    throw cannot(`TTL index 'expireAfterSeconds' option must be within 0 and ${LONGEST_TTL}: ${seconds}`);
  }
  return Math.floor(seconds);
}
