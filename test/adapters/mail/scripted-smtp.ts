import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What a server says to each command; `cut` hangs up instead. What is not in it is answered as a server should. */
export type Script = Readonly<Record<string, string>>;
export const CUT = 'cut';

/** Runs `use` against a server that keeps to a script, on a port of its own. */
export async function withScripted<T>(script: Script, use: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((socket) => new Scripted(socket, script).greet());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

const USUAL: Script = { greeting: '220 ready', DATA: '354 go on', body: '250 queued', QUIT: '221 bye' };

class Scripted {
  private readonly socket: Socket;
  private readonly script: Script;
  private heard = '';
  private inBody = false;

  constructor(socket: Socket, script: Script) {
    this.socket = socket;
    this.script = script;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => this.hear(chunk.toString('latin1')));
  }

  greet(): void {
    this.say('greeting');
  }

  private hear(said: string): void {
    this.heard += said;
    for (let next = this.next(); next !== null; next = this.next()) this.say(next);
  }

  /** The next command that was heard to its end, or `body`. */
  private next(): string | null {
    const end = this.inBody ? '\r\n.\r\n' : '\r\n';
    // A mail of nothing but its end.
    const at = this.inBody && this.heard.startsWith('.\r\n') ? -2 : this.heard.indexOf(end);
    if (at === -1) {
      if (this.inBody && this.script['bodyBegins'] && this.heard !== '') return 'bodyBegins';
      return null;
    }
    const command = this.inBody ? 'body' : (/^\w+/.exec(this.heard)?.[0].toUpperCase() ?? '');
    this.heard = this.heard.slice(at + end.length);
    this.inBody = false;
    return command;
  }

  private say(what: string): void {
    const answer = this.script[what] ?? USUAL[what] ?? '250 ok';
    if (answer === CUT) {
      this.socket.destroy();
      this.heard = '';
      return;
    }
    this.inBody = what === 'DATA' && /^[23]/.test(answer);
    this.socket.write(`${answer}\r\n`);
    if (answer.startsWith('421')) this.socket.end();
  }
}
