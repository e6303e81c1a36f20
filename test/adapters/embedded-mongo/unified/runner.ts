import { MongoBulkWriteError, MongoClient, MongoServerError } from 'mongodb';
import type { Collection, Db } from 'mongodb';
import type { CollectionData, ExpectedError, Operation, TestCase, TestFile } from './format.ts';
import { checkMatch } from './match.ts';
import { runOperation } from './operations.ts';

/** Runs one test of a unified file against a server, through the official driver. Throws when it fails. */
export async function runTest(uri: string, file: TestFile, test: TestCase): Promise<void> {
  const entities = new Entities(uri, file);
  try {
    for (const data of file.initialData ?? []) await entities.fill(data);
    for (const operation of test.operations) await runStep(entities.target(operation.object), operation);
    for (const data of test.outcome ?? []) await entities.check(data);
  } finally {
    await entities.close();
  }
}

class Entities {
  private readonly clients = new Map<string, MongoClient>();
  private readonly targets = new Map<string, Collection | Db>();
  private readonly own: MongoClient;

  constructor(uri: string, { createEntities }: TestFile) {
    this.own = new MongoClient(uri);
    for (const { client, database, collection } of createEntities) {
      if (client) this.clients.set(client.id, new MongoClient(uri, client.uriOptions ?? {}));
      if (database) {
        const holder = this.clients.get(database.client);
        if (holder) this.targets.set(database.id, holder.db(database.databaseName));
      }
      if (collection) {
        const db = this.targets.get(collection.database) as Db;
        this.targets.set(
          collection.id,
          db.collection(collection.collectionName, collection.collectionOptions),
        );
      }
    }
  }

  target(id: string): Collection | Db {
    const target = this.targets.get(id);
    if (!target) throw new Error(`the runner does not know the entity ${id}`);
    return target;
  }

  async fill({ databaseName, collectionName, documents, createOptions = {} }: CollectionData): Promise<void> {
    const db = this.own.db(databaseName);
    await db.dropCollection(collectionName);
    await db.createCollection(collectionName, createOptions);
    if (documents.length > 0)
      await db.collection(collectionName).insertMany(documents.map((doc) => ({ ...doc })));
  }

  async check({ databaseName, collectionName, documents }: CollectionData): Promise<void> {
    const found = await this.own
      .db(databaseName)
      .collection(collectionName)
      .find()
      .sort({ _id: 1 })
      .toArray();
    checkMatch(documents, found, collectionName, false);
  }

  async close(): Promise<void> {
    await Promise.all([this.own, ...this.clients.values()].map((client) => client.close()));
  }
}

async function runStep(target: Collection | Db, operation: Operation): Promise<void> {
  let result: unknown;
  try {
    result = await runOperation(target, operation);
  } catch (error) {
    if (!operation.expectError) throw error;
    checkError(operation.expectError, error);
    return;
  }
  if (operation.expectError) throw new Error(`${operation.name}: expected an error`);
  if ('expectResult' in operation) checkMatch(operation.expectResult, result);
}

function checkError(expected: ExpectedError, error: unknown): void {
  if (!(error instanceof Error)) throw error;
  const server = error instanceof MongoServerError ? error : undefined;
  if (expected.isClientError !== undefined && expected.isClientError !== !server) throw error;
  if (expected.errorCode !== undefined && server?.code !== expected.errorCode) throw error;
  if (expected.errorCodeName !== undefined && server?.codeName !== expected.errorCodeName) throw error;
  if (expected.errorContains && !error.message.toLowerCase().includes(expected.errorContains.toLowerCase()))
    throw error;
  if (expected.errorResponse) checkMatch(expected.errorResponse, server?.errorResponse, 'errorResponse');
  if (expected.expectResult === undefined) return;
  const partial = error instanceof MongoBulkWriteError ? error.result : undefined;
  checkMatch(expected.expectResult, partial);
}
