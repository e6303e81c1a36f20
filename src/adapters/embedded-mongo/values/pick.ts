import { Double, Int32, Long, ObjectId } from 'bson';
import { CODE, MongoFault } from '../errors.ts';
import { decode, setField, type Doc } from './decode.ts';

const TYPE = {
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

/**
 * Decodes only the named top-level fields of a stored document: most of a scan's time is decoding fields that the
 * filter never reads. The bytes must be whole BSON, as the store holds it.
 */
export function pick(bytes: Uint8Array, fields: ReadonlySet<string>): Doc {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const doc: Doc = {};
  const wanted = namesOf(fields);
  let left = wanted.length;
  let at = 4;
  while (left > 0) {
    const type = buffer[at] as number;
    if (type === 0) break;
    const nameAt = at + 1;
    const nameEnd = buffer.indexOf(0, nameAt);
    const valueAt = nameEnd + 1;
    const end = valueAt + sizeOf(buffer, type, valueAt);
    const name = matching(wanted, buffer, nameAt, nameEnd);
    if (name !== undefined) {
      setField(doc, name, read(buffer, type, at, valueAt, end));
      left -= 1;
    }
    at = end;
  }
  return doc;
}

interface Name {
  readonly text: string;
  readonly bytes: Buffer;
}

// Filters live longer than the documents they see: their names are encoded once.
const encodedNames = new WeakMap<ReadonlySet<string>, readonly Name[]>();

function namesOf(fields: ReadonlySet<string>): readonly Name[] {
  let names = encodedNames.get(fields);
  if (!names) {
    names = [...fields].map((text) => ({ text, bytes: Buffer.from(text, 'utf8') }));
    encodedNames.set(fields, names);
  }
  return names;
}

function matching(names: readonly Name[], buffer: Buffer, from: number, to: number): string | undefined {
  for (const { text, bytes } of names) {
    if (bytes.length === to - from && sameBytes(bytes, buffer, from)) return text;
  }
  return undefined;
}

function sameBytes(name: Buffer, buffer: Buffer, from: number): boolean {
  for (let at = 0; at < name.length; at++) if (name[at] !== buffer[from + at]) return false;
  return true;
}

function read(buffer: Buffer, type: number, at: number, valueAt: number, end: number): unknown {
  switch (type) {
    case TYPE.double:
      return new Double(buffer.readDoubleLE(valueAt));
    case TYPE.string:
      return buffer.toString('utf8', valueAt + 4, end - 1);
    case TYPE.objectId:
      return new ObjectId(Buffer.from(buffer.subarray(valueAt, end)));
    case TYPE.boolean:
      return buffer[valueAt] === 1;
    case TYPE.date:
      return new Date(Number(buffer.readBigInt64LE(valueAt)));
    case TYPE.null:
      return null;
    case TYPE.int32:
      return new Int32(buffer.readInt32LE(valueAt));
    case TYPE.long:
      return new Long(buffer.readInt32LE(valueAt), buffer.readInt32LE(valueAt + 4));
    default:
      return readAlone(buffer.subarray(at, end));
  }
}

// The rarer types are left to bson: the element becomes a document of its own.
function readAlone(element: Buffer): unknown {
  const bytes = Buffer.allocUnsafe(element.length + 5);
  bytes.writeInt32LE(bytes.length, 0);
  element.copy(bytes, 4);
  bytes[bytes.length - 1] = 0;
  return Object.values(decode(bytes))[0];
}

function sizeOf(buffer: Buffer, type: number, at: number): number {
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
