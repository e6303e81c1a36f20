import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Person } from '../../domain/people/person.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** A thousand people are some 100 kB of JSON; what unfolds to more than this was not written by us. */
const LIMIT = 16 * 1024 * 1024;

/** Of a million people the last fifth of their size is worth less than the seconds that it costs. */
const QUICK = { level: 1, chunkSize: 128 * 1024 };

/** People as bytes, ready to be sealed: gzip of their JSON. */
export async function packPeople(people: readonly Person[]): Promise<Buffer> {
  return compress(JSON.stringify(people), QUICK);
}

export async function unpackPeople(blob: Uint8Array): Promise<readonly Person[]> {
  const json = await decompress(blob, { maxOutputLength: LIMIT });
  return JSON.parse(json.toString('utf8')) as readonly Person[];
}
