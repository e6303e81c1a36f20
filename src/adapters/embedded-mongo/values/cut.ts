import { matching, namesOf, sizeOf } from './elements.ts';

/** The length in front of a document, and the zero at its end. */
const FRAME = 5;

/**
 * The stored document with only the named top-level fields, in their order: their bytes are copied and nothing is
 * decoded, which is most of what a projection costs. The bytes must be whole BSON, as the store holds it.
 */
export function cut(bytes: Uint8Array, fields: ReadonlySet<string>): Buffer {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = namesOf(fields);
  const kept: [from: number, to: number][] = [];
  let length = FRAME;
  let at = 4;
  while (kept.length < names.length) {
    const type = buffer[at] as number;
    if (type === 0) break;
    const nameEnd = buffer.indexOf(0, at + 1);
    const end = nameEnd + 1 + sizeOf(buffer, type, nameEnd + 1);
    if (matching(names, buffer, at + 1, nameEnd) !== undefined) {
      kept.push([at, end]);
      length += end - at;
    }
    at = end;
  }
  return framed(buffer, kept, length);
}

function framed(buffer: Buffer, kept: readonly [from: number, to: number][], length: number): Buffer {
  const out = Buffer.allocUnsafe(length);
  out.writeInt32LE(length, 0);
  let to = 4;
  for (const [from, end] of kept) to += buffer.copy(out, to, from, end);
  out[to] = 0;
  return out;
}
