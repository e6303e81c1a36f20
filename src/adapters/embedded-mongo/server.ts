import { createServer } from 'node:net';
import type { Server as NetServer, Socket } from 'node:net';
import { checkFields } from './commands/call.ts';
import type { Call, Command, Engine } from './commands/call.ts';
import { Cursors } from './commands/cursors.ts';
import { commandOf } from './commands/index.ts';
import { CODE, MongoFault } from './errors.ts';
import { DiskFull } from './store/room.ts';
import type { Store } from './store/store.ts';
import { encodeReply, Framer, parseMessage, ProtocolBreach, requestIdOf } from './wire.ts';
import type { Reply, Request } from './wire.ts';

/** MongoDB's code for a full disk. */
const OUT_OF_DISK_SPACE = 14031;

/** A command that waits for its turn, and who waits for its answer. */
interface Job {
  readonly call: Call;
  readonly command: Command;
  readonly writes: boolean;
  answer(reply: Reply): void;
}

function faultReply(fault: MongoFault): Reply {
  return {
    doc: { ok: 0, errmsg: fault.message, code: fault.code, codeName: fault.codeName, ...fault.extra },
  };
}

/** LMDB tells of a full disk by errno 5, 27 or 28, depending on who ran out. */
function storageFault(error: unknown): MongoFault {
  if (error instanceof DiskFull) return new MongoFault(OUT_OF_DISK_SPACE, 'the disk of the store is full');
  const message = error instanceof Error ? error.message : String(error);
  const errno = (error as { code?: unknown } | null)?.code;
  if (
    errno === 5 ||
    errno === 27 ||
    errno === 28 ||
    /no space|input\/output|file too large|MDB_MAP_FULL/i.test(message)
  ) {
    return new MongoFault(OUT_OF_DISK_SPACE, `the store could not write to its disk: ${message}`);
  }
  return new MongoFault(CODE.InternalError, message);
}

function runOne({ command, call }: Job): Reply {
  try {
    return command.run(call);
  } catch (error) {
    if (error instanceof MongoFault) return faultReply(error);
    throw error;
  }
}

/**
 * Takes commands in, runs them and answers. All writes that arrived together are one transaction: the sync to
 * disk, by far the dearest part, is paid once for them. Reads run after it and see only what is durable.
 */
export class Server {
  readonly #store: Store;
  readonly #engine: Engine;
  readonly #listeners: NetServer[] = [];
  readonly #sockets = new Set<Socket>();
  #queue: Job[] = [];
  #scheduled = false;
  #connections = 0;

  constructor(store: Store) {
    this.#store = store;
    this.#engine = {
      store,
      cursors: new Cursors(),
      connections: () => this.#sockets.size,
      started: new Date(),
    };
  }

  get engine(): Engine {
    return this.#engine;
  }

  /** Listens on a Unix socket, or on a port of 127.0.0.1 (0: any free one). Returns the port. */
  async listen(where: { path: string } | { port: number }): Promise<number> {
    const listener = createServer((socket) => this.#welcome(socket));
    const options = 'path' in where ? where : { ...where, host: '127.0.0.1' };
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(options, resolve);
    });
    this.#listeners.push(listener);
    const address = listener.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Runs work of the engine itself (the sweep of old documents) in its turn among the clients' writes. */
  submit(work: (engine: Engine) => Reply): Promise<Reply> {
    const command: Command = { writes: true, fields: [], run: () => work(this.#engine) };
    const call: Call = {
      engine: this.#engine,
      name: '',
      db: '',
      body: {},
      documents: undefined,
      connection: 0,
    };
    return new Promise((answer) => this.#push({ call, command, writes: true, answer }));
  }

  /** Ends all connections. What was answered is durable; what was not is not promised. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#listeners.map((one) => new Promise<void>((done) => one.close(() => done()))));
  }

  #welcome(socket: Socket): void {
    const connection = ++this.#connections;
    const framer = new Framer();
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('drain', () => socket.resume());
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const message of framer.push(chunk)) this.#receive(message, socket, connection);
      } catch (error) {
        // Whoever does not speak the protocol cannot be answered in it.
        if (!(error instanceof ProtocolBreach)) throw error;
        socket.destroy();
      }
    });
  }

  #receive(message: Buffer, socket: Socket, connection: number): void {
    let request: Request;
    try {
      request = parseMessage(message);
    } catch (error) {
      if (!(error instanceof MongoFault)) throw error;
      send(socket, encodeReply(requestIdOf(message), false, faultReply(error)));
      return;
    }
    const { requestId, legacy, silent, name, body, documents } = request;
    const db = typeof body.$db === 'string' ? body.$db : 'test';
    this.#enqueue({ engine: this.#engine, name, db, body, documents, connection }, (reply) => {
      if (!silent) send(socket, encodeReply(requestId, legacy, reply));
    });
  }

  #enqueue(call: Call, answer: (reply: Reply) => void): void {
    try {
      const command = commandOf(call);
      checkFields(call, command.fields);
      const writes = typeof command.writes === 'function' ? command.writes(call) : command.writes;
      this.#push({ call, command, writes, answer });
    } catch (error) {
      if (!(error instanceof MongoFault)) throw error;
      answer(faultReply(error));
    }
  }

  #push(job: Job): void {
    this.#queue.push(job);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After this turn's input: whatever has arrived by then joins the same transaction.
    setImmediate(() => this.#drain());
  }

  #drain(): void {
    const jobs = this.#queue;
    this.#queue = [];
    this.#scheduled = false;
    this.#write(jobs.filter(({ writes }) => writes));
    for (const job of jobs) if (!job.writes) job.answer(this.#read(job));
  }

  #read(job: Job): Reply {
    try {
      return runOne(job);
    } catch (error) {
      return faultReply(storageFault(error));
    }
  }

  #write(jobs: readonly Job[]): void {
    if (jobs.length === 0) return;
    let replies: Reply[] = [];
    try {
      this.#store.transaction(() => {
        replies = jobs.map(runOne);
      });
    } catch (error) {
      // Nothing of the batch was kept. One bad command must not take the others with it: each alone, then.
      if (jobs.length > 1) {
        for (const job of jobs) this.#write([job]);
        return;
      }
      replies = [faultReply(storageFault(error))];
    }
    jobs.forEach((job, index) => job.answer(replies[index] as Reply));
  }
}

function send(socket: Socket, parts: readonly Uint8Array[]): void {
  if (socket.destroyed) return;
  socket.cork();
  for (const part of parts) socket.write(part);
  socket.uncork();
  // A client that does not read gets no further work done.
  if (socket.writableNeedDrain) socket.pause();
}
