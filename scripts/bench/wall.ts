/**
 * How long the wall of a house with many open incidents takes to its first byte, signed in, over HTTP; beside an empty
 * Express route that is asked by the same client in the same run, in turn with it. The target is a median under 50 ms
 * with 1,000 incidents.
 *
 * node --import tsx scripts/bench/wall.ts [--count 1000] [--times 100]
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import express from 'express';
import type { Document } from 'mongodb';
import { reconcile } from '../../src/application/clock/reconcile.ts';
import { logIncident, type LogForm } from '../../src/application/incident/log-incident.ts';
import type { House } from '../../src/application/ports/house.ts';
import { hire, PASSWORD } from '../../src/main/demo/cast.ts';
import { must } from '../../src/main/demo/must.ts';
import { readConfiguration } from '../../src/main/configuration.ts';
import { openHouse } from '../../src/main/open-house.ts';
import { serve } from '../../src/main/serve.ts';
import { signIn, StubbornPerson } from '../../test/crash/story-by-hand.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '1000' }, times: { type: 'string', default: '100' } },
});
const COUNT = Number(values.count);
const TIMES = Number(values.times);
const WARM_UP = 10;
const LOGGED = 35;

const KINDS = ['supplier-breach', 'web-skimming', 'credential-stuffing', 'phished-mailbox', 'lost-device'];
const PLACES = ['DE', 'AT', 'FR', 'NL', 'CH', 'GB', 'US-CA'];

/** Every third one is decided as high, so that the wall has clocks that run and clocks that may. */
function breach(house: House, n: number): LogForm {
  const now = house.clock.now();
  const decided = n % 3 === 0 ? { 'breach.confidentiality': true } : {};
  return {
    state: 'breach',
    kind: KINDS[n % KINDS.length] ?? '',
    title: `Orders copied, number ${n}`,
    whatHappened: 'Somebody copied orders.',
    reporter: 'A customer',
    detectedAt: now.subtract({ minutes: 60 + n }).toString(),
    awareAt: now.subtract({ minutes: 30 + n }).toString(),
    categories: ['name', 'email', 'postal-address'],
    subjects: [{ place: PLACES[n % PLACES.length] ?? 'DE', count: 3 + n, groups: ['customers'] }],
    facts: decided,
  };
}

/** Some are logged, and copied until there are enough: the wall reads their documents, and does not care who wrote them. */
async function fill(folder: string): Promise<void> {
  const report = (error: unknown): void => void process.stderr.write(`${String(error)}\n`);
  const open = await openHouse(readConfiguration({ TOCSIN_DATA: folder }), 'http://127.0.0.1:7272', {
    alone: true,
    report,
  });
  const { house, mongo } = open;
  const { staff } = await hire(house);
  for (let n = 1; n <= Math.min(LOGGED, COUNT); n += 1)
    must('logging', await logIncident(house, staff, breach(house, n)));
  const incidents = mongo.models.incidents.collection;
  const originals: readonly Document[] = await incidents.find().toArray();
  const copies = Array.from({ length: Math.max(0, COUNT - LOGGED) }, (_, i): Document => {
    const original: Document = originals[i % originals.length] ?? {};
    const number = LOGGED + i + 1;
    const reference = `INC-${String(original['year'])}-${String(number).padStart(4, '0')}`;
    const card = { ...(original['card'] as Document), reference };
    return { ...original, _id: randomUUID(), number, reference, card };
  });
  if (copies.length > 0) await incidents.insertMany(copies);
  // Their jobs too, so that the server has nothing to make up for when it starts.
  await reconcile(house);
  await open.jobs.stop();
  await open.close();
}

/** Milliseconds until the first byte of the answer, whose body is then read to its end. */
function firstByte(url: string, cookie: string): Promise<{ readonly ms: number; readonly bytes: number }> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const asked = request(url, { headers: { cookie, accept: 'text/html' } }, (answer) => {
      const ms = performance.now() - begun;
      let bytes = 0;
      if (answer.statusCode !== 200) reject(new Error(`answered with ${answer.statusCode}`));
      answer.on('data', (part: Buffer) => void (bytes += part.length));
      answer.on('end', () => resolve({ ms, bytes }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

const sorted = (times: readonly number[]): readonly number[] => [...times].sort((a, b) => a - b);
const at = (times: readonly number[], share: number): string =>
  (sorted(times)[Math.floor((times.length - 1) * share)] ?? NaN).toFixed(1);

function print(what: string, times: readonly number[]): void {
  process.stdout.write(`${what}: median ${at(times, 0.5)} ms, 90 % within ${at(times, 0.9)} ms\n`);
}

async function measure(folder: string): Promise<void> {
  const running = await serve(readConfiguration({ TOCSIN_DATA: folder, PORT: '0' }), () => undefined);
  const empty = express()
    .get('/', (_request, response) => void response.send(''))
    .listen(0, '127.0.0.1');
  await once(empty, 'listening');
  try {
    const steady = { sending: () => undefined, back: () => Promise.resolve() };
    const { person } = await signedIn(running.url, steady);
    const cookie = person
      .cookieNames()
      .map((name) => `${name}=${person.cookie(name) ?? ''}`)
      .join('; ');
    const bare = `http://127.0.0.1:${(empty.address() as AddressInfo).port}/`;
    const wall: number[] = [];
    const beside: number[] = [];
    const spent: number[] = [];
    let bytes = 0;
    for (let time = 0; time < WARM_UP + TIMES; time += 1) {
      const empties = await firstByte(bare, '');
      const before = process.cpuUsage();
      const page = await firstByte(`${running.url}/`, cookie);
      const { user, system } = process.cpuUsage(before);
      bytes = page.bytes;
      if (time < WARM_UP) continue;
      spent.push((user + system) / 1000);
      beside.push(empties.ms);
      wall.push(page.ms);
    }
    print('empty Express route', beside);
    print(`the wall with ${COUNT} incidents (${Math.round(bytes / 1024)} kB)`, wall);
    print('processor time of one wall, client and store too', spent);
  } finally {
    empty.close();
    await running.close();
  }
}

async function signedIn(
  url: string,
  steady: ConstructorParameters<typeof StubbornPerson>[1],
): Promise<StubbornPerson> {
  const person = new StubbornPerson(() => url, steady);
  await signIn(person, 'legal@shop.example', PASSWORD);
  return person;
}

const folder = await mkdtemp(join(tmpdir(), 'tocsin-bench-'));
try {
  await fill(folder);
  await measure(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
// Agenda leaves timers of jobs that it looked ahead for.
process.exit(0);
