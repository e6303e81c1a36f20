/** The names that MongoDB gives its types, as `$type` answers them; `missing` for what is not there. */
export type Kind =
  | 'missing'
  | 'minKey'
  | 'null'
  | 'int'
  | 'long'
  | 'double'
  | 'decimal'
  | 'string'
  | 'symbol'
  | 'object'
  | 'array'
  | 'binData'
  | 'objectId'
  | 'bool'
  | 'date'
  | 'timestamp'
  | 'regex'
  | 'dbPointer'
  | 'javascript'
  | 'javascriptWithScope'
  | 'maxKey';

const KIND_OF_BSON: Readonly<Record<string, Kind>> = {
  MinKey: 'minKey',
  Int32: 'int',
  Long: 'long',
  Double: 'double',
  Decimal128: 'decimal',
  BSONSymbol: 'symbol',
  DBRef: 'object',
  Binary: 'binData',
  UUID: 'binData',
  ObjectId: 'objectId',
  Timestamp: 'timestamp',
  BSONRegExp: 'regex',
  MaxKey: 'maxKey',
};

/** MongoDB's name for the type of a BSON value. Plain JavaScript numbers count as what bson would write. */
export function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return isInt32(value) ? 'int' : 'double';
    case 'bigint':
      return 'long';
    default:
      return kindOfObject(value);
  }
}

function kindOfObject(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof RegExp) return 'regex';
  const tag = (value as { _bsontype?: unknown })._bsontype;
  // bson's classes carry the tag on their prototype; a document may have a field of that name.
  if (typeof tag !== 'string' || Object.hasOwn(value as object, '_bsontype')) return 'object';
  if (tag === 'Code') return (value as { scope?: unknown }).scope ? 'javascriptWithScope' : 'javascript';
  return KIND_OF_BSON[tag] ?? 'object';
}

function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

const NUMERIC: ReadonlySet<Kind> = new Set<Kind>(['int', 'long', 'double', 'decimal']);

/** Whether a value is one of BSON's four kinds of number. */
export function isNumber(value: unknown): boolean {
  return NUMERIC.has(kindOf(value));
}

/** Whether a value is an embedded document (an array is not). */
export function isDocument(value: unknown): value is Record<string, unknown> {
  return kindOf(value) === 'object';
}

/** `Array.isArray` without its `any`. */
export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
