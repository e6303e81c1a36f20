import { CODE, MongoFault } from '../errors.ts';
import type { IndexSpec } from '../index/index.ts';
import { readIndex } from '../store/index-spec.ts';
import { encode } from '../values/decode.ts';
import type { Doc } from '../values/decode.ts';
import { equal } from '../values/compare.ts';
import type { Reply } from '../wire.ts';
import { document, documents, isDoc, target, targetCollection, wholeNumber } from './call.ts';
import type { Call, Command } from './call.ts';
import { sameKeys } from './catalogue.ts';
import { ListSupply } from './cursors.ts';

/** What an index is known by, and what says nothing about its contents. */
const BESIDE_OPTIONS = new Set(['v', 'key', 'name', 'background', 'hidden']);

/** Options besides key and name: two indexes with the same of both must agree in these. */
function optionsOf({ raw }: IndexSpec): Doc {
  const options = Object.entries(raw).filter(([option]) => !BESIDE_OPTIONS.has(option));
  return Object.fromEntries(options.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Whether `wanted` is there already. Throws 85 (same keys under another name, or the same index with other
 * options) and 86 (same name, other keys), as MongoDB does.
 */
function isThere(wanted: IndexSpec, existing: readonly IndexSpec[]): boolean {
  if (wanted.raw.key !== undefined && sameKeys(wanted.raw.key as Doc, { _id: 1 })) return true;
  for (const index of existing) {
    const keys = sameKeys(index.raw.key as Doc, wanted.raw.key as Doc);
    const options = equal(optionsOf(index), optionsOf(wanted));
    if (index.name === wanted.name) {
      if (keys && options) return true;
      throw new MongoFault(
        CODE.IndexKeySpecsConflict,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${JSON.stringify(wanted.raw)}, existing index: ${JSON.stringify(index.raw)}`,
      );
    }
    const distinct = !equal(partialOf(index), partialOf(wanted));
    if (keys && !distinct) {
      throw new MongoFault(
        CODE.IndexOptionsConflict,
        `Index already exists with a different name: ${index.name}`,
      );
    }
  }
  return false;
}

/** Indexes over the same keys may stand beside each other when they cover different documents. */
function partialOf({ raw }: IndexSpec): unknown {
  return [raw.partialFilterExpression ?? null, raw.sparse === true, raw.unique === true];
}

function createIndexes(call: Call): Reply {
  const { store } = call.engine;
  const ns = target(call);
  const given = documents(call.body, 'indexes') ?? [];
  if (given.length === 0) throw new MongoFault(CODE.BadValue, 'Must specify at least one index to create');
  const wanted = given.map(readIndex);
  const created = store.collection(ns) === undefined;
  const before = store.collection(ns)?.record.indexes ?? [];
  const indexes = before.length > 0 ? [...before] : [...store.collectionForWrite(ns).record.indexes];
  const numIndexesBefore = indexes.length;
  for (const spec of wanted) if (!isThere(spec, indexes)) indexes.push(spec);
  const counts = {
    numIndexesBefore,
    numIndexesAfter: indexes.length,
    createdCollectionAutomatically: created,
  };
  if (indexes.length === numIndexesBefore) {
    return { doc: { ...counts, note: 'all indexes already exist', ok: 1 } };
  }
  const collection = store.collectionForWrite(ns);
  for (const spec of indexes.slice(numIndexesBefore)) collection.checkNewIndex(spec);
  store.setIndexes(collection, indexes);
  return { doc: { ...counts, ok: 1 } };
}

function dropIndexes(call: Call): Reply {
  const collection = targetCollection(call);
  if (!collection) throw new MongoFault(CODE.NamespaceNotFound, `ns not found ${target(call)}`);
  const { indexes } = collection.record;
  const gone = named(indexes, call.body.index);
  call.engine.store.setIndexes(
    collection,
    indexes.filter((index) => !gone.includes(index)),
  );
  return { doc: { nIndexesWas: indexes.length, ok: 1 } };
}

/** The indexes that a name, some names, keys or `*` stand for. Throws 27, and 72 for `_id_`. */
function named(indexes: readonly IndexSpec[], wanted: unknown): IndexSpec[] {
  if (wanted === '*') return indexes.filter(({ name }) => name !== '_id_');
  const all: unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  return all.map((one) => {
    const index = indexes.find(({ name, raw }) =>
      isDoc(one) ? sameKeys(raw.key as Doc, one) : name === one,
    );
    if (!index) {
      const what = isDoc(one)
        ? `can't find index with key: ${JSON.stringify(one)}`
        : `index not found with name [${String(one)}]`;
      throw new MongoFault(CODE.IndexNotFound, what);
    }
    if (index.name === '_id_') throw new MongoFault(CODE.InvalidOptions, 'cannot drop _id index');
    return index;
  });
}

function listIndexes(call: Call): Reply {
  const collection = targetCollection(call);
  if (!collection) throw new MongoFault(CODE.NamespaceNotFound, `ns does not exist: ${target(call)}`);
  const batchSize = wholeNumber(document(call.body, 'cursor') ?? {}, 'batchSize', Infinity);
  const list = collection.record.indexes.map(({ raw }) => encode(raw));
  return call.engine.cursors.first(collection.ns, new ListSupply(list), { batchSize });
}

/** Indexes: made, listed, dropped. */
export const indexCommands: Record<string, Command> = {
  createIndexes: {
    writes: true,
    fields: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'],
    run: createIndexes,
  },
  dropIndexes: { writes: true, fields: ['index'], run: dropIndexes },
  deleteIndexes: { writes: true, fields: ['index'], run: dropIndexes },
  listIndexes: {
    writes: false,
    fields: ['cursor', 'includeBuildUUIDs', 'includeIndexBuildInfo'],
    run: listIndexes,
  },
};
