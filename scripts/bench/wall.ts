/**
 * How long the wall of a house with many open incidents takes to its first byte, signed in, over HTTP; beside an empty
 * Express route that is asked by the same client in the same run, in turn with it. Before every second wall an incident
 * is changed, so that something is new to it. The target is a median under 50 ms with 1,000 incidents. And the list
 * of all incidents that the API gives.
 *
 * npm run build && node --import tsx scripts/bench/wall.ts [--count 1000] [--times 100]
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
import type * as ApiTokens from '../../src/application/access/api-tokens.ts';
import type * as Reconciling from '../../src/application/clock/reconcile.ts';
import type * as ChangeFact from '../../src/application/incident/change-fact.ts';
import type * as Logging from '../../src/application/incident/log-incident.ts';
import type { LogForm } from '../../src/application/incident/log-incident.ts';
import type { House } from '../../src/application/ports/house.ts';
import type * as Configured from '../../src/main/configuration.ts';
import type * as Cast from '../../src/main/demo/cast.ts';
import type * as Must from '../../src/main/demo/must.ts';
import type * as Opening from '../../src/main/open-house.ts';
import type * as Serving from '../../src/main/serve.ts';
import { signIn, StubbornPerson } from '../../test/crash/story-by-hand.ts';
import { built } from './built.ts';

const { createOwnToken } = await built<typeof ApiTokens>('application/access/api-tokens');
const { reconcile } = await built<typeof Reconciling>('application/clock/reconcile');
const { changeFact } = await built<typeof ChangeFact>('application/incident/change-fact');
const { logIncident } = await built<typeof Logging>('application/incident/log-incident');
const { hire, PASSWORD } = await built<typeof Cast>('main/demo/cast');
const { must } = await built<typeof Must>('main/demo/must');
const { readConfiguration } = await built<typeof Configured>('main/configuration');
const { openHouse } = await built<typeof Opening>('main/open-house');
const { serve } = await built<typeof Serving>('main/serve');

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

interface Filled {
  /** Of a person who may change facts, for the API. */
  readonly token: string;
  readonly logged: readonly string[];
}

/** Some are logged, and copied until there are enough: the wall reads their documents, and does not care who wrote them. */
async function fill(folder: string): Promise<Filled> {
  const report = (error: unknown): void => void process.stderr.write(`${String(error)}\n`);
  const open = await openHouse(readConfiguration({ TOCSIN_DATA: folder }), 'http://127.0.0.1:7272', {
    alone: true,
    report,
  });
  const { house, mongo } = open;
  const { staff, legal } = await hire(house);
  const { token } = must('a token', await createOwnToken(house, legal, { name: 'Bench' }));
  const logged: string[] = [];
  for (let n = 1; n <= Math.min(LOGGED, COUNT); n += 1) {
    const incident = must('logging', await logIncident(house, staff, breach(house, n))).id;
    logged.push(incident);
    const risk = { incident, name: 'risk', value: 'high', because: 'Addresses and orders.', shown: 0 };
    if (n % 3 === 0) must('deciding', await changeFact(house, legal, risk));
  }
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
  return { token, logged };
}

/** Changes a fact of one of the logged incidents, another one each time. */
async function changeOne(url: string, { token, logged }: Filled, time: number): Promise<void> {
  const round = Math.floor(time / logged.length);
  const answer = await fetch(
    `${url}/api/v1/incidents/${logged[time % logged.length]}/facts/breach.integrity`,
    {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ value: round % 2 === 0, shown: round }),
    },
  );
  if (!answer.ok) throw new Error(`changing a fact: ${answer.status} ${await answer.text()}`);
}

/** Milliseconds until the first byte of the answer, whose body is then read to its end. */
function firstByte(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly ms: number; readonly bytes: number }> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const asked = request(url, { headers }, (answer) => {
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

async function measure(folder: string, filled: Filled): Promise<void> {
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
    const changed: number[] = [];
    const list: number[] = [];
    const beside: number[] = [];
    const spent: number[] = [];
    let bytes = 0;
    for (let time = 0; time < WARM_UP + TIMES; time += 1) {
      const empties = await firstByte(bare, {});
      const isNew = time % 2 === 1;
      if (isNew) await changeOne(running.url, filled, (time - 1) / 2);
      const before = process.cpuUsage();
      const page = await firstByte(`${running.url}/`, { cookie, accept: 'text/html' });
      const { user, system } = process.cpuUsage(before);
      const all = await firstByte(`${running.url}/api/v1/incidents`, {
        authorization: `Bearer ${filled.token}`,
      });
      bytes = page.bytes;
      if (time < WARM_UP) continue;
      spent.push((user + system) / 1000);
      beside.push(empties.ms);
      (isNew ? changed : wall).push(page.ms);
      list.push(all.ms);
    }
    print('empty Express route', beside);
    print(`the wall with ${COUNT} incidents (${Math.round(bytes / 1024)} kB)`, wall);
    print('the same after a change of one of them', changed);
    print('processor time of one wall, client and store too', spent);
    print(`the API's list of ${COUNT} incidents`, list);
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
  await measure(folder, await fill(folder));
} finally {
  await rm(folder, { recursive: true, force: true });
}
// Agenda leaves timers of jobs that it looked ahead for.
process.exit(0);
