import type { Connection, ConnectOptions } from 'mongoose';
import { defineModels, ensureIndexes, type Models } from './models.ts';
import { mongoose } from './settings.ts';

/** The store does not answer; the message says where it was looked for, without a password. */
export class StoreUnreachable extends Error {
  override readonly name = 'StoreUnreachable';

  constructor(uri: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The store at ${withoutPassword(uri)} does not answer: ${reason}`, { cause });
  }
}

/** An open connection to the store, with its collections. `connection.getClient()` serves sessions, jobs and limits. */
export interface Mongo {
  readonly connection: Connection;
  readonly models: Models;
  /** Makes the indexes that are not there yet; call it once at start. */
  ensureIndexes(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreAddress {
  /** mongodb://… or mongodb+srv://…; a Unix socket is percent-encoded in the place of the host. */
  readonly uri: string;
  /** The database; without it the one that the URI names, else `tocsin`. */
  readonly database?: string;
  /** How long to wait for the store before giving up, in milliseconds. */
  readonly patience?: number;
  /** Lets listeners on the client see every command. */
  readonly monitorCommands?: boolean;
}

/** Connects to the store. @throws StoreUnreachable */
export async function connect(to: StoreAddress): Promise<Mongo> {
  const database = to.database ?? databaseIn(to.uri) ?? 'tocsin';
  const options: ConnectOptions = {
    dbName: database,
    serverSelectionTimeoutMS: to.patience ?? 10_000,
    monitorCommands: to.monitorCommands ?? false,
    // What was acknowledged must outlive the machine: a standalone mongod would else answer before its journal is written.
    writeConcern: { w: 'majority', journal: true },
    appName: 'tocsin',
  };
  const connection = mongoose.createConnection();
  try {
    await connection.openUri(to.uri, options);
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw new StoreUnreachable(to.uri, error);
  }
  const models = defineModels(connection);
  return {
    connection,
    models,
    ensureIndexes: () => ensureIndexes(models),
    close: () => connection.close(),
  };
}

function databaseIn(uri: string): string | null {
  const name = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
  return name === undefined ? null : decodeURIComponent(name);
}

function withoutPassword(uri: string): string {
  return uri.replace(/^([a-z+]+:\/\/[^:@/]*):[^@/]*@/, '$1:…@');
}
