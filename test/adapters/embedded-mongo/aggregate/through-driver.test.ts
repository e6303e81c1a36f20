import { Long } from 'mongodb';
import { expect } from 'chai';
import { codeOf, faultOf, runEngine } from '../support.ts';
import type { Running } from '../support.ts';

describe('Updates and aggregation through the driver', () => {
  let engine: Running;

  before(async () => {
    engine = await runEngine();
  });

  after(() => engine.stop());

  beforeEach(async () => {
    await engine.db.dropDatabase();
    await engine.db.collection<{ _id: number }>('c').insertMany([
      { _id: 1, k: 'a', n: 5 },
      { _id: 2, k: 'A', n: Long.fromString('9007199254740993') },
      { _id: 3, k: 'b' },
    ] as never);
  });

  it('$out replaces a collection, $merge meets its documents, and neither answers documents', async () => {
    const { db } = engine;
    expect(
      await db
        .collection('c')
        .aggregate([{ $project: { k: 1 } }, { $out: 'o' }])
        .toArray(),
    ).to.deep.equal([]);
    await db
      .collection('c')
      .aggregate([{ $match: { _id: 1 } }, { $addFields: { seen: true } }, { $merge: 'o' }])
      .toArray();
    const stages = [
      { $match: { _id: 3 } },
      { $merge: { into: 'o', whenMatched: [{ $set: { from: '$$new.k' } }] } },
    ];
    await db.collection('c').aggregate(stages).toArray();
    expect(await db.collection('o').find().toArray()).to.deep.equal([
      { _id: 1, k: 'a', n: 5, seen: true },
      { _id: 2, k: 'A' },
      { _id: 3, k: 'b', from: 'b' },
    ]);
  });

  it('$merge that must not meet anything tells which document it met', async () => {
    const stages = [{ $documents: [{ _id: 2 }] }, { $merge: { into: 'c', whenMatched: 'fail' } }];
    const fault = await faultOf(engine.db.aggregate(stages).toArray());
    expect(fault.code).to.equal(11000);
    expect(fault.errorResponse['keyPattern']).to.deep.equal({ _id: 1 });
    expect(fault.errorResponse['keyValue']).to.deep.equal({ _id: 2 });
  });

  it('sums Longs exactly', async () => {
    const [total] = await engine.db
      .collection('c')
      .aggregate([{ $group: { _id: null, sum: { $sum: '$n' } } }], { promoteLongs: false })
      .toArray();
    expect(String(total?.['sum'])).to.equal('9007199254740998');
  });

  it('counts, groups and lists by a collation', async () => {
    const collation = { locale: 'en', strength: 2 };
    const c = engine.db.collection('c');
    expect(await c.countDocuments({ k: 'A' }, { collation })).to.equal(2);
    expect(await c.distinct('k', {}, { collation })).to.deep.equal(['a', 'b']);
    const groups = await c.aggregate([{ $group: { _id: '$k', n: { $sum: 1 } } }], { collation }).toArray();
    expect(groups).to.deep.equal([
      { _id: 'a', n: 2 },
      { _id: 'b', n: 1 },
    ]);
  });

  it('gives shells the figures of a collection', async () => {
    const [stats] = await engine.db
      .collection('c')
      .aggregate([{ $collStats: { storageStats: {}, count: {} } }])
      .toArray();
    expect(stats?.['count']).to.equal(3);
    expect((stats?.['storageStats'] as { nindexes: number }).nindexes).to.equal(1);
    expect(await codeOf(engine.db.aggregate([{ $currentOp: {} }]).toArray())).to.equal(238);
  });

  it('counts only real changes as modified', async () => {
    const c = engine.db.collection('c');
    expect((await c.updateMany({}, { $set: { k: 'a' } })).modifiedCount).to.equal(2);
    expect((await c.updateMany({}, [{ $set: { k: 'a' } }])).modifiedCount).to.equal(0);
    const position = await c
      .updateOne({ n: 5 }, { $set: { 'list.$.x': 1 } })
      .catch((error: unknown) => error);
    expect(position).to.have.property('code', 2);
  });
});
