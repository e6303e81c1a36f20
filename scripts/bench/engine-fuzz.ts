/**
 * Random filters and sorts over mixed types through the driver: each by whatever plan the engine chooses, and once
 * more by a scan (`hint: {$natural: 1}`), before and after the store is reopened. FUZZ sets the number of queries.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EJSON } from 'bson';
import { MongoClient, MongoServerError, type Collection, type Document, type Sort } from 'mongodb';
import { compileSort } from '../../src/adapters/embedded-mongo/query/sort.ts';
import { decode, encode, type Doc } from '../../src/adapters/embedded-mongo/values/decode.ts';
import { startEmbeddedMongo } from '../../src/adapters/embedded-mongo/start.ts';
import { RandomQueries } from '../../test/adapters/embedded-mongo/random-queries.ts';

const QUERIES = Number(process.env['FUZZ'] ?? 50_000);
const PER_COLLECTION = 250;
const DOCUMENTS = 120;
const AT_ONCE = 25;

const PATTERNS: readonly (readonly [Document, Document])[] = [
  [{ a: 1 }, {}],
  [{ a: -1, b: 1 }, {}],
  [{ b: 1, a: -1, c: 1 }, {}],
  [{ c: 1 }, { sparse: true }],
  [{ c: -1, a: 1 }, { sparse: true }],
  [{ 'd.x': 1, 'd.y': -1 }, {}],
  [{ 'd.y': 1 }, { sparse: true }],
  [{ d: 1 }, {}],
  [{ b: 1 }, { partialFilterExpression: { a: { $exists: true } } }],
  [{ b: -1, c: 1 }, { partialFilterExpression: { a: { $gt: 0 } } }],
];

interface Case {
  readonly filter: Doc;
  readonly sort: Doc | undefined;
}

interface Tally {
  queries: number;
  indexed: number;
  differences: number;
}

const typed = <T extends Doc | undefined>(doc: T): T => (doc && decode(encode(doc))) as T;

/** The same seed makes the same collection and the same queries, so that the second round can repeat the first. */
function casesOf(seed: number): { docs: Doc[]; cases: Case[]; indexes: typeof PATTERNS } {
  const random = new RandomQueries(seed, seed % 2 === 1);
  const docs = Array.from({ length: DOCUMENTS }, () => random.document());
  const indexes = PATTERNS.filter(() => random.below(3) > 0);
  const cases = Array.from({ length: PER_COLLECTION }, () => ({
    filter: random.filter(),
    sort: random.sort(),
  }));
  return { docs, cases, indexes };
}

async function fill(collection: Collection, seed: number): Promise<void> {
  const { docs, indexes } = casesOf(seed);
  if (indexes.length > 0)
    await collection.createIndexes(indexes.map(([key, options]) => ({ key, ...options })));
  const numbered = docs.map((doc, _id) => ({ ...doc, _id })) as unknown as Document[];
  // Two arrays in one compound index are refused (171); the rest goes in.
  await collection.insertMany(numbered, { ordered: false }).catch((error: unknown) => {
    if (!(error instanceof MongoServerError)) throw error;
  });
}

async function check(collection: Collection, seed: number, tally: Tally): Promise<void> {
  const { docs, cases } = casesOf(seed);
  const local = docs.map((doc) => typed(doc));
  const checkOne = async ({ filter, sort }: Case): Promise<void> => {
    const options = { projection: { _id: 1 }, batchSize: 1000, ...(sort && { sort: sort as Sort }) };
    const ids = async (more: object): Promise<number[]> =>
      (await collection.find(filter, { ...options, ...more }).toArray()).map(
        ({ _id }) => _id as unknown as number,
      );
    const scanned = await ids({ hint: { $natural: 1 } });
    const planned = await ids({});
    tally.queries += 1;
    if (tally.queries % 10 === 0) tally.indexed += Number(await usesIndex(collection, filter, sort));
    if (agree(scanned, planned, sort, local)) return;
    tally.differences += 1;
    console.log(`differs (seed ${seed}): ${EJSON.stringify({ filter, sort }, { relaxed: false })}`);
  };
  while (cases.length > 0) await Promise.all(cases.splice(0, AT_ONCE).map(checkOne));
}

function agree(scanned: number[], planned: number[], sort: Doc | undefined, docs: readonly Doc[]): boolean {
  const ascending = (ids: number[]): string => ids.toSorted((a, b) => a - b).join();
  if (ascending(scanned) !== ascending(planned)) return false;
  if (!sort) return true;
  const order = compileSort(typed(sort));
  // Among equal documents either order is right.
  return planned.every((id, at) => order.compare(docs[id] as Doc, docs[scanned[at] as number] as Doc) === 0);
}

async function usesIndex(collection: Collection, filter: Doc, sort: Doc | undefined): Promise<boolean> {
  const explained = await collection.find(filter, sort ? { sort: sort as Sort } : {}).explain('queryPlanner');
  return JSON.stringify(explained).includes('IXSCAN');
}

async function round(path: string, name: string, first: boolean): Promise<Tally> {
  const engine = await startEmbeddedMongo({ path });
  const client = await MongoClient.connect(engine.uri);
  const tally: Tally = { queries: 0, indexed: 0, differences: 0 };
  try {
    for (let seed = 1; seed <= Math.ceil(QUERIES / PER_COLLECTION); seed++) {
      const collection = client.db('fuzz').collection(`seed${seed}`);
      if (first) await fill(collection, seed);
      await check(collection, seed, tally);
    }
  } finally {
    await client.close();
    await engine.close();
  }
  const share = Math.round((tally.indexed * 1000) / tally.queries);
  console.log(`${name}: ${tally.queries} queries, ${share} % by an index, ${tally.differences} differences`);
  return tally;
}

const path = mkdtempSync(join(tmpdir(), 'engine-fuzz-'));
try {
  const before = await round(path, 'before reopening', true);
  const after = await round(path, 'after reopening', false);
  process.exitCode = before.differences + after.differences === 0 ? 0 : 1;
} finally {
  rmSync(path, { recursive: true, force: true });
}
