import { chmodSync, rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { Server } from './server.ts';
import { Store } from './store/store.ts';
import { sweepExpired } from './ttl.ts';

/** What the starting thread asks for. */
export interface Orders {
  readonly file: string;
  /** Unix socket to listen on; undefined where there is none (Windows). */
  readonly socket: string | undefined;
  /** Port of 127.0.0.1 to listen on, 0 for any free one; undefined: none. */
  readonly port: number | undefined;
  /** Seconds between two sweeps of TTL indexes. */
  readonly sweepSeconds: number;
}

/** What it answers when it is ready, and when it has closed. */
export type News = { readonly ready: true; readonly port: number } | { readonly closed: true };

const port = parentPort;
if (!port) throw new Error('the engine runs in a worker thread');

const orders = workerData as Orders;
const store = new Store(orders.file);
const server = new Server(store);

if (orders.socket !== undefined) {
  // A socket without listener is what a killed process leaves; the lock says that nobody else is here.
  rmSync(orders.socket, { force: true });
  await server.listen({ path: orders.socket });
  chmodSync(orders.socket, 0o600);
}
const tcp = orders.port === undefined ? 0 : await server.listen({ port: orders.port });

let sweeping: Promise<void> = Promise.resolve();
const sweep = setInterval(() => {
  sweeping = sweeping.then(() => sweepExpired(server, new Date()));
}, orders.sweepSeconds * 1000);

port.on('message', () => {
  clearInterval(sweep);
  void sweeping
    .then(() => server.close())
    .then(() => store.close())
    .then(() => {
      port.postMessage({ closed: true } satisfies News);
      port.close();
    });
});

port.postMessage({ ready: true, port: tcp } satisfies News);
