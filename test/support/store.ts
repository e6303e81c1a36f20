import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openVault, type Vault } from '../../src/adapters/crypto/index.ts';
import { startEmbeddedMongo } from '../../src/adapters/embedded-mongo/start.ts';
import { connect, openStores, type Mongo, type Stores } from '../../src/adapters/mongo/index.ts';
import { collectShapes, unserved, type Shape } from './served.ts';

/** What a suite finds in its `before` hooks and tests; not before. */
export interface StoreUnderTest {
  readonly uri: string;
  readonly database: string;
  readonly mongo: Mongo;
  readonly stores: Stores;
  readonly vault: Vault;
  /** Every filter that went to the store so far. */
  readonly shapes: () => readonly Shape[];
}

/** One server for all suites of the process: MONGODB_URI if it is set, else the embedded engine in a temporary folder. */
let server: Promise<{ readonly uri: string; readonly close: () => Promise<void> }> | undefined;

async function startServer(): Promise<{ readonly uri: string; readonly close: () => Promise<void> }> {
  const given = process.env['MONGODB_URI'];
  if (given) return { uri: given, close: () => Promise.resolve() };
  const path = await mkdtemp(join(tmpdir(), 'tocsin-test-'));
  const engine = await startEmbeddedMongo({ path });
  process.once('exit', () => rmSync(path, { recursive: true, force: true }));
  return {
    uri: engine.uri,
    close: () => engine.close(),
  };
}

// Stands outside every suite, so Mocha runs it when all of them are done. Where Mocha hands files to processes of its
// own, it runs after the first file already, and such a process ends without asking: its folder goes with it.
if (process.env['MOCHA_WORKER_ID'] === undefined)
  after(async () => {
    await (await server)?.close();
  });

/**
 * Gives the suite a fresh database with all indexes, admitted under a random master key. When the suite is done,
 * every filter that it sent must have been served by an index.
 */
export function withStore(): StoreUnderTest {
  let open: StoreUnderTest | undefined;

  before(async () => {
    server ??= startServer();
    const { uri } = await server;
    const database = `tocsin_test_${randomBytes(6).toString('hex')}`;
    const mongo = await connect({ uri, database, monitorCommands: true });
    await mongo.ensureIndexes();
    const vault = await openVault({ dataFolder: '/nowhere', key: randomBytes(32).toString('base64') });
    const stores = openStores(mongo, vault);
    await stores.installation.admit();
    open = { uri, database, mongo, stores, vault, shapes: collectShapes(mongo.connection) };
  });

  after(async () => {
    if (!open) return;
    const { mongo, shapes } = open;
    try {
      const faults = await unserved(mongo.connection, shapes());
      if (faults.length > 0) throw new Error(`No index serves these filters:\n${faults.join('\n')}`);
    } finally {
      await mongo.connection.dropDatabase();
      await mongo.close();
    }
  });

  const current = (): StoreUnderTest => {
    if (!open) throw new Error('The store opens in the hooks of the suite: use it in tests and hooks only.');
    return open;
  };
  return {
    get uri() {
      return current().uri;
    },
    get database() {
      return current().database;
    },
    get mongo() {
      return current().mongo;
    },
    get stores() {
      return current().stores;
    },
    get vault() {
      return current().vault;
    },
    shapes: () => current().shapes(),
  };
}
