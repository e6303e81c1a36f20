/**
 * The embedded engine through the official driver against its ceiling, raw LMDB and BSON in one thread:
 * `node --import tsx scripts/bench/engine.ts [--seconds 0.3] [--json]`. Times depend on the machine; compare ratios.
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
  options: { seconds: { type: 'string', default: '0.3' }, json: { type: 'boolean' } },
});
const WINDOW = Number(values.seconds) * 1000;
const ROUNDS = 3;
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

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

interface Raw {
  readonly insert: () => unknown;
  readonly read: () => unknown;
  readonly change: () => unknown;
  readonly thousand: () => unknown;
  readonly close: () => Promise<void>;
}

/** The ceiling: no protocol, no index, no other thread; each write is one durable transaction. */
function raw(folder: string): Raw {
  const db = open<Uint8Array, number>({
    path: join(folder, 'raw.mdb'),
    encoding: 'binary',
    overlappingSync: false,
  });
  let n = SOME;
  const put = (doc: Person): void => db.putSync(doc._id, serialize(doc));
  const inOne = (work: () => void): void =>
    db.transactionSync(() => {
      work();
    });
  const stored = (): Person => deserialize(db.get(1 + (n++ % SOME)) ?? new Uint8Array()) as Person;
  inOne(() => {
    for (let at = 1; at <= SOME; at++) put(person(at));
  });
  return {
    insert: () => inOne(() => put(person(++n))),
    read: stored,
    change: () =>
      inOne(() => {
        const doc = stored();
        put({ ...doc, age: doc.age + 1 });
      }),
    thousand: () =>
      inOne(() => {
        for (let at = 0; at < 1000; at++) put(person(++n));
      }),
    close: () => db.close(),
  };
}

interface Line {
  operation: string;
  callers: number;
  perSecond: number;
  /** The raw operation, a second, in windows between those of the engine. */
  raw: number;
  /** Median of the ratios of neighbouring windows: both met the same load of the machine. */
  ofRaw: number;
}

async function compare(
  operation: string,
  callers: number,
  ceiling: () => unknown,
  work: () => Promise<unknown>,
): Promise<Line> {
  const rounds: { raw: number; engine: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ raw: rateSync(ceiling), engine: await rate(callers, work) });
  }
  return {
    operation,
    callers,
    perSecond: median(rounds.map(({ engine }) => engine)),
    raw: median(rounds.map((each) => each.raw)),
    ofRaw: median(rounds.map((each) => each.engine / each.raw)),
  };
}

async function driven(people: Collection<Person>, ceiling: Raw): Promise<Line[]> {
  let n = 10_000_000;
  const any = (): number => 1 + Math.floor(Math.random() * SOME);
  const grow = { $inc: { age: 1 } };
  const operations: [string, () => unknown, () => Promise<unknown>][] = [
    ['insertOne', ceiling.insert, () => people.insertOne(person(++n))],
    ['findOne by _id', ceiling.read, () => people.findOne({ _id: any() })],
    ['findOne by unique e-mail', ceiling.read, () => people.findOne({ email: person(any()).email })],
    ['updateOne by _id', ceiling.change, () => people.updateOne({ _id: any() }, grow)],
    ['findOneAndUpdate by _id', ceiling.change, () => people.findOneAndUpdate({ _id: any() }, grow)],
  ];
  await people.insertMany(Array.from({ length: SOME }, (_, at) => person(at + 1)));
  const lines: Line[] = [];
  for (const [operation, against, work] of operations) {
    for (const callers of CALLERS) lines.push(await compare(operation, callers, against, work));
  }
  const thousand = (): Promise<unknown> => people.insertMany(Array.from({ length: 1000 }, () => person(++n)));
  lines.push(await compare('insertMany of 1,000', 1, ceiling.thousand, thousand));
  return lines;
}

interface Growth {
  operation: string;
  small: number;
  large: number;
  /** Time among the many over time among the few. */
  times: number;
}

async function timeOf(work: Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work;
  return performance.now() - started;
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
    const small: number[] = [];
    const large: number[] = [];
    for (let round = 0; round < 300; round++) {
      const at = 1 + Math.floor(Math.random() * 999);
      small.push(await timeOf(work(few, at)));
      large.push(await timeOf(work(many, at)));
    }
    results.push({
      operation,
      small: median(small),
      large: median(large),
      times: median(large) / median(small),
    });
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
const ceiling = raw(folder);
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
await ceiling.close();
await engine.close();
rmSync(folder, { recursive: true });
const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);

if (values.json) console.log(JSON.stringify({ lines, growth: grown, peakMegabytes }));
else {
  console.table(
    lines.map(({ operation, callers, perSecond, raw: rawPerSecond, ofRaw }) => ({
      operation,
      callers,
      'a second': Math.round(perSecond),
      'raw, a second': Math.round(rawPerSecond),
      'of raw': Number(ofRaw.toPrecision(2)),
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
