import { CODE, MongoFault } from '../errors.ts';
import { namespace } from '../store/namespace.ts';
import type { Collection } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import type { Doc } from '../values/decode.ts';
import type { Reply } from '../wire.ts';
import type { Cursors } from './cursors.ts';

/** What all commands share. */
export interface Engine {
  readonly store: Store;
  readonly cursors: Cursors;
  /** How many clients are connected now. */
  connections(): number;
  /** The address it listens on, for `whatsmyuri`. */
  readonly started: Date;
}

/** One command with what it works on. */
export interface Call {
  readonly engine: Engine;
  readonly name: string;
  readonly db: string;
  readonly body: Doc;
  readonly documents: readonly Buffer[] | undefined;
  readonly connection: number;
}

export interface Command {
  /** Whether it may change the store: then it runs inside the transaction of its batch. */
  readonly writes: boolean | ((call: Call) => boolean);
  /** Fields it knows besides its own name; any other is error 40415. */
  readonly fields: readonly string[];
  run(call: Call): Reply;
}

/** Fields that any command may carry (MongoDB's "generic arguments"). */
const GENERIC = new Set([
  '$db',
  'lsid',
  'comment',
  'maxTimeMS',
  'readConcern',
  'writeConcern',
  '$readPreference',
  '$clusterTime',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'maxTimeMSOpOnly',
]);

/** Error 40415 for a field that the command does not know: to ignore it could change the meaning. */
export function checkFields(call: Call, fields: readonly string[]): void {
  checkKnown(call.name, call.body, [call.name, ...fields]);
}

export function checkKnown(where: string, doc: Doc, fields: readonly string[]): void {
  for (const field of Object.keys(doc)) {
    if (fields.includes(field) || GENERIC.has(field)) continue;
    throw new MongoFault(40415, `BSON field '${where}.${field}' is an unknown field.`);
  }
}

/** Error 238 for each of `fields` that is given and not false: it names what this store leaves out. */
export function refuse(where: string, doc: Doc, fields: readonly string[]): void {
  for (const field of fields) {
    const value = doc[field];
    if (value === undefined || value === null || value === false) continue;
    throw notImplemented(`'${field}' in ${where}`);
  }
}

export function notImplemented(what: string): MongoFault {
  return new MongoFault(CODE.NotImplemented, `${what} is not implemented by this store`);
}

function wrongType(where: string, expected: string, value: unknown): MongoFault {
  return new MongoFault(
    CODE.TypeMismatch,
    `BSON field '${where}' is the wrong type '${typeName(value)}', expected type '${expected}'`,
  );
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const kind = (value as { _bsontype?: string })._bsontype;
  return kind ? kind.toLowerCase() : typeof value;
}

/** Any BSON number as a JavaScript number. */
export function isNumeric(value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  const kind = (value as { _bsontype?: string } | null | undefined)?._bsontype;
  return kind === 'Int32' || kind === 'Double' || kind === 'Long' || kind === 'Decimal128';
}

export function toNumber(value: unknown): number {
  return Number((value as { toString(): string }).toString());
}

/** A whole number of at least `least`, or `fallback` when the field is absent. Throws 14 or 2. */
export function wholeNumber(doc: Doc, field: string, fallback: number, least = 0): number {
  const value = doc[field];
  if (value === undefined || value === null) return fallback;
  if (!isNumeric(value)) throw wrongType(field, 'long', value);
  const number = Math.trunc(toNumber(value));
  if (!(number >= least)) {
    throw new MongoFault(51024, `BSON field '${field}' value must be >= ${least}, actual value '${number}'`);
  }
  return number;
}

export function flag(doc: Doc, field: string, fallback = false): boolean {
  const value = doc[field];
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'boolean') return value;
  if (isNumeric(value)) return toNumber(value) !== 0;
  throw wrongType(field, 'bool', value);
}

export function text(doc: Doc, field: string): string {
  const value = doc[field];
  if (typeof value !== 'string') throw wrongType(field, 'string', value);
  return value;
}

/** Whether a value is a document: an object that is not one of BSON's own kinds. */
export function isDoc(value: unknown): value is Doc {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    (value as { _bsontype?: unknown })._bsontype === undefined
  );
}

/** A document, or undefined when the field is absent or null. Throws 14. */
export function document(doc: Doc, field: string): Doc | undefined {
  const value = doc[field];
  if (value === undefined || value === null) return undefined;
  if (!isDoc(value)) throw wrongType(field, 'object', value);
  return value;
}

/** An array of documents, or undefined when the field is absent. Throws 14. */
export function documents(doc: Doc, field: string): Doc[] | undefined {
  const value = doc[field];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(field, 'array', value);
  value.forEach((item, index) => {
    if (!isDoc(item)) throw wrongType(`${field}.${index}`, 'object', item);
  });
  return value as Doc[];
}

/** A hint: the name of an index or its keys. */
export function hintOf(doc: Doc): string | Doc | undefined {
  const { hint } = doc;
  if (hint === undefined || hint === null) return undefined;
  if (typeof hint === 'string') return hint === '' ? undefined : hint;
  if (!isDoc(hint)) throw new MongoFault(CODE.FailedToParse, 'Hint must be a string or an object');
  return Object.keys(hint).length === 0 ? undefined : hint;
}

/** The namespace that a command's first field names. Throws 73. */
export function target(call: Call): string {
  const name = call.body[call.name];
  if (typeof name !== 'string') {
    throw new MongoFault(CODE.InvalidNamespace, `collection name has invalid type ${typeName(name)}`);
  }
  return namespace(call.db, name);
}

export function targetCollection(call: Call): Collection | undefined {
  return call.engine.store.collection(target(call));
}

/** When the work must be done, in milliseconds of the monotonic clock; undefined: no limit. */
export function deadlineOf(body: Doc): number | undefined {
  const limit = wholeNumber(body, 'maxTimeMS', 0);
  return limit === 0 ? undefined : performance.now() + limit;
}

export const OK: Reply = { doc: { ok: 1 } };
