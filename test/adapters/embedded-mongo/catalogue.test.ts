/* eslint-disable @typescript-eslint/no-unsafe-member-access -- answers are documents of any shape */
import { expect } from 'chai';
import type { Collection, Document } from 'mongodb';
import { codeOf, faultOf, runEngine, temporaryFolder } from './support.ts';
import type { Running } from './support.ts';

describe('The catalogue', () => {
  let engine: Running;
  let things: Collection;
  let turn = 0;
  const run = (command: Document): Promise<Document> => engine.db.command(command);
  const create = (...indexes: Document[]): Promise<Document> =>
    run({ createIndexes: things.collectionName, indexes });

  before(async () => (engine = await runEngine()));
  after(() => engine.stop());
  beforeEach(() => (things = engine.db.collection(`things${++turn}`)));

  describe('of collections', () => {
    it('lists what was made, by hand or by the first write, and not what was dropped', async () => {
      const db = engine.client.db('listed');
      await db.createCollection('b');
      await db.collection('a').insertOne({});
      await db.collection('c').createIndexes([{ key: { x: 1 } }]);
      expect((await db.listCollections().toArray()).map(({ name }) => name)).to.deep.equal(['a', 'b', 'c']);
      expect(await db.listCollections({ name: 'b' }, { nameOnly: true }).toArray()).to.deep.equal([
        { name: 'b', type: 'collection' },
      ]);
      expect(await db.collection('b').drop()).to.equal(true);
      await db.createCollection('a');
      const { databases } = await db.admin().listDatabases({ nameOnly: true });
      expect(databases.map(({ name }) => name)).to.include('listed');
      expect((await db.command({ dropDatabase: 1 })).dropped).to.equal('listed');
      expect(await db.listCollections().toArray()).to.deep.equal([]);
    });

    it('takes a drop of nothing for done, and refuses names that MongoDB refuses', async () => {
      expect(await run({ drop: 'nothing' })).to.deep.equal({ ok: 1 });
      for (const name of ['', 'a..b', '.a', 'a.', 'x'.repeat(260)]) {
        expect(await codeOf(run({ create: name })), name).to.equal(73);
      }
    });

    it('renames, with the indexes, and only over another name when told', async () => {
      await things.insertOne({ a: 1 });
      await things.createIndexes([{ key: { a: 1 }, unique: true }]);
      await engine.db.createCollection('taken');
      const admin = engine.client.db('admin');
      const renamed = { renameCollection: things.namespace, to: 'test.taken' };
      expect(await codeOf(admin.command(renamed))).to.equal(48);
      await admin.command({ ...renamed, dropTarget: true });
      const taken = engine.db.collection('taken');
      expect((await taken.indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'a_1']);
      expect(await codeOf(taken.insertOne({ a: 1 }))).to.equal(11000);
      expect(await codeOf(admin.command(renamed))).to.equal(26);
    });

    it('gives figures to those who ask', async () => {
      await things.insertMany([{ a: 1 }, { a: 2 }]);
      expect(await run({ collStats: things.collectionName })).to.include({ count: 2, nindexes: 1 });
      expect((await run({ dbStats: 1 })).objects).to.be.at.least(2);
    });
  });

  describe('of indexes', () => {
    it('gives an index back as it was asked for, so that nobody builds it for ever', async () => {
      await create(
        { key: { a: 1 }, name: 'a', unique: true, sparse: false, background: true },
        { key: { b: -1, 'c.d': 1 }, name: 'b', partialFilterExpression: { b: { $gt: 1 } } },
        { key: { at: 1 }, name: 'at', expireAfterSeconds: 60 },
        { key: { t: 'text' }, name: 't' },
        { key: { g: '2dsphere' }, name: 'g' },
      );
      const [id, a, b, at, text, geo] = await things.indexes();
      expect(id).to.deep.equal({ v: 2, key: { _id: 1 }, name: '_id_' });
      expect(a).to.include({ v: 2, name: 'a', unique: true }).and.not.have.property('sparse');
      expect(b).to.deep.include({ key: { b: -1, 'c.d': 1 }, partialFilterExpression: { b: { $gt: 1 } } });
      expect(at).to.include({ expireAfterSeconds: 60 });
      expect(text).to.deep.include({ key: { _fts: 'text', _ftsx: 1 }, weights: { t: 1 } });
      expect(geo).to.deep.include({ key: { g: '2dsphere' } });
    });

    it('says when all are there already, and how many there are', async () => {
      const key = { a: 1 };
      expect(await create({ key, name: 'a' })).to.include({ numIndexesBefore: 1, numIndexesAfter: 2 });
      expect(await create({ key, name: 'a' })).to.include({ note: 'all indexes already exist' });
    });

    it('refuses what contradicts: 85, 86, 67, 197, 2', async () => {
      await create({ key: { a: 1 }, name: 'a' });
      const cases: [Document, number][] = [
        [{ key: { a: 1 }, name: 'other' }, 85],
        [{ key: { b: 1 }, name: 'a' }, 86],
        [{ key: { a: 1 }, name: 'a', unique: true }, 86],
        [{ key: {}, name: 'x' }, 67],
        [{ key: { a: 0 }, name: 'x' }, 67],
        [{ key: { a: 'nonsense' }, name: 'x' }, 67],
        [{ key: { 'a..b': 1 }, name: 'x' }, 67],
        [{ key: { c: 1 }, name: 'x', sparse: true, partialFilterExpression: { c: 1 } }, 67],
        [{ key: { c: 1 }, name: 'x', uniqeu: true }, 197],
        [{ key: { c: 1 } }, 9],
        [{ key: { c: 1 }, name: '*' }, 2],
      ];
      for (const [index, code] of cases) {
        expect(await codeOf(create(index)), JSON.stringify(index)).to.equal(code);
      }
      expect(await codeOf(create())).to.equal(2);
      expect(await things.indexes()).to.have.length(2);
    });

    it('refuses a unique index over duplicates, and makes none of those that were asked for with it', async () => {
      await things.insertMany([{ a: 1 }, { a: 1 }]);
      const fault = await faultOf(
        create({ key: { b: 1 }, name: 'b' }, { key: { a: 1 }, name: 'a', unique: true }),
      );
      expect(fault.code).to.equal(11000);
      expect(await things.indexes()).to.have.length(1);
    });

    it('refuses two arrays in one compound index, at the document', async () => {
      await create({ key: { a: 1, b: 1 }, name: 'ab' });
      expect(await codeOf(things.insertOne({ a: [1], b: [2] }))).to.equal(171);
      await things.insertOne({ a: [1], b: 2 });
      expect(await codeOf(things.updateOne({}, { $set: { b: [3] } }))).to.equal(171);
      expect(await things.countDocuments({ b: 2 })).to.equal(1);
    });

    it('lets a unique index be sparse or partial', async () => {
      await create({ key: { a: 1 }, name: 'a', unique: true, sparse: true });
      await create({
        key: { b: 1 },
        name: 'b',
        unique: true,
        partialFilterExpression: { b: { $type: 'string' } },
      });
      await things.insertMany([{}, {}, { b: 5 }, { b: 5 }, { a: 1, b: 'x' }]);
      expect(await codeOf(things.insertOne({ a: 1 }))).to.equal(11000);
      expect(await codeOf(things.insertOne({ b: 'x' }))).to.equal(11000);
    });

    it('drops by name, by keys, all of them; never _id_', async () => {
      for (const path of ['a', 'b', 'c', 'd']) await create({ key: { [path]: 1 }, name: path });
      const drop = (index: unknown): Promise<Document> => run({ dropIndexes: things.collectionName, index });
      expect(await drop('a')).to.include({ nIndexesWas: 5 });
      await drop({ b: 1 });
      expect((await things.indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'c', 'd']);
      expect(await codeOf(drop('a'))).to.equal(27);
      expect(await codeOf(drop('_id_'))).to.equal(72);
      await drop('*');
      expect(await things.indexes()).to.have.length(1);
      expect(await codeOf(run({ dropIndexes: 'nobody', index: 'a' }))).to.equal(26);
      expect(await codeOf(run({ listIndexes: 'nobody' }))).to.equal(26);
    });

    it('hides an index from the planner, not from uniqueness', async () => {
      await create({ key: { a: 1 }, name: 'a', unique: true });
      await things.insertOne({ a: 1 });
      const hide = (hidden: boolean): Promise<Document> =>
        run({ collMod: things.collectionName, index: { name: 'a', hidden } });
      const stage = async (): Promise<unknown> =>
        (await things.find({ a: 1 }).explain('queryPlanner')).queryPlanner.winningPlan.stage;
      expect(await hide(true)).to.include({ hidden_old: false, hidden_new: true });
      expect(await stage()).to.equal('COLLSCAN');
      expect(await codeOf(things.insertOne({ a: 1 }))).to.equal(11000);
      await hide(false);
      expect(await stage()).to.equal('FETCH');
    });

    it('refuses a hint that names no index by 2', async () => {
      await things.insertOne({ a: 1 });
      expect(await codeOf(things.find({}, { hint: 'nonsense' }).toArray())).to.equal(2);
    });
  });

  it('is the same after the store was closed and opened again', async () => {
    const folder = temporaryFolder();
    let other = await runEngine(folder);
    const indexes = [
      { key: { a: 1 }, unique: true, name: 'a' },
      { key: { b: -1 }, name: 'b', hidden: true },
    ];
    await other.db.collection('kept').createIndexes(indexes);
    await other.db.collection('kept').insertMany([{ a: 1 }, { a: 2 }]);
    await other.db.createCollection('empty');
    await other.db.createCollection('dropped');
    await other.db.collection('dropped').drop();
    const before = await other.db.collection('kept').indexes();
    await other.stop();
    other = await runEngine(folder);
    expect(await other.db.collection('kept').indexes()).to.deep.equal(before);
    expect((await other.db.listCollections().toArray()).map(({ name }) => name)).to.deep.equal([
      'empty',
      'kept',
    ]);
    expect(await codeOf(other.db.collection('kept').insertOne({ a: 2 }))).to.equal(11000);
    await other.db.collection('kept').insertOne({ a: 3 });
    expect((await other.db.collection('kept').find().toArray()).map(({ a }) => a as number)).to.deep.equal([
      1, 2, 3,
    ]);
    await other.stop();
  });
});
