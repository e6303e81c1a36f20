import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** A file for saving; reading its content throws where the bytes are not those that were kept. */
export interface FileGiven {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Sends a file as an attachment of no type: nobody's browser shall ever show what may have come from an attacker. What
 * breaks off breaks the connection too, so that half a file is never taken for a whole one.
 */
export async function giveFile(response: Response, { name, size, content }: FileGiven): Promise<void> {
  response
    .status(200)
    .attachment(name)
    .type('application/octet-stream')
    .setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
    .setHeader('X-Content-Type-Options', 'nosniff')
    .setHeader('Content-Length', size);
  await pipeline(Readable.from(content), response);
}
