import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'bson';
import type { Document } from 'bson';
import { MongoClient, MongoServerError } from 'mongodb';
import type { Db } from 'mongodb';
import { Server } from '../../../src/adapters/embedded-mongo/server.ts';
import { Store } from '../../../src/adapters/embedded-mongo/store/store.ts';

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
}

export interface Running {
  readonly server: Server;
  readonly store: Store;
  readonly socket: string;
  readonly client: MongoClient;
  readonly db: Db;
  stop(): Promise<void>;
}

/** The engine in this thread (a worker takes most of a second to start), with a client on it. */
export async function runEngine(folder = temporaryFolder()): Promise<Running> {
  // The driver takes a host for a socket's path by its ending.
  const socket = join(folder, 's.sock');
  rmSync(socket, { force: true });
  const store = new Store(join(folder, 'store.mdb'));
  const server = new Server(store);
  await server.listen({ path: socket });
  const client = await MongoClient.connect(`mongodb://${encodeURIComponent(socket)}`, {
    serverSelectionTimeoutMS: 5000,
  });
  const stop = async (): Promise<void> => {
    await client.close();
    await server.close();
    await store.close();
  };
  return { server, store, socket, client, db: client.db('test'), stop };
}

/** The code with which the engine refuses; fails when it does not. */
export async function codeOf(work: Promise<unknown>): Promise<number> {
  return (await faultOf(work)).code as number;
}

export async function faultOf(work: Promise<unknown>): Promise<MongoServerError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof MongoServerError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** A client that speaks bytes. */
export class Bare {
  readonly socket: Socket;
  #received = Buffer.alloc(0);
  closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => (this.#received = Buffer.concat([this.#received, chunk])));
    socket.on('close', () => (this.closed = true));
    socket.on('error', () => (this.closed = true));
  }

  static connect(path: string): Promise<Bare> {
    return new Promise((done) => {
      const socket = connect(path, () => done(new Bare(socket)));
    });
  }

  /** The next whole message; undefined when the connection ends instead. */
  async next(): Promise<Buffer | undefined> {
    for (;;) {
      const length = this.#received.length >= 4 ? this.#received.readInt32LE(0) : Infinity;
      if (this.#received.length >= length) {
        const message = this.#received.subarray(0, length);
        this.#received = this.#received.subarray(length);
        return message;
      }
      if (this.closed) return undefined;
      await new Promise((tick) => setTimeout(tick, 1));
    }
  }

  async nextDocument(): Promise<Document | undefined> {
    const message = await this.next();
    return message && deserialize(message.subarray(message.readInt32LE(12) === 1 ? 36 : 21));
  }
}

export function frame(operation: number, body: Uint8Array, requestId = 7): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + body.length, 0);
  header.writeInt32LE(requestId, 4);
  header.writeInt32LE(operation, 12);
  return Buffer.concat([header, body]);
}

export function message(body: Document | Uint8Array, flags = 0, more: readonly Uint8Array[] = []): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32LE(flags, 0);
  return frame(2013, Buffer.concat([head, body instanceof Uint8Array ? body : serialize(body), ...more]));
}
