/**
 * How many people a second a worker writes to by a SendGrid on the loopback, and how many bare HTTP posts of the very same
 * bodies reach in the same run; and whether the worker's memory stays flat. The worker is the program itself in a
 * process of its own, on a store whose engine runs here; the posts are made by a process of their own as well.
 *
 * node --import tsx scripts/bench/dispatch.ts [--people 100000]
 */
import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startDispatch } from '../../src/application/people/dispatch.ts';
import { startEmbeddedMongo } from '../../src/adapters/embedded-mongo/start.ts';
import { hire, PASSWORD } from '../../src/main/demo/cast.ts';
import { readConfiguration } from '../../src/main/configuration.ts';
import { openHouse } from '../../src/main/open-house.ts';
import { approveLetterTo, crowd } from '../../test/support/approved-letter.ts';
import { good } from '../../test/support/breach.ts';
import { start } from '../../test/support/program.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '100000' },
    bare: { type: 'string' },
    to: { type: 'string' },
  },
});
const PEOPLE = Number(values.people);
/** Posts under way at once: as many as the worker has lanes. */
const AT_ONCE = 4;
const THIS = fileURLToPath(import.meta.url);

/** Takes what comes, as SendGrid would; keeps the bodies to post them again. */
class Loopback {
  readonly bodies: Buffer[] = [];
  first = 0;
  last = 0;
  calls = 0;
  keeps = true;
  readonly server: Server = createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    if (this.first === 0) this.first = performance.now();
    incoming.on('data', (piece: Buffer) => {
      if (this.keeps) pieces.push(piece);
    });
    incoming.on('end', () => {
      if (this.keeps) this.bodies.push(Buffer.concat(pieces));
      response.writeHead(202, { 'x-message-id': 'loopback' }).end();
      this.calls += 1;
      this.last = performance.now();
    });
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  begin(keeps: boolean): void {
    Object.assign(this, { first: 0, last: 0, calls: 0, keeps });
  }

  /** People a second between the first call and the last answer. */
  rate(): number {
    return PEOPLE / ((this.last - this.first) / 1000);
  }
}

/** The other process: posts every body of a file once. */
async function postBare(file: string, to: string): Promise<void> {
  const bodies = (JSON.parse(await readFile(file, 'utf8')) as string[]).map((body) => Buffer.from(body));
  const agent = new Agent({ keepAlive: true });
  const headers = { authorization: 'Bearer SG.bench', 'content-type': 'application/json' };
  const post = (body: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      const sent = request(
        `${to}/v3/mail/send`,
        { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
        (answer) => answer.resume().on('end', resolve),
      );
      sent.on('error', reject).end(body);
    });
  const begun = process.cpuUsage();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let body = bodies.shift(); body; body = bodies.shift()) await post(body);
    }),
  );
  agent.destroy();
  const { user, system } = process.cpuUsage(begun);
  console.log(`processor time of bare posts: ${Math.round((user + system) / 1000)} ms`);
}

/** Resident memory of a process in MB, where the system tells. */
function memoryOf(pid: number): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1024);
  } catch {
    return 0;
  }
}

/** Processor time of a process so far in milliseconds, where the system tells; ticks are of 10 ms. */
function processorOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return 0;
  }
}

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-bench-'));
  const loopback = new Loopback();
  loopback.server.listen(0, '127.0.0.1');
  await once(loopback.server, 'listening');
  const engine = await startEmbeddedMongo({ path: join(folder, 'store') });
  const environment = {
    TOCSIN_DATA: join(folder, 'data'),
    TOCSIN_KEY: randomBytes(32).toString('base64'),
    MONGODB_URI: engine.uri,
    TOCSIN_LETTERS: 'sendgrid',
    SENDGRID_API_KEY: 'SG.bench',
    SENDGRID_BASE_URL: loopback.url,
  };
  const open = await openHouse(readConfiguration(environment), 'http://127.0.0.1', {
    alone: false,
    report: (error, what) => console.error(what, error),
  });
  const { house } = open;
  const { responder, legal } = await hire(house);
  const { organisation } = responder;
  const cast = { responder, legal, password: PASSWORD };
  const place = await approveLetterTo(house, cast, crowd(PEOPLE));
  const incident = await house.incidents.byId(organisation, place.incident);
  const list = incident?.notices.find(({ id }) => id === place.notice)?.list?.id ?? '';
  // Whatever was mailed to staff until here is not counted.
  await sleep(200);
  loopback.bodies.length = 0;
  loopback.begin(true);
  good(await startDispatch(house, responder, place));
  const worker = start(['start'], { ...environment, TOCSIN_ROLE: 'worker' });
  const memory: { readonly sent: number; readonly megabytes: number }[] = [];
  let left = 1;
  let before = 0;
  let spent = 0;
  while (left > 0) {
    await sleep(50);
    if (loopback.first === 0) before = processorOf(worker.pid);
    else spent = processorOf(worker.pid) - before;
    ({ open: left } = await house.deliveries.open(organisation, list, 0));
    const sent = PEOPLE - left * 1000;
    if (sent >= 10_000 && sent > (memory.at(-1)?.sent ?? 0))
      memory.push({ sent, megabytes: memoryOf(worker.pid) });
  }
  const ours = loopback.rate();
  const { calls } = loopback;
  const totals = await house.lists.totals(organisation, list);
  if (totals.accepted !== PEOPLE) throw new Error(`not everybody was reached: ${JSON.stringify(totals)}`);
  await worker.stop();
  const file = join(folder, 'bodies.json');
  await writeFile(file, JSON.stringify(loopback.bodies.map((body) => body.toString('utf8'))));
  loopback.begin(false);
  const bare = spawn(process.execPath, ['--import', 'tsx', THIS, '--bare', file, '--to', loopback.url], {
    stdio: 'inherit',
  });
  await once(bare, 'close');
  const ceiling = loopback.rate();
  const size = loopback.bodies.reduce((sum, body) => sum + body.length, 0);
  console.log(`${PEOPLE} people in ${calls} calls, ${Math.round(size / PEOPLE)} bytes a person`);
  console.log(`processor time of the worker: ${spent} ms`);
  console.log(`dispatch:   ${Math.round(ours)} people a second`);
  console.log(`bare posts: ${Math.round(ceiling)} people a second`);
  console.log(`ratio:      ${Math.round((100 * ours) / ceiling)} % (at least 40, aim 60)`);
  const figures = memory.map(({ megabytes }) => megabytes);
  console.log(
    `memory of the worker from ${memory[0]?.sent ?? 0} people on: ${Math.min(...figures)} to ${Math.max(...figures)} MB, at the end ${figures.at(-1) ?? 0} MB`,
  );
  await open.jobs.stop();
  await open.close();
  await engine.close();
  loopback.server.closeAllConnections();
  loopback.server.close();
  await rm(folder, { recursive: true, force: true });
}

if (values.bare !== undefined && values.to !== undefined) await postBare(values.bare, values.to);
else await measure();
