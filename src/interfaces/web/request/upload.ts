import busboy, { type Busboy } from 'busboy';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import type { Request, RequestHandler } from 'express';
import { Refused } from '../../shared/refused.ts';

/** A file as it comes in: its bytes are read once, and go past unread where it is not wanted. */
export interface Upload {
  /** As the browser gave it; '' where none was chosen. */
  readonly name: string;
  /** A media type; only told, never believed. */
  readonly type: string;
  readonly content: AsyncIterable<Uint8Array>;
  /** Lets the bytes go past unread, so that the browser gets to see why. */
  skip(): void;
}

const KIND = 'multipart/form-data';
const LIMITS = { files: 1, fields: 20, parts: 25, fieldSize: 10_000, fieldNameSize: 120, headerPairs: 20 };

/** Refuses, before a byte is read, what is no form with a file. */
export const onlyFiles: RequestHandler = (request, _response, next) => {
  if (!request.is(KIND)) throw new Refused(415, 'no-file-form');
  next();
};

/**
 * Reads a form up to its file: the fields that stand before it become the request's body, as those of any other form.
 * @returns the file, or null where the form has none
 * @throws Refused where the form is malformed
 */
export async function readUpload(request: Request): Promise<Upload | null> {
  const fields: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  const parser = parserOf(request);
  const file = new Promise<Upload | null>((resolve, reject) => {
    parser.on('field', (name, value) => {
      const before = fields[name];
      fields[name] = before === undefined ? value : [before, value].flat();
    });
    parser.on('file', (_field, content, { filename, mimeType }) => {
      // A browser that goes away while nobody reads yet is told to whoever reads later.
      content.on('error', () => undefined);
      resolve({
        // What was not chosen has no name, whatever the types say.
        name: filename ?? '',
        type: mimeType,
        content: bytesOf(content),
        skip: () => void content.resume(),
      });
    });
    pipeline(request, parser, (error) => {
      if (error) reject(new Refused(400, 'broken-off'));
      else resolve(null);
    });
  });
  const found = await file;
  request.body = fields;
  return found;
}

function parserOf(request: Request): Busboy {
  try {
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits: LIMITS });
  } catch {
    throw new Refused(400, 'unreadable');
  }
}

/** Who stops reading early leaves the rest to go past, so that the browser gets to see the answer. */
async function* bytesOf(content: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of content.iterator({ destroyOnReturn: false })) yield bytes as Uint8Array;
  } catch {
    throw new Refused(400, 'broken-off');
  } finally {
    content.resume();
  }
}
