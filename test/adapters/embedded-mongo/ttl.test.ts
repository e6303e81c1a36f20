import { expect } from 'chai';
import { sweepExpired } from '../../../src/adapters/embedded-mongo/ttl.ts';
import { codeOf, runEngine } from './support.ts';
import type { Running } from './support.ts';

const NOON = new Date('2026-03-01T12:00:00Z');
const before = (seconds: number): Date => new Date(NOON.getTime() - seconds * 1000);

interface Entry {
  _id: number;
  at?: unknown;
  kind?: string;
}

describe('Documents under a TTL index', () => {
  let engine: Running;
  let turn = 0;
  const collection = () => engine.db.collection<Entry>(`entries${++turn}`);

  beforeEach(async () => (engine ??= await runEngine()));
  after(() => engine.stop());

  it('go when their date is older than the index says; others stay', async () => {
    const entries = collection();
    await entries.createIndexes([{ key: { at: 1 }, expireAfterSeconds: 60 }]);
    await entries.insertMany([
      { _id: 1, at: before(61) },
      { _id: 2, at: before(59) },
      { _id: 3, at: 'not a date' },
      { _id: 4 },
      { _id: 5, at: [before(10), before(100)] },
      { _id: 6, at: before(60).getTime() },
      { _id: 7, at: null },
    ]);
    await sweepExpired(engine.server, NOON);
    expect((await entries.find().toArray()).map(({ _id }) => _id)).to.deep.equal([2, 3, 4, 6, 7]);
  });

  it('go at the date itself when it counts no seconds', async () => {
    const entries = collection();
    await entries.createIndexes([{ key: { at: 1 }, expireAfterSeconds: 0 }]);
    await entries.insertMany([
      { _id: 1, at: before(1) },
      { _id: 2, at: before(-1) },
    ]);
    await sweepExpired(engine.server, NOON);
    expect((await entries.find().toArray()).map(({ _id }) => _id)).to.deep.equal([2]);
  });

  it('go only where a partial index holds them', async () => {
    const entries = collection();
    const partialFilterExpression = { kind: 'draft' };
    await entries.createIndexes([{ key: { at: 1 }, expireAfterSeconds: 1, partialFilterExpression }]);
    await entries.insertMany([
      { _id: 1, at: before(100), kind: 'draft' },
      { _id: 2, at: before(100), kind: 'sealed' },
    ]);
    await sweepExpired(engine.server, NOON);
    expect((await entries.find().toArray()).map(({ _id }) => _id)).to.deep.equal([2]);
  });

  it('go in several commands when they are many', async () => {
    const entries = collection();
    await entries.createIndexes([{ key: { at: 1 }, expireAfterSeconds: 1 }]);
    await entries.insertMany(Array.from({ length: 2500 }, (_, _id) => ({ _id, at: before(100) })));
    await sweepExpired(engine.server, NOON);
    expect(await entries.countDocuments()).to.equal(0);
  });

  it('may live longer by collMod, and no index lets them expire by two fields or by _id', async () => {
    const entries = collection();
    await entries.createIndexes([{ key: { at: 1 }, expireAfterSeconds: 1 }]);
    await entries.insertOne({ _id: 1, at: before(100) });
    const index = { name: 'at_1', expireAfterSeconds: 1000 };
    await engine.db.command({ collMod: entries.collectionName, index });
    await sweepExpired(engine.server, NOON);
    expect(await entries.countDocuments()).to.equal(1);
    for (const key of [{ at: 1, kind: 1 }, { _id: 1 }] as const) {
      expect(await codeOf(entries.createIndexes([{ key, expireAfterSeconds: 1, name: 'x' }]))).to.equal(67);
    }
  });
});
