import type { AnyBulkWriteOperation, Collection, Db, Document } from 'mongodb';
import type { Fields, Operation } from './format.ts';

type Given = Record<string, never>;

/** Runs an operation of a unified test through the driver; the result in the form that the tests describe. */
export function runOperation(target: Collection | Db, operation: Operation): Promise<unknown> {
  const { name, arguments: given = {} } = operation;
  const table: Readonly<Record<string, unknown>> = 'collectionName' in target ? ON_COLLECTION : ON_DATABASE;
  const run = table[name] as ((target: Collection | Db, given: Fields) => Promise<unknown>) | undefined;
  if (!run) throw new Error(`the runner does not know the operation ${name}`);
  return run(target, given);
}

function split<T extends string>(given: Given, ...names: T[]): { options: Document } & Record<T, never> {
  const taken = Object.fromEntries(names.map((name) => [name, given[name]]));
  const options = Object.fromEntries(
    Object.entries(given).filter(([name]) => !(names as string[]).includes(name)),
  );
  return { ...taken, options } as unknown as { options: Document } & Record<T, never>;
}

const ON_COLLECTION = {
  find(collection: Collection, given: Given) {
    const { filter, options } = split(given, 'filter');
    return collection.find(filter, options).toArray();
  },
  findOne(collection: Collection, given: Given) {
    const { filter, options } = split(given, 'filter');
    return collection.findOne(filter, options);
  },
  aggregate(collection: Collection, given: Given) {
    const { pipeline, options } = split(given, 'pipeline');
    return collection.aggregate(pipeline, options).toArray();
  },
  countDocuments(collection: Collection, given: Given) {
    const { filter, options } = split(given, 'filter');
    return collection.countDocuments(filter, options);
  },
  count(collection: Collection, given: Given) {
    const { filter, options } = split(given, 'filter');
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the old command must answer, too
    return collection.count(filter, options);
  },
  estimatedDocumentCount(collection: Collection, given: Given) {
    return collection.estimatedDocumentCount(given);
  },
  distinct(collection: Collection, given: Given) {
    const { fieldName, filter, options } = split(given, 'fieldName', 'filter');
    return collection.distinct(fieldName, filter, options);
  },
  createIndex(collection: Collection, given: Given) {
    const { keys, options } = split(given, 'keys');
    return collection.createIndexes([{ key: keys, ...options }]);
  },
  insertOne(collection: Collection, given: Given) {
    const { document, options } = split(given, 'document');
    return collection.insertOne(document, options);
  },
  insertMany(collection: Collection, given: Given) {
    const { documents, options } = split(given, 'documents');
    return collection.insertMany(documents, options);
  },
  updateOne(collection: Collection, given: Given) {
    const { filter, update, options } = split(given, 'filter', 'update');
    return collection.updateOne(filter, update, options);
  },
  updateMany(collection: Collection, given: Given) {
    const { filter, update, options } = split(given, 'filter', 'update');
    return collection.updateMany(filter, update, options);
  },
  replaceOne(collection: Collection, given: Given) {
    const { filter, replacement, options } = split(given, 'filter', 'replacement');
    return collection.replaceOne(filter, replacement, options);
  },
  deleteOne(collection: Collection, given: Given) {
    const { filter, options } = split(given, 'filter');
    return collection.deleteOne(filter, options);
  },
  deleteMany(collection: Collection, given: Given) {
    const { filter, options } = split(given, 'filter');
    return collection.deleteMany(filter, options);
  },
  findOneAndUpdate(collection: Collection, given: Given) {
    const { filter, update, options } = split(given, 'filter', 'update');
    return collection.findOneAndUpdate(filter, update, modifying(options));
  },
  findOneAndReplace(collection: Collection, given: Given) {
    const { filter, replacement, options } = split(given, 'filter', 'replacement');
    return collection.findOneAndReplace(filter, replacement, modifying(options));
  },
  findOneAndDelete(collection: Collection, given: Given) {
    const { filter, options } = split(given, 'filter');
    return collection.findOneAndDelete(filter, options);
  },
  bulkWrite(collection: Collection, given: Given) {
    const { requests, options } = split(given, 'requests');
    return collection.bulkWrite(requests as AnyBulkWriteOperation[], options);
  },
};

/** The tests write `Before` and `After`. */
function modifying(options: Document): Document {
  const when = options['returnDocument'] as string | undefined;
  return when === undefined ? options : { ...options, returnDocument: when.toLowerCase() };
}

const ON_DATABASE = {
  aggregate(db: Db, given: Given) {
    const { pipeline, options } = split(given, 'pipeline');
    return db.aggregate(pipeline, options).toArray();
  },
  createCollection(db: Db, given: Given) {
    const { collection, options } = split(given, 'collection');
    return db.createCollection(collection, options);
  },
  dropCollection(db: Db, given: Given) {
    return db.dropCollection(given['collection'] as unknown as string);
  },
  runCommand(db: Db, given: Given) {
    return db.command(given['command'] as unknown as Document);
  },
};
