import { Binary } from 'bson';
import { CODE, MongoFault } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { splitNamespace } from '../store/namespace.ts';
import type { Collection } from '../store/collection.ts';
import { encode } from '../values/decode.ts';
import type { Doc } from '../values/decode.ts';
import type { Reply } from '../wire.ts';
import {
  document,
  flag,
  isNumeric,
  notImplemented,
  OK,
  refuse,
  target,
  targetCollection,
  toNumber,
  wholeNumber,
} from './call.ts';
import type { Call, Command } from './call.ts';
import { ListSupply } from './cursors.ts';
import { readIndex } from '../store/index-spec.ts';

/** What `create` may ask for and this store does not build. */
const REFUSED_OPTIONS = [
  'capped',
  'timeseries',
  'clusteredIndex',
  'viewOn',
  'pipeline',
  'validator',
  'encryptedFields',
  'changeStreamPreAndPostImages',
  'expireAfterSeconds',
] as const;

/** Options that say something about MongoDB's own storage; they are accepted and mean nothing here. */
const IDLE_OPTIONS = [
  'validationLevel',
  'validationAction',
  'storageEngine',
  'indexOptionDefaults',
  'flags',
  'size',
  'max',
  'autoIndexId',
  'idIndex',
  'temp',
  'writeConcern',
];

function create(call: Call): Reply {
  const { store } = call.engine;
  const ns = target(call);
  refuse('create', call.body, REFUSED_OPTIONS);
  const collation = document(call.body, 'collation');
  if (collation && collation.locale !== 'simple') throw notImplemented('a collection with a collation');
  // With the same options again it is no error: there are no others.
  if (!store.collection(ns)) store.create(ns, {});
  return OK;
}

function drop(call: Call): Reply {
  const collection = targetCollection(call);
  if (!collection) return OK;
  call.engine.store.drop(collection);
  return { doc: { nIndexesWas: collection.record.indexes.length, ns: collection.ns, ok: 1 } };
}

function describe(collection: Collection): Doc {
  const { uuid, options } = collection.record;
  return {
    name: splitNamespace(collection.ns)[1],
    type: 'collection',
    options,
    info: { readOnly: false, uuid: new Binary(uuid, Binary.SUBTYPE_UUID) },
    idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
  };
}

function listCollections({ engine, db, body }: Call): Reply {
  const filter = compileFilter(document(body, 'filter') ?? {});
  const nameOnly = flag(body, 'nameOnly');
  const found = engine.store
    .collections(db)
    .map(describe)
    .filter((entry) => filter.matches(entry))
    .map((entry) => encode(nameOnly ? { name: entry.name, type: entry.type } : entry));
  const batchSize = wholeNumber(document(body, 'cursor') ?? {}, 'batchSize', Infinity);
  return engine.cursors.first(`${db}.$cmd.listCollections`, new ListSupply(found), { batchSize });
}

/** Hides or shows an index, or changes its time to live. Everything else of collMod is refused. */
function collMod(call: Call): Reply {
  const collection = targetCollection(call);
  if (!collection) throw new MongoFault(CODE.NamespaceNotFound, `ns does not exist: ${target(call)}`);
  refuse('collMod', call.body, [
    'validator',
    'viewOn',
    'pipeline',
    'timeseries',
    'cappedSize',
    'cappedMax',
    'expireAfterSeconds',
    'changeStreamPreAndPostImages',
  ]);
  const change = document(call.body, 'index');
  if (!change) return OK;
  const index = collection.record.indexes.find(({ name, raw }) =>
    change.name === undefined
      ? sameKeys(raw.key as Doc, document(change, 'keyPattern'))
      : name === change.name,
  );
  if (!index)
    throw new MongoFault(
      CODE.IndexNotFound,
      `cannot find index ${String(change.name)} for ns ${collection.ns}`,
    );
  refuse('collMod.index', change, ['unique', 'prepareUnique']);
  const { raw, reply } = changed(index.raw, change);
  const indexes = collection.record.indexes.map((each) => (each === index ? readIndex(raw) : each));
  call.engine.store.setIndexes(collection, indexes);
  return { doc: { ...reply, ok: 1 } };
}

function changed(before: Doc, change: Doc): { raw: Doc; reply: Doc } {
  const { hidden, ...raw } = before;
  const reply: Doc = {};
  let hide = hidden === true;
  if (change.hidden !== undefined) {
    if (before.name === '_id_') throw new MongoFault(CODE.BadValue, "can't hide _id index");
    reply.hidden_old = hide;
    hide = flag(change, 'hidden');
    reply.hidden_new = hide;
  }
  if (change.expireAfterSeconds !== undefined) {
    if (!isNumeric(change.expireAfterSeconds))
      throw new MongoFault(CODE.TypeMismatch, 'expireAfterSeconds must be a number');
    if (isNumeric(before.expireAfterSeconds)) reply.expireAfterSeconds_old = before.expireAfterSeconds;
    raw.expireAfterSeconds = toNumber(change.expireAfterSeconds);
    reply.expireAfterSeconds_new = raw.expireAfterSeconds;
  }
  return { raw: hide ? { ...raw, hidden: true } : raw, reply };
}

export function sameKeys(a: Doc, b: Doc | undefined): boolean {
  if (!b) return false;
  const show = (keys: Doc): string =>
    JSON.stringify(
      Object.entries(keys).map(([path, way]) => [path, isNumeric(way) ? Math.sign(toNumber(way)) : way]),
    );
  return show(a) === show(b);
}

/** Collections: made, listed, changed, dropped. */
export const catalogueCommands: Record<string, Command> = {
  create: { writes: true, fields: [...REFUSED_OPTIONS, ...IDLE_OPTIONS, 'collation'], run: create },
  drop: { writes: true, fields: [], run: drop },
  listCollections: {
    writes: false,
    fields: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
    run: listCollections,
  },
  collMod: {
    writes: true,
    fields: [
      'index',
      'validator',
      'validationLevel',
      'validationAction',
      'viewOn',
      'pipeline',
      'timeseries',
      'cappedSize',
      'cappedMax',
      'expireAfterSeconds',
      'changeStreamPreAndPostImages',
    ],
    run: collMod,
  },
};
