import { Double, Int32, Long, ObjectId } from 'bson';
import { decode, setField, type Doc } from './decode.ts';
import { matching, namesOf, sizeOf, TYPE } from './elements.ts';

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
