/**
 * The embedded engine through the official driver against its ceiling, raw LMDB and BSON in one thread:
 * `node --import tsx scripts/bench/engine.ts [--seconds 1] [--json]`. Times depend on the machine; compare ratios.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deserialize, serialize } from 'bson';
import { open } from 'lmdb';
import { MongoClient } from 'mongodb';
import type { Collection } from 'mongodb';
import { startEmbeddedMongo } from '../../src/adapters/embedded-mongo/start.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '1' }, json: { type: 'boolean' } },
});
const WINDOW = Number(values.seconds) * 1000;
const CALLERS = [1, 16, 64];
/** Documents that are read and changed over and over. */
const SOME = 500;

interface Person {
  _id: number;
  email: string;
  country: string;
  age: number;
  note: string;
}

const person = (n: number): Person => ({
  _id: n,
  email: `person${n}@example.org`,
  country: ['DE', 'FR', 'IT', 'PL'][n % 4] ?? 'DE',
  age: n % 90,
  note: 'x'.repeat(200),
});

/** Runs `work` by `callers` at once for the window. Operations a second. */
async function rate(callers: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  let done = 0;
  const call = async (): Promise<void> => {
    while (performance.now() - started < WINDOW) {
      await work();
      done++;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return (done * 1000) / (performance.now() - started);
}

function rateSync(work: () => unknown): number {
  const started = performance.now();
  let done = 0;
  while (performance.now() - started < WINDOW) {
    work();
    done++;
  }
  return (done * 1000) / (performance.now() - started);
}

interface Raw {
  insert: number;
  read: number;
  change: number;
  bulk: number;
}

/** The ceiling: no protocol, no index, no other thread; each write is one durable transaction. */
async function raw(folder: string): Promise<Raw> {
  const db = open<Uint8Array, number>({
    path: join(folder, 'raw.mdb'),
    encoding: 'binary',
    overlappingSync: false,
  });
  let n = 0;
  const put = (doc: Person): void => db.putSync(doc._id, serialize(doc));
  const insert = rateSync(() =>
    db.transactionSync(() => {
      put(person(++n));
    }),
  );
  db.transactionSync(() => {
    for (let at = 1; at <= SOME; at++) put(person(at));
  });
  const stored = (): Person => deserialize(db.get(1 + (n++ % SOME)) ?? new Uint8Array()) as Person;
  const read = rateSync(stored);
  const change = rateSync(() =>
    db.transactionSync(() => {
      const doc = stored();
      put({ ...doc, age: doc.age + 1 });
    }),
  );
  const thousand = rateSync(() =>
    db.transactionSync(() => {
      for (let at = 0; at < 1000; at++) put(person(1_000_000 + ++n));
    }),
  );
  await db.close();
  return { insert, read, change, bulk: thousand * 1000 };
}

interface Line {
  operation: string;
  callers: number;
  perSecond: number;
  ofRaw: number;
}

async function driven(people: Collection<Person>, ceiling: Raw): Promise<Line[]> {
  const lines: Line[] = [];
  let n = 10_000_000;
  const measure = async (operation: string, against: number, work: () => Promise<unknown>): Promise<void> => {
    for (const callers of CALLERS) {
      const perSecond = await rate(callers, work);
      lines.push({ operation, callers, perSecond, ofRaw: perSecond / against });
    }
  };
  await people.insertMany(Array.from({ length: SOME }, (_, at) => person(at + 1)));
  const any = (): number => 1 + Math.floor(Math.random() * SOME);
  await measure('insertOne', ceiling.insert, () => people.insertOne(person(++n)));
  await measure('findOne by _id', ceiling.read, () => people.findOne({ _id: any() }));
  await measure('findOne by unique e-mail', ceiling.read, () =>
    people.findOne({ email: person(any()).email }),
  );
  await measure('updateOne by _id', ceiling.change, () =>
    people.updateOne({ _id: any() }, { $inc: { age: 1 } }),
  );
  await measure('findOneAndUpdate by _id', ceiling.change, () =>
    people.findOneAndUpdate({ _id: any() }, { $inc: { age: 1 } }),
  );
  const bulk = await rate(1, () => people.insertMany(Array.from({ length: 1000 }, () => person(++n))));
  lines.push({
    operation: 'insertMany of 1,000, documents',
    callers: 1,
    perSecond: bulk * 1000,
    ofRaw: (bulk * 1000) / ceiling.bulk,
  });
  return lines;
}

interface Growth {
  operation: string;
  small: number;
  large: number;
  /** Time among the many over time among the few. */
  times: number;
}

/** The median time of one operation, in milliseconds. */
async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < 300; at++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[150] ?? NaN;
}

/** The same operations among 1,000 and among 100,000 documents: what an index serves must not grow with them. */
async function growth(few: Collection<Person>, many: Collection<Person>): Promise<Growth[]> {
  const operations: [string, (people: Collection<Person>, at: number) => Promise<unknown>][] = [
    ['findOne by _id', (people, at) => people.findOne({ _id: at })],
    ['updateOne by _id', (people, at) => people.updateOne({ _id: at }, { $inc: { age: 1 } })],
    ['findOne by unique e-mail', (people, at) => people.findOne({ email: person(at).email })],
    [
      'range, sort, limit 20',
      (people, at) =>
        people.find({ country: 'DE', age: { $gte: at % 80 } }, { sort: { age: 1 }, limit: 20 }).toArray(),
    ],
  ];
  const results: Growth[] = [];
  for (const [operation, work] of operations) {
    const any = (): number => 1 + Math.floor(Math.random() * 999);
    const small = await median(() => work(few, any()));
    const large = await median(() => work(many, any()));
    results.push({ operation, small, large, times: large / small });
  }
  return results;
}

async function fill(people: Collection<Person>, count: number): Promise<void> {
  await people.createIndexes([{ key: { email: 1 }, unique: true }, { key: { country: 1, age: 1 } }]);
  for (let from = 1; from <= count; from += 1000) {
    await people.insertMany(Array.from({ length: Math.min(1000, count) }, (_, at) => person(from + at)));
  }
}

const folder = mkdtempSync(join(tmpdir(), 'engine-bench-'));
const ceiling = await raw(folder);
const engine = await startEmbeddedMongo({ path: join(folder, 'data') });
const client = await MongoClient.connect(engine.uri, { maxPoolSize: 64 });
const db = client.db('bench');
const people = db.collection<Person>('people');
await people.createIndexes([{ key: { email: 1 }, unique: true }]);
const lines = await driven(people, ceiling);
await fill(db.collection('few'), 1000);
await fill(db.collection('many'), 100_000);
const grown = await growth(db.collection('few'), db.collection('many'));
await client.close();
await engine.close();
rmSync(folder, { recursive: true });
const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);

if (values.json) console.log(JSON.stringify({ ceiling, lines, growth: grown, peakMegabytes }));
else {
  console.log(
    'raw LMDB + BSON, a second:',
    Object.fromEntries(
      Object.entries<number>({ ...ceiling }).map(([what, rate]) => [what, Math.round(rate)]),
    ),
  );
  console.table(
    lines.map((line) => ({
      ...line,
      perSecond: Math.round(line.perSecond),
      ofRaw: Number(line.ofRaw.toFixed(2)),
    })),
  );
  console.log('among 1,000 and among 100,000 documents, median milliseconds:');
  console.table(
    grown.map((line) => ({
      operation: line.operation,
      '1,000': Number(line.small.toFixed(2)),
      '100,000': Number(line.large.toFixed(2)),
      times: Number(line.times.toFixed(2)),
    })),
  );
  console.log(`peak memory of client and engine together: ${peakMegabytes} MB`);
}
