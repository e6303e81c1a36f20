import type { Sealer } from '../crypto/sealing.ts';

/** As the driver cuts files into chunks: one sealed piece is one chunk of GridFS. */
export const SEALED_PIECE = 255 * 1024;
/** Format byte, nonce and tag of a sealed piece. */
const SEAL = 1 + 12 + 16;
const PLAIN_PIECE = SEALED_PIECE - SEAL;

/**
 * Seals a stream piece by piece. Each piece is bound to its place and to whether it is the last one, so that pieces
 * cannot be dropped from the end, doubled or exchanged unseen.
 */
export async function* sealPieces(
  key: Sealer,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let place = 0;
  for await (const { piece, last } of pieces(content, PLAIN_PIECE)) {
    yield key.seal(nameOf(place, last), piece);
    place += 1;
  }
}

/** The opposite of {@link sealPieces}. @throws CannotOpen where the pieces are not those that were sealed */
export async function* openPieces(
  key: Sealer,
  sealed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let place = 0;
  for await (const { piece, last } of pieces(sealed, SEALED_PIECE)) {
    yield key.open(nameOf(place, last), piece);
    place += 1;
  }
}

function nameOf(place: number, last: boolean): string {
  return `${place}/${last ? 'last' : 'more'}`;
}

/** Cuts a stream into pieces of this size; only the last one is shorter, and only of nothing comes nothing. */
async function* pieces(
  content: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly piece: Uint8Array; readonly last: boolean }> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of content) {
    let rest = bytes;
    while (length + rest.length > size) {
      const fill = size - length;
      yield { piece: Buffer.concat([...held, rest.subarray(0, fill)]), last: false };
      rest = rest.subarray(fill);
      held = [];
      length = 0;
    }
    if (rest.length > 0) held.push(rest);
    length += rest.length;
  }
  if (length > 0) yield { piece: Buffer.concat(held), last: true };
}
