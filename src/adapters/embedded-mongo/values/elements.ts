import { CODE, MongoFault } from '../errors.ts';

/** The bytes that stand for a type before an element (bsonspec.org). */
export const TYPE = {
  double: 0x01,
  string: 0x02,
  document: 0x03,
  array: 0x04,
  binary: 0x05,
  undefined: 0x06,
  objectId: 0x07,
  boolean: 0x08,
  date: 0x09,
  null: 0x0a,
  regex: 0x0b,
  dbPointer: 0x0c,
  code: 0x0d,
  symbol: 0x0e,
  codeWithScope: 0x0f,
  int32: 0x10,
  timestamp: 0x11,
  long: 0x12,
  decimal: 0x13,
  maxKey: 0x7f,
  minKey: 0xff,
} as const;

/** A name of a field as text and as its bytes. */
interface Name {
  readonly text: string;
  readonly bytes: Buffer;
}

// Filters live longer than the documents they see: their names are encoded once.
const encodedNames = new WeakMap<ReadonlySet<string>, readonly Name[]>();

/** The names as bytes, encoded once for a set. */
export function namesOf(fields: ReadonlySet<string>): readonly Name[] {
  let names = encodedNames.get(fields);
  if (!names) {
    names = [...fields].map((text) => ({ text, bytes: Buffer.from(text, 'utf8') }));
    encodedNames.set(fields, names);
  }
  return names;
}

/** Which of the names stands between two places of the bytes. */
export function matching(
  names: readonly Name[],
  buffer: Buffer,
  from: number,
  to: number,
): string | undefined {
  for (const { text, bytes } of names) {
    if (bytes.length === to - from && sameBytes(bytes, buffer, from)) return text;
  }
  return undefined;
}

function sameBytes(name: Buffer, buffer: Buffer, from: number): boolean {
  for (let at = 0; at < name.length; at++) if (name[at] !== buffer[from + at]) return false;
  return true;
}

/** How many bytes the value of an element takes. Throws MongoFault 22 for a type that BSON does not know. */
export function sizeOf(buffer: Buffer, type: number, at: number): number {
  switch (type) {
    case TYPE.double:
    case TYPE.date:
    case TYPE.timestamp:
    case TYPE.long:
      return 8;
    case TYPE.string:
    case TYPE.code:
    case TYPE.symbol:
      return 4 + buffer.readInt32LE(at);
    case TYPE.document:
    case TYPE.array:
    case TYPE.codeWithScope:
      return buffer.readInt32LE(at);
    case TYPE.binary:
      return 5 + buffer.readInt32LE(at);
    case TYPE.dbPointer:
      return 16 + buffer.readInt32LE(at);
    case TYPE.objectId:
      return 12;
    case TYPE.boolean:
      return 1;
    case TYPE.int32:
      return 4;
    case TYPE.decimal:
      return 16;
    case TYPE.regex:
      return buffer.indexOf(0, buffer.indexOf(0, at) + 1) + 1 - at;
    case TYPE.undefined:
    case TYPE.null:
    case TYPE.maxKey:
    case TYPE.minKey:
      return 0;
    default:
      throw new MongoFault(CODE.InvalidBSON, `Unrecognized BSON type ${type}`);
  }
}
