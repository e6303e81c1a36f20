import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';

const USUAL_PORT = 7272;
const TRIES = 50;

export interface Listening {
  readonly server: Server;
  readonly port: number;
  /** Hands every request from now on to the application. */
  readonly takeOver: (application: RequestListener) => void;
  /** Set where the usual port was taken by someone else. */
  readonly insteadOf: number | null;
}

/** The port that was asked for is taken, or may not be used. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

/** Listens on the port asked for, else on 7272 or the next free one. Answers 503 until somebody takes over. */
export async function listen(host: string, port: number | null): Promise<Listening> {
  const first = port ?? USUAL_PORT;
  const last = port ?? USUAL_PORT + TRIES;
  for (let candidate = first; candidate <= last; candidate += 1) {
    const server = createServer(notYet);
    const failure = await bound(server, host, candidate);
    if (!failure) {
      return {
        server,
        port: portOf(server),
        insteadOf: candidate === first ? null : first,
        takeOver: (application) => void server.off('request', notYet).on('request', application),
      };
    }
    if (failure.code !== 'EADDRINUSE' || port !== null)
      throw new CannotListen(reasonOf(failure, host, candidate));
  }
  throw new CannotListen(`No port between ${first} and ${last} is free. Set PORT to one that is.`);
}

const SOON_SECONDS = 2;

/** What came before the store was open is told so at once; a browser looks again by itself. */
const notYet: RequestListener = (_request, response) => {
  response.writeHead(503, {
    'content-type': 'text/html; charset=utf-8',
    'retry-after': String(SOON_SECONDS),
    refresh: String(SOON_SECONDS),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'",
  });
  response.end('<!doctype html><title>Tocsin</title><p>Tocsin is starting. This page looks again by itself.');
};

async function bound(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
    return null;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function reasonOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Set PORT to a free one, or leave it out.`;
  if (code === 'EACCES')
    return `Port ${port} needs rights that this user does not have. Set PORT to one above 1023.`;
  return `Cannot listen on ${host}, port ${port}: ${message}`;
}
