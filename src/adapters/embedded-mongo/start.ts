import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { holderOf, Lock, StoreHeld } from './lock.ts';
import type { News, Orders } from './worker.ts';

export { holderOf, StoreHeld };
export type { Holder } from './lock.ts';

export interface EngineOptions {
  /** The data folder; made when it is not there. */
  readonly path: string;
  /** Also listen on this port of 127.0.0.1 (0: any free one). Every local user can connect to it. */
  readonly port?: number;
  /** Seconds between two sweeps of TTL indexes; 60 as in MongoDB. */
  readonly sweepSeconds?: number;
  /** Called when the engine dies without being asked to. Default: the error ends the program, uncaught. */
  readonly onDeath?: (error: Error) => void;
}

export interface RunningEngine {
  /** A connection string for any MongoDB driver: the port if one was asked for, else the Unix socket. */
  readonly uri: string;
  /** The process that holds the folder. */
  readonly pid: number;
  /** Stops answering, closes the file and gives the folder free; after `joinEmbeddedMongo` it may do nothing. */
  close(): Promise<void>;
}

/** The longest path that every system takes for a Unix socket. */
const LONGEST_SOCKET_PATH = 100;

/** The socket stands in the data folder; where that path is too long, in a folder of ours under the temporary one. */
function socketIn(path: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  const socket = join(path, 'store.sock');
  if (Buffer.byteLength(socket) <= LONGEST_SOCKET_PATH) return socket;
  const folder = join(tmpdir(), `embedded-mongo-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${createHash('sha256').update(path).digest('hex').slice(0, 16)}.sock`);
}

function endProgram(error: Error): void {
  process.nextTick(() => {
    throw error;
  });
}

/**
 * The worker runs the file beside this one: compiled, or TypeScript. The latter needs tsx in the worker too,
 * which does not inherit it from this thread.
 */
function spawn(workerData: Orders): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./worker.js', import.meta.url), { workerData });
  }
  // Mocha loads TypeScript by require, and there `import.meta.resolve` does not exist.
  const api = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const tsx = JSON.stringify(pathToFileURL(api).href);
  const file = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
  const code = `import(${tsx}).then(({ register }) => { register(); return import(${file}); })`;
  return new Worker(code, { eval: true, workerData });
}

/**
 * Starts the engine on a data folder, in a worker thread, and waits until it listens.
 * Throws StoreHeld when another process has the folder.
 */
export async function startEmbeddedMongo(options: EngineOptions): Promise<RunningEngine> {
  const path = resolve(options.path);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const lock = await Lock.take(path);
  const socket = socketIn(path);
  const port = options.port ?? (socket === undefined ? 0 : undefined);
  const { sweepSeconds = 60, onDeath = endProgram } = options;
  const worker = spawn({ file: join(path, 'store.mdb'), socket, port, sweepSeconds });
  try {
    const listening = await readiness(worker);
    const uri =
      port === undefined
        ? `mongodb://${encodeURIComponent(socket ?? '')}`
        : `mongodb://127.0.0.1:${listening}`;
    lock.announce({ uri, ...(socket !== undefined && { socket }) });
    const watch = guard(worker, lock, onDeath);
    return { uri, pid: process.pid, close: () => closeWorker(worker, lock, socket, watch) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** How long a process that holds a folder may take until it listens. */
const START_LIMIT_MS = 15_000;

/**
 * The engine of a data folder, whoever runs it: the process that holds the folder, or else this one.
 * Throws StoreHeld when the holder does not listen within 15 seconds.
 */
export async function joinEmbeddedMongo(options: EngineOptions): Promise<RunningEngine> {
  const path = resolve(options.path);
  const end = performance.now() + START_LIMIT_MS;
  for (;;) {
    const holder = await holderOf(path);
    if (holder?.uri !== undefined)
      return { uri: holder.uri, pid: holder.pid, close: () => Promise.resolve() };
    try {
      return await startEmbeddedMongo(options);
    } catch (error) {
      if (!(error instanceof StoreHeld) || performance.now() > end) throw error;
      await sleep(100);
    }
  }
}

/** The port that the worker listens on, once it is ready. */
function readiness(worker: Worker): Promise<number> {
  return new Promise((settle, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(new Error(`the store's engine ended while starting (exit code ${code})`)),
    );
    worker.once('message', (news: News) => {
      worker.removeAllListeners();
      if ('ready' in news) settle(news.port);
    });
  });
}

interface Watch {
  closing: boolean;
}

/** A store that is gone must not go unnoticed: what relies on it would only see its connections fail. */
function guard(worker: Worker, lock: Lock, onDeath: (error: Error) => void): Watch {
  const watch: Watch = { closing: false };
  let cause: Error | undefined;
  worker.on('error', (error: Error) => {
    cause = error;
  });
  worker.on('exit', (code) => {
    if (watch.closing) return;
    lock.release();
    onDeath(new Error(`the store's engine died (exit code ${code})`, { cause }));
  });
  return watch;
}

async function closeWorker(
  worker: Worker,
  lock: Lock,
  socket: string | undefined,
  watch: Watch,
): Promise<void> {
  if (watch.closing) return;
  watch.closing = true;
  const ended = new Promise<void>((done) => worker.once('exit', () => done()));
  worker.postMessage('close');
  await ended;
  if (socket !== undefined) rmSync(socket, { force: true });
  lock.release();
}
