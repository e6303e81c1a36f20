import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import type { Collection, Document } from 'mongodb';
import { spawnEngine } from './processes.ts';
import { temporaryFolder } from './support.ts';

const WRITERS = 12;
const BATCH = 20;
/** When so many more single inserts are acknowledged, the process is killed. */
const KILLS = [10, 60];

interface Ledger {
  /** Numbers of single inserts that were acknowledged. */
  readonly singles: Set<number>;
  /** Batches sent, and those acknowledged. */
  readonly batches: Map<number, boolean>;
  incrementsSent: number;
  incrementsDone: number;
}

interface Entry extends Document {
  _id: number | string;
  kind: string;
  batch?: number;
  n: number;
}

/** Writes until the connection breaks, and keeps a ledger of what was acknowledged. */
async function write(entries: Collection<Entry>, ledger: Ledger, next: () => number): Promise<void> {
  for (;;) {
    const n = next();
    try {
      if (n % 3 === 0) {
        await entries.insertOne({ _id: n, kind: 'single', n });
        ledger.singles.add(n);
      } else if (n % 3 === 1) {
        ledger.batches.set(n, false);
        const batch = Array.from({ length: BATCH }, (_, at) => ({
          _id: `${n}/${at}`,
          kind: 'batch',
          batch: n,
          n: at,
        }));
        await entries.insertMany(batch);
        ledger.batches.set(n, true);
      } else {
        ledger.incrementsSent++;
        await entries.updateOne(
          { _id: 'counter' },
          { $inc: { n: 1 }, $set: { kind: 'counter' } },
          { upsert: true },
        );
        ledger.incrementsDone++;
      }
    } catch {
      return;
    }
  }
}

async function check(entries: Collection<Entry>, ledger: Ledger): Promise<void> {
  const stored = await entries.find({}).toArray();
  const singles = new Set(stored.filter(({ kind }) => kind === 'single').map(({ n }) => n));
  expect([...ledger.singles].filter((n) => !singles.has(n))).to.deep.equal([]);
  for (const [batch, acknowledged] of ledger.batches) {
    const there = stored.filter((entry) => entry.batch === batch).length;
    expect(acknowledged ? [BATCH] : [0, BATCH]).to.include(there);
  }
  const counter = stored.find(({ _id }) => _id === 'counter')?.n ?? 0;
  expect(counter).to.be.within(ledger.incrementsDone, ledger.incrementsSent);
  for (const n of [...ledger.singles].slice(-50))
    expect(await entries.countDocuments({ n, kind: 'single' })).to.equal(1);
  expect(await entries.countDocuments({ kind: 'batch' })).to.equal(
    stored.filter(({ kind }) => kind === 'batch').length,
  );
}

describe('After kill -9 amid parallel writers', () => {
  it('every acknowledged write is there, and no half command', async function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const ledger: Ledger = { singles: new Set(), batches: new Map(), incrementsSent: 0, incrementsDone: 0 };
    let last = 0;
    for (const more of [...KILLS, undefined]) {
      const engine = await spawnEngine(folder);
      const client = await MongoClient.connect(engine.uri, {
        serverSelectionTimeoutMS: 2000,
        retryReads: false,
      });
      const entries = client.db('test').collection<Entry>('entries');
      await entries.createIndexes([{ key: { kind: 1, n: 1 } }]);
      await check(entries, ledger);
      if (more !== undefined) {
        const writers = Array.from({ length: WRITERS }, () => write(entries, ledger, () => ++last));
        const enough = ledger.singles.size + more;
        while (ledger.singles.size < enough) await new Promise((done) => setImmediate(done));
        await engine.kill();
        await client.close(true);
        await Promise.all(writers);
      } else {
        await client.close();
        await engine.kill();
      }
    }
  });
});
