import { StringDecoder } from 'node:string_decoder';
import iconv from 'iconv-lite';
import type { Encoding, ListSource } from '../../application/ports/list-files.ts';

/** What stands for half a character at the end of a file: half of a surrogate pair is none. */
const HALF = '\ud800';

/**
 * The text of a file, piece by piece. Bytes that are no character become U+FFFD, or half of a surrogate pair in UTF-16.
 * Node's TextDecoder takes Windows-1252 for Latin-1 (the euro sign is lost), so that iconv-lite reads it.
 */
export async function* decode(source: ListSource, encoding: Encoding, mark: number): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  for await (const bytes of withoutMark(source.bytes(), mark)) {
    const text = decoder.write(bytes);
    if (text !== '') yield text;
  }
  const end = decoder.end();
  if (end !== '') yield end;
}

interface Decoder {
  write(bytes: Buffer): string;
  end(): string;
}

function decoderOf(encoding: Encoding): Decoder {
  if (encoding === 'windows-1252') {
    const stream = iconv.getDecoder('windows-1252');
    return { write: (bytes) => stream.write(bytes), end: () => stream.end() ?? '' };
  }
  return encoding === 'utf-8' ? new StringDecoder('utf8') : utf16(encoding === 'utf-16be');
}

function utf16(isBigEndian: boolean): Decoder {
  const decoder = new StringDecoder('utf16le');
  let odd = Buffer.alloc(0);
  return {
    write(piece) {
      const bytes = odd.length === 0 ? piece : Buffer.concat([odd, piece]);
      const even = bytes.length - (bytes.length % 2);
      odd = Buffer.from(bytes.subarray(even));
      const pairs = bytes.subarray(0, even);
      return decoder.write(isBigEndian ? Buffer.from(pairs).swap16() : pairs);
    },
    end: () => decoder.end() + (odd.length > 0 ? HALF : ''),
  };
}

async function* withoutMark(content: AsyncIterable<Uint8Array>, mark: number): AsyncGenerator<Buffer> {
  let left = mark;
  for await (const piece of content) {
    const skipped = Math.min(left, piece.length);
    left -= skipped;
    const bytes = piece.subarray(skipped);
    if (bytes.length > 0) yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}
