import { toStored } from '../bytes.ts';
import type { Output } from '../aggregate/pipeline.ts';
import { CODE, MongoFault } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import { compileUpdate } from '../update/update.ts';
import { decode, encode } from '../values/decode.ts';
import type { Doc } from '../values/decode.ts';
import { Search } from './search.ts';
import type { Hit } from './search.ts';

type Merge = Extract<Output, { kind: 'merge' }>;

/** `$out`: the results take the place of all documents; the indexes stay. */
export function replaceBy(store: Store, ns: string, results: readonly Doc[]): void {
  const stored = results.map((doc) => toStored(encode(doc)));
  const collection = store.collectionForWrite(ns);
  for (const [record, bytes] of [...collection.range()]) collection.remove(record, bytes);
  for (const bytes of stored) collection.insert(bytes);
}

/** `$merge`: each result meets the document with the same `on` fields, or none. */
export function mergeInto(store: Store, ns: string, plan: Merge, results: readonly Doc[]): void {
  const collection = store.collectionForWrite(ns);
  checkOn(collection, plan.on);
  for (const doc of results) {
    const [hit] = new Search(collection, { filter: sameFields(doc, plan.on) }).hits();
    if (hit) whenMatched(collection, hit, doc, plan);
    else if (plan.whenNotMatched === 'insert') collection.insert(toStored(encode(doc)));
    else if (plan.whenNotMatched === 'fail') {
      throw new MongoFault(13113, '$merge could not find a matching document in the target collection');
    }
  }
}

/** Without a unique index one result could meet several documents. */
function checkOn(collection: Collection, on: readonly string[]): void {
  const wanted = [...on].sort().join('\0');
  const served = collection.record.indexes.some(
    ({ unique, partial, key }) =>
      unique &&
      !partial &&
      key
        .map(([path]) => path)
        .sort()
        .join('\0') === wanted,
  );
  if (!served) {
    throw new MongoFault(51183, 'Cannot find index to verify that join fields will be unique');
  }
}

function sameFields(doc: Doc, on: readonly string[]): Doc {
  const filter: Doc = {};
  for (const path of on) filter[path] = { $eq: doc[path] ?? null };
  return filter;
}

function whenMatched(collection: Collection, hit: Hit, doc: Doc, plan: Merge): void {
  const before = decode(hit.bytes);
  if (plan.whenMatched === 'keepExisting') return;
  if (plan.whenMatched === 'fail') {
    throw new MongoFault(CODE.DuplicateKey, `$merge found a matching document in ${collection.ns}`, {
      keyPattern: Object.fromEntries(plan.on.map((path) => [path, 1])),
      keyValue: Object.fromEntries(plan.on.map((path) => [path, doc[path] ?? null])),
    });
  }
  collection.replace(hit.record, hit.bytes, merged(before, doc, plan));
}

function merged(before: Doc, doc: Doc, { whenMatched: how, vars }: Merge): Doc {
  if (how === 'replace') return { _id: before._id, ...doc };
  if (!Array.isArray(how)) return { ...before, ...doc };
  const update = compileUpdate(how, { vars: { ...vars, new: doc } });
  return update.apply(before, { filter: NO_FILTER, inserting: false });
}

/** A pipeline has no positional `$`. */
const NO_FILTER = {
  source: {},
  fields: new Set<string>(),
  collated: false,
  matches: () => true,
  position: () => undefined,
};
