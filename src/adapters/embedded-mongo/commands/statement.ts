import { ObjectId } from 'bson';
import { toStored } from '../bytes.ts';
import { CODE, MongoFault } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import { compileUpdate } from '../update/update.ts';
import type { Update } from '../update/update.ts';
import { upsertSeed } from '../update/upsert.ts';
import { decode, encode } from '../values/decode.ts';
import type { Doc } from '../values/decode.ts';
import { documents, isDoc } from './call.ts';
import { Search } from './search.ts';
import type { Hit } from './search.ts';

/** Compiles what an update statement or a findAndModify wants done. Throws 9 when it is neither kind. */
export function updateOf(
  update: unknown,
  holder: Doc,
  options: { vars?: Doc | undefined; multi?: boolean },
): Update {
  if (!isDoc(update) && !(Array.isArray(update) && update.every(isDoc))) {
    throw new MongoFault(CODE.FailedToParse, 'Update argument must be either an object or an array');
  }
  const arrayFilters = documents(holder, 'arrayFilters');
  return compileUpdate(update, {
    ...(arrayFilters && { arrayFilters }),
    ...(options.vars && { vars: options.vars }),
    ...(options.multi !== undefined && { multi: options.multi }),
  });
}

export interface Applied {
  readonly before: Doc;
  readonly after: Doc;
  readonly modified: boolean;
}

/** Updates the stored document of one hit. */
export function applyTo(collection: Collection, search: Search, hit: Hit, update: Update): Applied {
  const before = decode(hit.bytes);
  const after = update.apply(before, { filter: search.filter, inserting: false });
  const modified = after !== before && collection.replace(hit.record, hit.bytes, after);
  return { before, after, modified };
}

/** Inserts what an upsert makes when nothing matched. Returns the document, `_id` first. */
export function insertUpsert(collection: Collection, search: Search, update: Update): Doc {
  const seed = upsertSeed(search.filter.source, update.kind);
  const after = update.apply(seed, { filter: search.filter, inserting: true });
  const doc = '_id' in after ? after : { _id: new ObjectId(), ...after };
  collection.insert(toStored(encode(doc)));
  return doc;
}

/** All hits, gathered before the first write: what is written cannot be found again. */
export function gather(search: Search, limit: number): Hit[] {
  const hits: Hit[] = [];
  for (const hit of search.hits()) {
    hits.push(hit);
    if (hits.length >= limit) break;
  }
  return hits;
}
