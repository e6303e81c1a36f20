import { CODE, MongoFault } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { checkDatabase, namespace, splitNamespace } from '../store/namespace.ts';
import type { Collection } from '../store/collection.ts';
import type { Doc } from '../values/decode.ts';
import type { Reply } from '../wire.ts';
import { document, flag, OK, targetCollection, text } from './call.ts';
import type { Call, Command } from './call.ts';

interface Sizes {
  count: number;
  size: number;
  indexes: number;
}

function sizesOf(collections: readonly Collection[]): Sizes {
  const sizes = { count: 0, size: 0, indexes: 0 };
  for (const collection of collections) {
    sizes.count += collection.count;
    sizes.indexes += collection.record.indexes.length;
    for (const [, bytes] of collection.range()) sizes.size += bytes.length;
  }
  return sizes;
}

function listDatabases({ engine: { store }, body }: Call): Reply {
  const nameOnly = flag(body, 'nameOnly');
  const filter = compileFilter(document(body, 'filter') ?? {});
  const databases: Doc[] = store
    .databases()
    .map((name) => {
      // Names alone are asked for often; the figures read every document.
      if (nameOnly) return { name };
      const { size, count } = sizesOf(store.collections(name));
      return { name, sizeOnDisk: size, empty: count === 0 };
    })
    .filter((entry) => filter.matches(entry));
  if (nameOnly) return { doc: { databases: databases.map(({ name }) => ({ name })), ok: 1 } };
  return {
    doc: { databases, totalSize: store.size(), totalSizeMb: Math.floor(store.size() / 2 ** 20), ok: 1 },
  };
}

function dropDatabase({ engine: { store }, db }: Call): Reply {
  checkDatabase(db);
  const collections = store.collections(db);
  for (const collection of collections) store.drop(collection);
  return { doc: collections.length > 0 ? { dropped: db, ok: 1 } : { ok: 1 } };
}

function dbStats({ engine: { store }, db }: Call): Reply {
  const collections = store.collections(db);
  const { count, size, indexes } = sizesOf(collections);
  const doc = {
    db,
    collections: collections.length,
    views: 0,
    objects: count,
    avgObjSize: count === 0 ? 0 : size / count,
    dataSize: size,
    storageSize: size,
    indexes,
    indexSize: 0,
    totalSize: size,
    scaleFactor: 1,
    ok: 1,
  };
  return { doc };
}

/** Sizes and indexes of one collection, as `collStats` and `$collStats` give them. */
export function collStats(call: Call): { doc: Doc } {
  const ns = `${call.db}.${String(call.body[call.name])}`;
  const collection = targetCollection(call);
  const { count, size } = sizesOf(collection ? [collection] : []);
  const names = collection?.record.indexes.map(({ name }) => name) ?? [];
  const doc = {
    ns,
    size,
    count,
    avgObjSize: count === 0 ? 0 : size / count,
    storageSize: size,
    totalSize: size,
    freeStorageSize: 0,
    capped: false,
    nindexes: names.length,
    indexSizes: Object.fromEntries(names.map((name) => [name, 0])),
    totalIndexSize: 0,
    scaleFactor: 1,
    ok: 1,
  };
  return { doc };
}

/** `{renameCollection: 'db.a', to: 'db.b', dropTarget}`, sent to the database `admin`. */
function renameCollection({ engine: { store }, body }: Call): Reply {
  const from = store.collection(text(body, 'renameCollection'));
  const [db, name] = splitNamespace(text(body, 'to'));
  const to = namespace(db, name);
  if (!from)
    throw new MongoFault(
      CODE.NamespaceNotFound,
      `Source collection ${text(body, 'renameCollection')} does not exist`,
    );
  if (store.collection(to) && !flag(body, 'dropTarget')) {
    throw new MongoFault(CODE.NamespaceExists, 'target namespace exists');
  }
  if (from.ns !== to) store.rename(from, to);
  return OK;
}

/** Whole databases and their figures. */
export const adminCommands: Record<string, Command> = {
  listDatabases: {
    writes: false,
    fields: ['filter', 'nameOnly', 'authorizedDatabases'],
    run: listDatabases,
  },
  dropDatabase: { writes: true, fields: [], run: dropDatabase },
  renameCollection: { writes: true, fields: ['to', 'dropTarget'], run: renameCollection },
  dbStats: { writes: false, fields: ['scale', 'freeStorage'], run: dbStats },
  dbstats: { writes: false, fields: ['scale', 'freeStorage'], run: dbStats },
  collStats: { writes: false, fields: ['scale'], run: collStats },
};
