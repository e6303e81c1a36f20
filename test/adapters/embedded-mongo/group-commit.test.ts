import { expect } from 'chai';
import type { Collection } from 'mongodb';
import { codeOf, runEngine } from './support.ts';
import type { Running } from './support.ts';

interface Entry {
  _id: number;
  a?: number;
}

describe('Writes that arrive together', () => {
  let engine: Running;
  let entries: Collection<Entry>;
  let transactions = 0;
  /** What happens in the next transaction after its work. */
  let trouble: (() => void) | undefined;

  before(async () => {
    engine = await runEngine();
    entries = engine.db.collection('entries');
    const { store } = engine;
    const whole = store.transaction.bind(store);
    store.transaction = (work) => {
      transactions++;
      const now = trouble;
      trouble = undefined;
      whole(() => {
        work();
        now?.();
      });
    };
    // Opens the connections: from now on all commands of a turn arrive at once.
    await Promise.all(Array.from({ length: 20 }, () => entries.findOne({})));
    await entries.createIndexes([{ key: { a: 1 }, unique: true }]);
  });
  after(() => engine.stop());
  beforeEach(async () => {
    await entries.deleteMany({});
    transactions = 0;
  });

  const insertTogether = (ids: readonly number[]): Promise<PromiseSettledResult<unknown>[]> =>
    Promise.allSettled(ids.map((_id) => entries.insertOne({ _id, a: _id })));

  const twenty = Array.from({ length: 20 }, (_, at) => at);

  it('share a transaction', async () => {
    await insertTogether(twenty);
    expect(await entries.countDocuments()).to.equal(20);
    expect(transactions).to.be.lessThan(15);
  });

  it('fail one by one: a duplicate does not take its neighbours with it', async () => {
    await entries.insertOne({ _id: 7, a: 7 });
    const results = await insertTogether(twenty);
    expect(results.map(({ status }) => status === 'fulfilled')).to.deep.equal(twenty.map((id) => id !== 7));
    expect(await entries.countDocuments()).to.equal(20);
  });

  it('are all kept when their common transaction fails and each can be done alone', async () => {
    trouble = () => {
      throw new Error('the commit failed');
    };
    const results = await insertTogether(twenty);
    // Whoever was alone in the transaction that failed is told so.
    const kept = twenty.filter((_, at) => results[at]!.status === 'fulfilled');
    expect(kept.length).to.be.greaterThan(18);
    expect(await entries.distinct('_id')).to.have.members(kept);
    expect(await entries.find({ a: { $gte: 0 } }).toArray()).to.have.length(kept.length);
  });

  it('leave neither a document nor an index entry of what failed', async () => {
    await entries.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    const fail = (): void => {
      trouble = () => {
        throw new Error('the commit failed');
      };
    };
    fail();
    expect(await codeOf(entries.insertOne({ _id: 3, a: 3 }))).to.equal(1);
    fail();
    expect(await codeOf(entries.updateOne({ _id: 1 }, { $set: { a: 9 } }))).to.equal(1);
    fail();
    expect(await codeOf(entries.deleteOne({ _id: 2 }))).to.equal(1);
    fail();
    expect(await codeOf(entries.drop())).to.equal(1);
    fail();
    expect(await codeOf(engine.db.createCollection('other'))).to.equal(1);
    fail();
    expect(await codeOf(entries.createIndexes([{ key: { b: 1 } }]))).to.equal(1);

    expect(await entries.find({}).toArray()).to.deep.equal([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    for (const [a, there] of [
      [1, 1],
      [2, 1],
      [3, 0],
      [9, 0],
    ] as const) {
      expect(await entries.countDocuments({ a })).to.equal(there);
    }
    expect((await engine.db.listCollections().toArray()).map(({ name }) => name)).to.deep.equal(['entries']);
    expect((await entries.indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'a_1']);
    await entries.insertOne({ _id: 3, a: 3 });
  });

  it('are answered only when they are durable, and read only then', async () => {
    const seen = await Promise.all(
      twenty.map(async (_id) => {
        await entries.insertOne({ _id, a: _id });
        return entries.findOne({ _id });
      }),
    );
    expect(seen.every((entry) => entry !== null)).to.equal(true);
  });
});
