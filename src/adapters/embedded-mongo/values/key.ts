import type { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, ObjectId, Timestamp } from 'bson';
import { BRACKET, bracketOf, fieldsOf, regexOf, textOf } from './compare.ts';
import type { Doc } from './decode.ts';
import { nearestDouble, numericOf, type Numeric, scientific, sideOfDouble } from './number.ts';

/**
 * Keys are Latin-1 strings, one byte a code unit, whose `<` is MongoDB's order of the values they stand for.
 * Each value delimits itself, so a compound key is its parts one after the other. The byte after a whole part is
 * never 00 nor FF, which is what {@link AFTER} and {@link PAST} rely on.
 */

/** Every key that begins with a part lies at or after `part + AFTER` and before `part + PAST`. */
export const AFTER = '\x01';
export const PAST = '\xff';

// Brackets begin at -1; a byte of 00 ends strings and documents and must stay below every bracket.
const RANK_SHIFT = 3;
const DIGITS = 34;
const RECORD_BYTES = 6;
const EXPONENT_SHIFT = 0x8000;

const EXACT = 0x80;
const BELOW = 0x40;
const ABOVE = 0xc0;

/** The key of one or several values; a direction of -1 turns that value's order round. */
export function keyOf(values: readonly unknown[], directions: readonly (1 | -1)[]): string {
  writeKey(values, directions);
  return writer.text();
}

/** The key followed by the number of a record: how an index holds it. */
export function entryOf(values: readonly unknown[], directions: readonly (1 | -1)[], record: number): string {
  writeKey(values, directions);
  writer.record(record);
  return writer.text();
}

/** What an entry has behind its key. */
export function recordPart(record: number): string {
  writer.reset();
  writer.record(record);
  return writer.text();
}

/** The number of the record at the end of an entry. */
export function recordOf(entry: string): number {
  let record = 0;
  for (let at = entry.length - RECORD_BYTES; at < entry.length; at++)
    record = record * 256 + entry.charCodeAt(at);
  return record;
}

function writeKey(values: readonly unknown[], directions: readonly (1 | -1)[]): void {
  writer.reset();
  for (let at = 0; at < values.length; at++) {
    const from = writer.length;
    writeValue(values[at]);
    if (directions[at] === -1) writer.invert(from);
  }
}

/** The key of a single value. */
export function partOf(value: unknown, direction: 1 | -1): string {
  return keyOf([value], [direction]);
}

/** The byte with which the keys of a type begin, and that of the first type after it in key order. */
export function bracketBounds(bracket: number, direction: 1 | -1): { from: string; to: string } {
  const rank = bracket + RANK_SHIFT;
  if (direction === 1) return { from: String.fromCharCode(rank), to: String.fromCharCode(rank + 1) };
  return { from: String.fromCharCode(0xff - rank), to: String.fromCharCode(0x100 - rank) };
}

/** The keys of strings that begin with a text lie from `from` up to, not including, `to`. */
export function prefixBounds(text: string, direction: 1 | -1): { from: string; to: string } {
  const whole = partOf(text, direction);
  const prefix = whole.slice(0, -1);
  // Bytes of UTF-8 are at most F4, so turned round at least 0B; only the end of a string goes beyond.
  return direction === 1
    ? { from: prefix, to: `${prefix}\xfe` }
    : { from: `${prefix}\x01`, to: `${prefix}\xff\xff` };
}

function writeValue(value: unknown): void {
  const bracket = bracketOf(value);
  writer.byte(bracket + RANK_SHIFT);
  WRITE[bracket]?.(value);
}

// What follows the rank byte; null, missing, MinKey and MaxKey have no content.
const WRITE: Readonly<Record<number, (value: unknown) => void>> = {
  [BRACKET.number]: (value) => writeNumber(numericOf(value) as Numeric),
  [BRACKET.string]: (value) => writer.terminated(textOf(value as string | BSONSymbol)),
  [BRACKET.object]: (value) => writeDocument(fieldsOf(value)),
  [BRACKET.array]: (value) => {
    for (const item of value as unknown[]) writeValue(item);
    writer.byte(0);
  },
  [BRACKET.binary]: (value) => writeBinary(value as Binary),
  [BRACKET.objectId]: (value) => writer.bytes((value as ObjectId).id),
  [BRACKET.boolean]: (value) => writer.byte(value === true ? 1 : 0),
  [BRACKET.date]: (value) => writer.double((value as Date).getTime()),
  [BRACKET.timestamp]: (value) => writer.bigUint((value as Timestamp).toBigInt()),
  [BRACKET.regex]: (value) => {
    const { pattern, options } = regexOf(value as BSONRegExp | RegExp);
    writer.terminated(pattern);
    writer.terminated(options);
  },
  [BRACKET.code]: (value) => writer.terminated((value as Code).code),
  [BRACKET.codeWithScope]: (value) => {
    writer.terminated((value as Code).code);
    writeDocument((value as Code).scope as Doc);
  },
};

// The order within a document is: type of the field, its name, its value (which repeats the type).
function writeDocument(doc: Doc): void {
  for (const name of Object.keys(doc)) {
    writer.byte(bracketOf(doc[name]) + RANK_SHIFT);
    writer.terminated(name);
    writeValue(doc[name]);
  }
  writer.byte(0);
}

/**
 * The nearest double, then on which side of it the number lies. Longs and Decimals that no double can hold
 * add their own digits: doubles alone would make 2^53 and 2^53 + 1 one key.
 */
function writeNumber(value: Numeric): void {
  writer.double(nearestDouble(value));
  const side = sideOfDouble(value);
  if (side === 0 || typeof value === 'number') {
    writer.byte(EXACT);
    return;
  }
  writer.byte(side < 0 ? BELOW : ABOVE);
  writeDigits(value);
}

function writeDigits(value: bigint | Decimal128): void {
  const from = writer.length;
  const { digits, exponent } = scientific(value);
  writer.uint16(exponent + EXPONENT_SHIFT);
  const padded = digits.padEnd(DIGITS, '0');
  for (let at = 0; at < DIGITS; at += 2) writer.byte(Number(padded.slice(at, at + 2)) + 1);
  if (isNegative(value)) writer.invert(from);
}

function isNegative(value: bigint | Decimal128): boolean {
  return typeof value === 'bigint' ? value < 0n : value.toString().startsWith('-');
}

function writeBinary(value: Binary): void {
  writer.uint32(value.position);
  writer.byte(value.sub_type);
  writer.bytes(value.buffer.subarray(0, value.position));
}

/** A growing buffer that all keys are written into, one after the other: a key costs one string. */
class Writer {
  length = 0;
  #buffer = Buffer.allocUnsafe(1024);

  reset(): void {
    this.length = 0;
  }

  text(): string {
    return this.#buffer.toString('latin1', 0, this.length);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.length++] = value;
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#buffer.set(value, this.length);
    this.length += value.length;
  }

  uint16(value: number): void {
    this.#reserve(2);
    this.length = this.#buffer.writeUInt16BE(value, this.length);
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.length = this.#buffer.writeUInt32BE(value, this.length);
  }

  bigUint(value: bigint): void {
    this.#reserve(8);
    this.length = this.#buffer.writeBigUInt64BE(BigInt.asUintN(64, value), this.length);
  }

  /** A byte of 01, without which a shorter string would not come before a longer one downwards, and the number. */
  record(value: number): void {
    this.byte(1);
    this.#reserve(RECORD_BYTES);
    this.length = this.#buffer.writeUIntBE(value, this.length, RECORD_BYTES);
  }

  /** Big-endian with the sign turned, so that bytes order like numbers; NaN comes first and -0 is 0. */
  double(value: number): void {
    this.#reserve(8);
    const at = this.length;
    if (Number.isNaN(value)) {
      this.#buffer.fill(0, at, at + 8);
      this.length = at + 8;
      return;
    }
    this.length = this.#buffer.writeDoubleBE(value === 0 ? 0 : value, at);
    if (value < 0) this.invert(at);
    else this.#buffer[at] = (this.#buffer[at] as number) | 0x80;
  }

  /** UTF-8 ended by 00; a NUL inside is written 00 FF, which comes after the end of a shorter string. */
  terminated(text: string): void {
    this.#reserve(text.length * 3 + 1);
    const from = this.length;
    this.length += this.#buffer.write(text, from, 'utf8');
    if (text.includes('\0')) this.#escape(from);
    this.byte(0);
  }

  invert(from: number): void {
    for (let at = from; at < this.length; at++) this.#buffer[at] = (this.#buffer[at] as number) ^ 0xff;
  }

  #escape(from: number): void {
    const raw = Buffer.from(this.#buffer.subarray(from, this.length));
    this.length = from;
    for (const byte of raw) {
      this.byte(byte);
      if (byte === 0) this.byte(0xff);
    }
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe((this.length + more) * 2);
    this.#buffer.copy(larger, 0, 0, this.length);
    this.#buffer = larger;
  }
}

const writer = new Writer();
