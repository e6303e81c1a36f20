import { isUtf8 } from 'node:buffer';
import type { Encoding, ListSource } from '../../application/ports/list-files.ts';

/** What the bytes of a file say of how it is written. */
export interface Written {
  readonly encoding: Encoding;
  /** Bytes of the mark at its beginning, which is no text. */
  readonly mark: number;
  /** Whether every byte is good; of Windows-1252 that shows only when it is read. */
  readonly isSound: boolean;
  readonly size: number;
  readonly start: Uint8Array;
}

const START = 64 * 1024;

/**
 * Finds out how a file is written: by its mark, else UTF-8 where all its bytes are that, else Windows-1252. UTF-16
 * without a mark is told by its zeros: every other byte of Latin text is one.
 */
export async function findEncoding(source: ListSource, wish?: Encoding): Promise<Written> {
  const start = await startOf(source);
  const marked = markOf(start);
  const encoding = wish ?? marked?.encoding ?? (utf16Without(start) || undefined);
  const mark = marked && marked.encoding === encoding ? marked.mark : 0;
  if (encoding !== undefined && encoding !== 'utf-8') {
    const isSound = false;
    return { encoding, mark, isSound, size: start.length, start };
  }
  const isSound = await isAllUtf8(source);
  return {
    encoding: isSound ? 'utf-8' : (encoding ?? 'windows-1252'),
    mark,
    isSound,
    size: start.length,
    start,
  };
}

async function startOf(source: ListSource): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source.bytes()) {
    pieces.push(piece);
    size += piece.length;
    if (size >= START) break;
  }
  return Buffer.concat(pieces).subarray(0, START);
}

function markOf(start: Uint8Array): { readonly encoding: Encoding; readonly mark: number } | null {
  const [a, b, c, d] = start;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', mark: 3 };
  // FF FE 00 00 marks UTF-32, which nobody sends.
  if (a === 0xff && b === 0xfe && !(c === 0 && d === 0)) return { encoding: 'utf-16le', mark: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', mark: 2 };
  return null;
}

/** The share of zeros at every other byte from which a text is taken for UTF-16. */
const ZEROS = 0.7;

function utf16Without(start: Uint8Array): Encoding | null {
  const pairs = Math.floor(start.length / 2);
  if (pairs < 4) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < 2 * pairs; at += 2) {
    if (start[at] === 0) even += 1;
    if (start[at + 1] === 0) odd += 1;
  }
  if (odd > ZEROS * pairs && even < pairs / 10) return 'utf-16le';
  if (even > ZEROS * pairs && odd < pairs / 10) return 'utf-16be';
  return null;
}

/** Stops at the first byte that is not. */
async function isAllUtf8(source: ListSource): Promise<boolean> {
  let rest: Uint8Array = new Uint8Array();
  for await (const piece of source.bytes()) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = wholeCharacters(bytes);
    if (!isUtf8(bytes.subarray(0, end))) return false;
    rest = bytes.subarray(end);
  }
  return isUtf8(rest);
}

/** Where the last character begins, if it may go on in the next piece; else the end. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}
