/**
 * How much of what the bare store could do is left when an incident is logged: by the use case, and by a form over
 * HTTP. The ceiling is the same documents written by the bare driver in the same run, and every figure is a ratio to
 * it; on another machine the times differ and the ratios hardly.
 *
 * node --import tsx scripts/bench/incidents.ts [--count 200]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomUUID } from 'node:crypto';
import type { Db, Document } from 'mongodb';
import { logIncident, type LogForm } from '../../src/application/incident/log-incident.ts';
import type { House } from '../../src/application/ports/house.ts';
import { hire, PASSWORD } from '../../src/main/demo/cast.ts';
import { must } from '../../src/main/demo/must.ts';
import { readConfiguration } from '../../src/main/configuration.ts';
import { openHouse, type OpenHouse } from '../../src/main/open-house.ts';
import { serve } from '../../src/main/serve.ts';
import { breachByHand, signIn, StubbornPerson } from '../../test/crash/story-by-hand.ts';

const { values } = parseArgs({ options: { count: { type: 'string', default: '200' } } });
const COUNT = Number(values.count);
const CALLERS = [1, 16];

type Work = (caller: number) => Promise<unknown>;

/** Runs the work COUNT times by so many callers. @returns how many a second */
async function rate(callers: number, work: Work): Promise<number> {
  let left = COUNT;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (left > 0) {
        left -= 1;
        await work(caller);
      }
    }),
  );
  return (COUNT / (performance.now() - begun)) * 1000;
}

/** What one logging leaves in the store, by collection: taken from the store itself, so the ceiling writes the same. */
async function footprint(
  db: Db,
  log: () => Promise<string>,
): Promise<Readonly<Record<string, readonly Document[]>>> {
  const names = ['incidents', 'notes', 'register', 'jobs'];
  const before = new Map<string, ReadonlySet<string>>();
  for (const name of names)
    before.set(name, new Set((await db.collection(name).find().toArray()).map((d) => String(d._id))));
  await log();
  const made: Record<string, readonly Document[]> = {};
  for (const name of names) {
    const after = await db.collection(name).find().toArray();
    made[name] = after.filter((document) => !before.get(name)?.has(String(document._id)));
  }
  return made;
}

/** The ceiling: those documents again, under other ids, one insert each, in collections with no index but `_id`. */
function bareWrites(db: Db, made: Readonly<Record<string, readonly Document[]>>): Work {
  const all = Object.entries(made).flatMap(([name, documents]) =>
    documents.map((document) => ({ name, document })),
  );
  return async () => {
    for (const { name, document } of all)
      await db.collection(`bare_${name}`).insertOne({ ...document, _id: randomUUID() as never });
  };
}

function breach(house: House): LogForm {
  const now = house.clock.now();
  return {
    state: 'breach',
    kind: 'supplier-breach',
    title: 'Our orders copied at the parcel service',
    whatHappened: 'The parcel service called: someone copied its orders, ours among them.',
    reporter: 'The parcel service, by telephone',
    detectedAt: now.subtract({ hours: 3 }).toString(),
    awareAt: now.subtract({ hours: 2 }).toString(),
    categories: ['name', 'postal-address', 'order-history'],
    subjects: [{ place: 'DE', count: 3, groups: ['customers'] }],
    supplier: { name: 'The parcel service', toldUsAt: now.subtract({ hours: 3 }).toString() },
  };
}

async function byUseCase(folder: string): Promise<void> {
  const open: OpenHouse = await openHouse(
    readConfiguration({ TOCSIN_DATA: folder }),
    'http://127.0.0.1:7272',
    {
      alone: true,
      report: (error) => process.stderr.write(`${String(error)}\n`),
    },
  );
  try {
    const { house, mongo } = open;
    const { staff } = await hire(house);
    const form = breach(house);
    const log = async (): Promise<string> =>
      must('logging', await logIncident(house, staff, form, randomUUID())).id;
    await log();
    const db = mongo.connection.getClient().db(mongo.connection.name);
    const made = await footprint(db, log);
    const documents = Object.entries(made).map(([name, list]) => `${list.length} in ${name}`);
    process.stdout.write(`An incident leaves ${documents.join(', ')}.\n`);
    for (const callers of CALLERS) {
      const ceiling = await rate(callers, bareWrites(db, made));
      ceilings.set(callers, ceiling);
      print('use case', callers, await rate(callers, log), ceiling);
    }
  } finally {
    await open.jobs.stop();
    await open.close();
  }
}

const ceilings = new Map<number, number>();

async function byForm(folder: string): Promise<void> {
  const configuration = readConfiguration({ TOCSIN_DATA: folder, PORT: '0' });
  const running = await serve(configuration, () => undefined);
  try {
    const steady = { sending: () => undefined, back: () => Promise.resolve() };
    const posts: (() => Promise<void>)[] = [];
    for (let caller = 0; caller < Math.max(...CALLERS); caller += 1) {
      const person = new StubbornPerson(() => running.url, steady);
      await signIn(person, 'desk@shop.example', PASSWORD);
      const { fields } = await person.form('/incidents/new', '/incidents/new');
      posts.push(async () => {
        const sent = { ...fields, ...breachByHand(2), key: randomUUID() };
        const { status } = await person.person.post('/incidents/new', sent);
        if (status !== 303) throw new Error(`the form was refused with ${status}`);
      });
    }
    for (const callers of CALLERS) {
      const form: Work = async (caller) => posts[caller]?.();
      print('form posted', callers, await rate(callers, form), ceilings.get(callers) ?? NaN);
    }
  } finally {
    await running.close();
  }
}

function print(what: string, callers: number, reached: number, ceiling: number): void {
  const by = callers === 1 ? '1 caller' : `${callers} callers`;
  process.stdout.write(
    `${what}, ${by}: ${reached.toFixed(1)} incidents/s of ${ceiling.toFixed(1)} bare, ratio ${(reached / ceiling).toFixed(2)}\n`,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'tocsin-bench-'));
try {
  await byUseCase(folder);
  await byForm(folder);
  const { maxRSS } = process.resourceUsage();
  process.stdout.write(
    `Peak memory: ${Math.round(maxRSS / 1024)} MB, store and clients in this one process.\n`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
// Agenda leaves timers of jobs that it looked ahead for.
process.exit(0);
