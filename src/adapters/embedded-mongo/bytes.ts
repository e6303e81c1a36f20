import { ObjectId } from 'bson';
import { CODE, MongoFault } from './errors.ts';

/** Documents end at 16 MB, messages at 48 MB (MongoDB manual, "Limits and Thresholds"). */
export const MAX_DOCUMENT = 16 * 1024 * 1024;
export const MAX_MESSAGE = 48_000_000;
/** A document nests at most 100 levels (same page); a command carries documents two levels down. */
export const MAX_DEPTH = 100;
export const MAX_COMMAND_DEPTH = 200;

const OBJECT = 0x03;
const ARRAY = 0x04;
const OBJECT_ID = 0x07;
const REGEX = 0x0b;

/** Length in bytes of a value whose length is fixed by its type; the others carry it. */
const FIXED = new Map<number, number>([
  [0x01, 8], // double
  [0x06, 0], // undefined
  [OBJECT_ID, 12],
  [0x08, 1], // boolean
  [0x09, 8], // date
  [0x0a, 0], // null
  [0x10, 4], // int
  [0x11, 8], // timestamp
  [0x12, 8], // long
  [0x13, 16], // decimal
  [0xff, 0], // min key
  [0x7f, 0], // max key
]);

/** One top-level element: where it starts (its type byte), where its value starts, where it ends. */
export interface Element {
  readonly type: number;
  readonly name: string;
  readonly start: number;
  readonly value: number;
  readonly end: number;
}

function invalid(what: string): MongoFault {
  return new MongoFault(CODE.InvalidBSON, `Invalid BSON: ${what}`);
}

function endOfName(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(0, from);
  if (end < 0) throw invalid('a field name without end');
  return end;
}

/** End of the value of `type` at `at`; does not look inside documents. Throws on types BSON does not have. */
function endOfValue(bytes: Buffer, type: number, at: number, limit: number): number {
  const fixed = FIXED.get(type);
  const end = fixed === undefined ? at + carriedLength(bytes, type, at, limit) : at + fixed;
  if (end > limit) throw invalid('a value reaches beyond its document');
  return end;
}

function carriedLength(bytes: Buffer, type: number, at: number, limit: number): number {
  if (type === REGEX) return endOfName(bytes, endOfName(bytes, at) + 1) + 1 - at;
  if (at + 4 > limit) throw invalid('a length reaches beyond its document');
  const length = bytes.readInt32LE(at);
  switch (type) {
    case OBJECT:
    case ARRAY:
    case 0x0f: // code with scope
      if (length < 5) throw invalid('a document shorter than five bytes');
      return length;
    case 0x02: // string
    case 0x0d: // code
    case 0x0e: // symbol
      if (length < 1 || at + 4 + length > limit || bytes[at + 3 + length] !== 0) throw invalid('a string');
      return 4 + length;
    case 0x05: // binary
      if (length < 0) throw invalid('a binary of negative length');
      return 5 + length;
    case 0x0c: // dbPointer
      if (length < 1) throw invalid('a pointer');
      return 4 + length + 12;
    default:
      throw invalid(`unknown type ${type}`);
  }
}

/** The elements of the document at `from`, in order, none of them decoded. */
export function* elements(bytes: Buffer, from = 0): Generator<Element> {
  const end = from + bytes.readInt32LE(from) - 1;
  let at = from + 4;
  while (at < end) {
    const type = bytes[at] ?? 0;
    const nameEnd = endOfName(bytes, at + 1);
    const value = nameEnd + 1;
    const valueEnd = endOfValue(bytes, type, value, end);
    yield { type, name: bytes.toString('latin1', at + 1, nameEnd), start: at, value, end: valueEnd };
    at = valueEnd;
  }
}

/**
 * Checks that `bytes` is one whole BSON document that nests no deeper than `maxDepth`, without decoding it.
 * Throws 22 InvalidBSON or 15 Overflow. Iterative, so that no depth of nesting exhausts the stack.
 */
export function validate(bytes: Buffer, maxDepth: number): void {
  if (bytes.length < 5 || bytes.readInt32LE(0) !== bytes.length) throw invalid('length does not fit');
  const ends: number[] = [bytes.length - 1];
  let end = bytes.length - 1;
  let at = 4;
  for (;;) {
    if (at === end) {
      if (bytes[at] !== 0) throw invalid('a document without end');
      ends.pop();
      const outer = ends.at(-1);
      if (outer === undefined) return;
      end = outer;
      at++;
      continue;
    }
    const type = bytes[at] ?? 0;
    const value = endOfName(bytes, at + 1) + 1;
    const valueEnd = endOfValue(bytes, type, value, end);
    if (type !== OBJECT && type !== ARRAY) {
      at = valueEnd;
      continue;
    }
    end = valueEnd - 1;
    ends.push(end);
    if (ends.length > maxDepth) throw tooDeep(maxDepth);
    at = value + 4;
  }
}

function tooDeep(maxDepth: number): MongoFault {
  return new MongoFault(CODE.Overflow, `BSON exceeds the maximum nested depth of ${maxDepth}`);
}

/**
 * A document as it is stored: at most 16 MB, valid, `_id` first (made when absent).
 * Bytes are moved, never re-encoded, so that field order and number types stay what the client sent.
 */
export function toStored(bytes: Buffer): Buffer {
  if (bytes.length > MAX_DOCUMENT) throw tooLarge(bytes.length);
  validate(bytes, MAX_DEPTH);
  for (const element of elements(bytes)) {
    if (element.name !== '_id') continue;
    checkId(bytes, element);
    if (element.start === 4) return bytes;
    return Buffer.concat([
      bytes.subarray(0, 4),
      bytes.subarray(element.start, element.end),
      bytes.subarray(4, element.start),
      bytes.subarray(element.end),
    ]);
  }
  return withNewId(bytes);
}

function checkId(bytes: Buffer, { type, value }: Element): void {
  if (type === ARRAY || type === REGEX || type === 0x06) {
    const what = type === ARRAY ? 'array' : type === REGEX ? 'regex' : 'undefined';
    throw new MongoFault(CODE.InvalidIdField, `The '_id' value cannot be of type ${what}`);
  }
  if (type !== OBJECT) return;
  for (const { name } of elements(bytes, value)) {
    if (!name.startsWith('$')) continue;
    const message = `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`;
    throw new MongoFault(CODE.DollarPrefixedFieldName, message);
  }
}

export function tooLarge(size: number): MongoFault {
  return new MongoFault(
    CODE.BSONObjectTooLarge,
    `BSONObj size: ${size} is invalid. Size must be between 0 and ${MAX_DOCUMENT}(16MB)`,
  );
}

function withNewId(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length + 17);
  out.writeInt32LE(out.length, 0);
  out[4] = OBJECT_ID;
  out.write('_id\0', 5, 'latin1');
  out.set(new ObjectId().id, 9);
  bytes.copy(out, 21, 4);
  return out;
}

/** The documents of the array that starts at `from`, as slices of `bytes`. Throws 14 when one is no document. */
export function documentsOf(bytes: Buffer, from: number): Buffer[] {
  const found: Buffer[] = [];
  for (const element of elements(bytes, from)) {
    if (element.type !== OBJECT) throw new MongoFault(CODE.TypeMismatch, 'expected an array of documents');
    found.push(bytes.subarray(element.value, element.end));
  }
  return found;
}
