import { BSON, DBRef } from 'bson';
import { CODE, MongoFault } from '../errors.ts';

/** A BSON document with its types kept: Int32, Long, Double, Decimal128, Binary, BSONRegExp stay objects. */
export type Doc = Record<string, unknown>;

const TYPED = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const;
const DBREF_MARK = Buffer.from('$ref\0');

/** Decodes one document with every type kept. Throws MongoFault 22 when the bytes are not BSON. */
export function decode(bytes: Uint8Array): Doc {
  let doc: Doc;
  try {
    doc = BSON.deserialize(bytes, TYPED);
  } catch (error) {
    throw new MongoFault(CODE.InvalidBSON, error instanceof Error ? error.message : 'not BSON');
  }
  // MongoDB knows no DBRef: `{$ref, $id}` is a document like any other, but bson makes an object of it.
  return viewOf(bytes).includes(DBREF_MARK) ? (withoutDbRefs(doc) as Doc) : doc;
}

/** Encodes a typed document; `undefined` becomes null, as in MongoDB's own shell. */
export function encode(doc: Doc): Buffer {
  const bytes = BSON.serialize(doc, { ignoreUndefined: false });
  return viewOf(bytes);
}

/** Sets a field by its own name, even `__proto__`, which a plain assignment would take for the prototype. */
export function setField(doc: Doc, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(doc, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    doc[name] = value;
  }
}

/** The value of a document's own field; `undefined` when there is none, also for `constructor` and the like. */
export function getField(doc: Doc, name: string): unknown {
  return Object.hasOwn(doc, name) ? doc[name] : undefined;
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function withoutDbRefs(value: unknown): unknown {
  if (value instanceof DBRef) {
    const { collection, oid, db, fields } = value;
    // Typed decoding leaves the id as it was stored, whatever bson's declaration says.
    const plain: Doc = { $ref: collection, $id: oid };
    if (db !== undefined) plain['$db'] = db;
    return withoutDbRefs({ ...plain, ...fields });
  }
  if (Array.isArray(value)) return value.map(withoutDbRefs);
  if (typeof value !== 'object' || value === null || '_bsontype' in value || value instanceof Date)
    return value;
  const doc = value as Doc;
  for (const name of Object.keys(doc)) setField(doc, name, withoutDbRefs(doc[name]));
  return doc;
}
