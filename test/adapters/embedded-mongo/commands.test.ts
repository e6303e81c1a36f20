/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call -- answers are documents of any shape */
import { Long, ObjectId } from 'bson';
import { expect } from 'chai';
import type { Collection, Document } from 'mongodb';
import { COMMAND_NAMES } from '../../../src/adapters/embedded-mongo/commands/index.ts';
import { codeOf, faultOf, runEngine } from './support.ts';
import type { Running } from './support.ts';

describe('Commands of the embedded engine', () => {
  let engine: Running;
  let things: Collection<Document & { _id: number | ObjectId }>;
  let turn = 0;

  const run = (command: Document): Promise<Document> => engine.db.command(command);

  before(async () => (engine = await runEngine()));
  after(() => engine.stop());
  beforeEach(() => (things = engine.db.collection(`things${++turn}`)));

  it('are all that the driver, Mongoose, Agenda and a shell ask for', () => {
    const wanted = [
      'hello',
      'isMaster',
      'ismaster',
      'ping',
      'buildInfo',
      'connectionStatus',
      'insert',
      'find',
    ];
    wanted.push(
      'getMore',
      'killCursors',
      'update',
      'delete',
      'findAndModify',
      'aggregate',
      'count',
      'distinct',
    );
    wanted.push(
      'create',
      'createIndexes',
      'dropIndexes',
      'listIndexes',
      'listCollections',
      'listDatabases',
      'drop',
    );
    wanted.push(
      'dropDatabase',
      'endSessions',
      'collMod',
      'explain',
      'dbStats',
      'collStats',
      'renameCollection',
    );
    expect(COMMAND_NAMES).to.include.members(wanted);
  });

  describe('about the server', () => {
    it('say that it is a lone MongoDB 7.0 without streams of its topology', async () => {
      const hello = await run({ hello: 1 });
      expect(hello).to.include({
        isWritablePrimary: true,
        maxWireVersion: 21,
        logicalSessionTimeoutMinutes: 30,
      });
      expect(hello).not.to.have.any.keys('topologyVersion', 'setName', 'msg');
      expect(await run({ isMaster: 1 })).to.include({ ismaster: true });
      expect((await run({ buildInfo: 1 })).version).to.match(/^7\.0\./);
    });

    it('answer what a shell asks when it starts', async () => {
      const admin = engine.client.db('admin');
      for (const name of ['ping', 'connectionStatus', 'whatsmyuri', 'serverStatus', 'endSessions']) {
        expect(await admin.command({ [name]: name === 'endSessions' ? [] : 1 })).to.include({ ok: 1 });
      }
      expect(await admin.command({ getLog: 'startupWarnings' })).to.deep.include({ log: [] });
    });

    it('take sessions for what they are worth here: nothing', async () => {
      const session = engine.client.startSession();
      await things.insertOne({ _id: 1 }, { session });
      expect(await things.findOne({}, { session })).to.deep.equal({ _id: 1 });
      await session.endSession();
    });
  });

  describe('that do not exist or are left out', () => {
    it('are refused by 59 when nobody knows them', async () => {
      const fault = await faultOf(run({ bogus: 1 }));
      expect(fault).to.include({ code: 59, codeName: 'CommandNotFound' });
      expect(await codeOf(run({ constructor: 1 }))).to.equal(59);
    });

    it('are refused by 20, in the words on which drivers key, when they belong to a transaction', async () => {
      const session = engine.client.startSession();
      session.startTransaction();
      const fault = await faultOf(things.insertOne({ _id: 1 }, { session }));
      // The driver puts its own error about retryable writes in front of ours.
      expect((fault as { originalError?: unknown }).originalError).to.include({
        code: 20,
        errmsg: 'Transaction numbers are only allowed on a replica set member or mongos',
      });
      await session.abortTransaction().catch(() => undefined);
      await session.endSession();
      expect(await things.countDocuments()).to.equal(0);
    });

    it('are refused by 40573 when they watch for changes', async () => {
      expect(await codeOf(things.watch().next())).to.equal(40573);
    });

    it('are refused by 238 when this store does not build them', async () => {
      const name = things.collectionName;
      const left: Document[] = [
        { mapReduce: name },
        { bulkWrite: 1 },
        { create: name, viewOn: 'a', pipeline: [] },
        { create: name, timeseries: { timeField: 't' } },
        { create: name, capped: true, size: 1000 },
        { create: name, validator: { a: 1 } },
        { create: name, clusteredIndex: { key: { _id: 1 }, unique: true } },
        { create: name, collation: { locale: 'de' } },
        {
          createIndexes: name,
          indexes: [{ key: { a: 1 }, name: 'a', collation: { locale: 'de' }, unique: true }],
        },
        { createIndexes: name, indexes: [{ key: { '$**': 1 }, name: 'a' }] },
        { createIndexes: name, indexes: [{ key: { a: 'hashed' }, name: 'a', unique: true }] },
        { find: name, tailable: true },
        { find: name, filter: { $where: 'true' } },
        { find: name, filter: { $text: { $search: 'a' } } },
        { find: name, filter: { $jsonSchema: {} } },
        { find: name, filter: { a: { $near: [0, 0] } } },
        { find: name, filter: { a: { $geoWithin: { $center: [[0, 0], 1] } } } },
        { find: name, filter: { $expr: { $function: { body: 'x', args: [], lang: 'js' } } } },
        { aggregate: name, pipeline: [{ $graphLookup: {} }], cursor: {} },
        { aggregate: name, pipeline: [{ $setWindowFields: {} }], cursor: {} },
      ];
      for (const command of left) expect(await codeOf(run(command)), JSON.stringify(command)).to.equal(238);
    });

    it('are refused by 40415 with a field that they do not know, instead of doing something else', async () => {
      const name = things.collectionName;
      expect(await codeOf(run({ find: name, fliter: { a: 1 } }))).to.equal(40415);
      expect(await codeOf(run({ delete: name, deletes: [{ q: {}, limit: 0, filter: { a: 1 } }] }))).to.equal(
        40415,
      );
      const sorted = { update: name, updates: [{ q: {}, u: { $set: { a: 1 } }, sort: { a: 1 } }] };
      expect(await codeOf(run(sorted))).to.equal(40415);
    });

    it('are refused by 2 or 72 when they want a promise that a single store cannot give', async () => {
      const name = things.collectionName;
      const documents = [{ _id: 1 }];
      expect(await codeOf(run({ insert: name, documents, writeConcern: { w: 2 } }))).to.equal(2);
      expect(await codeOf(run({ find: name, readConcern: { level: 'snapshot' } }))).to.equal(72);
      expect(await things.countDocuments()).to.equal(0);
    });
  });

  describe('that write', () => {
    it('report faults by index, stop when ordered and go on when not', async () => {
      const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }, { _id: 2 }];
      const ordered = await run({ insert: things.collectionName, documents });
      expect(ordered).to.deep.include({ n: 1, ok: 1 });
      expect(ordered.writeErrors).to.deep.equal([
        {
          index: 1,
          code: 11000,
          errmsg: `E11000 duplicate key error collection: test.${things.collectionName} index: _id_ dup key: { _id: 1 }`,
          keyPattern: { _id: 1 },
          keyValue: { _id: 1 },
        },
      ]);
      const unordered = await run({ insert: things.collectionName, documents, ordered: false });
      expect(unordered.writeErrors.map(({ index }: { index: number }) => index)).to.deep.equal([0, 1, 3]);
      expect(unordered.n).to.equal(1);
    });

    it('refuse a batch of nothing by 16', async () => {
      for (const command of [
        { insert: 'a', documents: [] },
        { update: 'a', updates: [] },
        { delete: 'a', deletes: [] },
      ]) {
        expect(await codeOf(run(command))).to.equal(16);
      }
    });

    it('count what matched apart from what changed', async () => {
      await things.insertMany([
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
        { _id: 3, a: 1 },
      ]);
      expect(await things.updateMany({}, { $set: { a: 1 } })).to.include({
        matchedCount: 3,
        modifiedCount: 1,
      });
    });

    it('upsert from what the filter fixes, and say which _id came of it', async () => {
      const id = new ObjectId();
      const one = await things.updateOne({ a: 1, b: { $gt: 5 } }, { $set: { c: 2 } }, { upsert: true });
      expect(one.upsertedCount).to.equal(1);
      expect(await things.findOne({ _id: one.upsertedId as ObjectId })).to.deep.equal({
        _id: one.upsertedId,
        a: 1,
        c: 2,
      });
      await things.replaceOne({ _id: id }, { x: 1 }, { upsert: true });
      expect(await things.findOne({ _id: id })).to.deep.equal({ _id: id, x: 1 });
    });

    it('leave a document alone whose update fails, and those behind it', async () => {
      await things.insertMany([
        { _id: 1, a: 1 },
        { _id: 2, a: 'text' },
        { _id: 3, a: 1 },
      ]);
      expect(await codeOf(things.updateMany({}, { $inc: { a: 1 }, $set: { b: 1 } }))).to.equal(14);
      expect(await things.find({}).toArray()).to.deep.equal([
        { _id: 1, a: 2, b: 1 },
        { _id: 2, a: 'text' },
        { _id: 3, a: 1 },
      ]);
    });

    it('do not find again what they have written', async () => {
      await things.createIndexes([{ key: { a: 1 } }]);
      await things.insertMany(Array.from({ length: 50 }, (_, at) => ({ _id: at, a: at })));
      expect((await things.updateMany({ a: { $gte: 0 } }, { $inc: { a: 100 } })).modifiedCount).to.equal(50);
      expect(await things.countDocuments({ a: { $gte: 100, $lt: 150 } })).to.equal(50);
    });

    it('refuse a change that a unique index forbids, and keep the index as it was', async () => {
      await things.createIndexes([{ key: { a: 1 }, unique: true }]);
      await things.insertMany([
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
      ]);
      expect(await faultOf(things.updateOne({ _id: 2 }, { $set: { a: 1 } }))).to.deep.include({
        code: 11000,
        keyPattern: { a: 1 },
        keyValue: { a: 1 },
      });
      expect(await things.find({ a: 2 }).toArray()).to.have.length(1);
      expect(await things.find({ a: 1 }).toArray()).to.have.length(1);
      await things.updateOne({ _id: 2 }, { $set: { a: 3 } });
      await things.updateOne({ _id: 1 }, { $set: { a: 2 } });
      expect(await things.distinct('a')).to.have.members([2, 3]);
    });

    it('find and modify: before, after, removed, upserted, nothing', async () => {
      await things.insertOne({ _id: 1, a: 1 });
      expect(await things.findOneAndUpdate({ _id: 1 }, { $inc: { a: 1 } })).to.deep.equal({ _id: 1, a: 1 });
      const after = { returnDocument: 'after' } as const;
      expect(await things.findOneAndUpdate({ _id: 1 }, { $inc: { a: 1 } }, after)).to.deep.equal({
        _id: 1,
        a: 3,
      });
      const upsert = {
        findAndModify: things.collectionName,
        query: { _id: 2 },
        update: { $set: { a: 9 } },
        upsert: true,
      };
      expect(await run(upsert)).to.deep.equal({
        lastErrorObject: { n: 1, updatedExisting: false, upserted: 2 },
        value: null,
        ok: 1,
      });
      expect(
        await things.findOneAndDelete({}, { sort: { a: -1 }, projection: { a: 1, _id: 0 } }),
      ).to.deep.equal({ a: 9 });
      expect(await run({ findAndModify: 'nobody', query: {}, remove: true })).to.deep.include({
        value: null,
        ok: 1,
      });
    });

    it('find and modify fails at the top level, with what collided', async () => {
      await things.createIndexes([{ key: { a: 1 }, unique: true }]);
      await things.insertMany([
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
      ]);
      const fault = await faultOf(things.findOneAndUpdate({ _id: 2 }, { $set: { a: 1 } }));
      expect(fault).to.deep.include({ code: 11000, codeName: 'DuplicateKey', keyValue: { a: 1 } });
    });
  });

  describe('that read', () => {
    it('come in the order of insertion, whatever their _id', async () => {
      await things.insertMany([5, 3, 9, 1].map((_id) => ({ _id })));
      expect((await things.find().toArray()).map(({ _id }) => _id)).to.deep.equal([5, 3, 9, 1]);
      expect(
        (await things.find({}, { hint: { $natural: -1 } }).toArray()).map(({ _id }) => _id),
      ).to.deep.equal([1, 9, 3, 5]);
      expect((await things.find({}, { hint: '_id_' }).toArray()).map(({ _id }) => _id)).to.deep.equal([
        1, 3, 5, 9,
      ]);
    });

    it('skip, limit, sort and project', async () => {
      await things.insertMany([5, 3, 9, 1].map((a) => ({ _id: a, a, b: { c: a } })));
      const found = things.find(
        { a: { $gt: 1 } },
        { sort: { a: -1 }, skip: 1, limit: 1, projection: { 'b.c': 1, _id: 0 } },
      );
      expect(await found.toArray()).to.deep.equal([{ b: { c: 5 } }]);
    });

    it('go through batches and see what was stored between them', async () => {
      await things.insertMany(Array.from({ length: 10 }, (_, at) => ({ _id: at })));
      const cursor = things.find({}, { batchSize: 3 });
      const seen = [await cursor.next(), await cursor.next(), await cursor.next()];
      await things.deleteMany({ _id: { $in: [3, 5] } });
      await things.insertOne({ _id: 10 });
      for await (const doc of cursor) seen.push(doc);
      expect(seen.map((doc) => doc?._id)).to.deep.equal([0, 1, 2, 4, 6, 7, 8, 9, 10]);
    });

    it('open a cursor with an empty first batch, and close it when told', async () => {
      await things.insertMany([{ _id: 1 }, { _id: 2 }]);
      const name = things.collectionName;
      const { cursor } = await engine.db.command(
        { find: name, batchSize: 0 },
        {
          promoteLongs: false,
        },
      );
      expect(cursor.firstBatch).to.deep.equal([]);
      const id = cursor.id as Long;
      const next = await run({ getMore: id, collection: name, batchSize: 1 });
      expect(next.cursor.nextBatch).to.deep.equal([{ _id: 1 }]);
      expect(await codeOf(run({ getMore: id, collection: 'other' }))).to.equal(13);
      const { cursorsKilled } = await run({ killCursors: name, cursors: [id, Long.fromNumber(5)] });
      expect(cursorsKilled).to.have.length(1);
      expect(await codeOf(run({ getMore: id, collection: name }))).to.equal(43);
    });

    it('give up when their time is over', async () => {
      await things.insertMany(Array.from({ length: 5000 }, (_, at) => ({ _id: at, a: [at, at + 1] })));
      const slow = {
        find: things.collectionName,
        filter: { a: { $not: { $elemMatch: { $gt: 10_000 } } }, b: 1 },
        maxTimeMS: 1,
      };
      expect(await codeOf(run(slow))).to.equal(50);
    });

    it('count with and without a filter, and tell distinct values', async () => {
      await things.insertMany([{ _id: 1, a: [1, 2] }, { _id: 2, a: 2 }, { _id: 3, a: null }, { _id: 4 }]);
      const name = things.collectionName;
      expect(await run({ count: name })).to.deep.equal({ n: 4, ok: 1 });
      expect(await run({ count: name, query: { a: 2 }, limit: 1 })).to.deep.equal({ n: 1, ok: 1 });
      expect(await run({ count: name, skip: 3 })).to.deep.equal({ n: 1, ok: 1 });
      expect(await things.countDocuments({ a: 2 })).to.equal(2);
      expect(await things.countDocuments({ a: 99 })).to.equal(0);
      expect(await things.distinct('a')).to.deep.equal([1, 2, null]);
    });

    it('evaluate the expressions of let before they use them', async () => {
      await things.insertMany([{ _id: 1 }, { _id: 3 }]);
      const options = { let: { three: { $add: [1, 2] } } } as object;
      expect(await things.find({ $expr: { $eq: ['$_id', '$$three'] } }, options).toArray()).to.deep.equal([
        { _id: 3 },
      ]);
    });

    it('aggregate over a whole collection, and write where the last stage says so', async () => {
      await things.insertMany([1, 2, 3, 4].map((_id) => ({ _id, even: _id % 2 === 0 })));
      const totals = [{ $group: { _id: '$even', sum: { $sum: '$_id' } } }, { $sort: { _id: 1 } }];
      expect(await things.aggregate(totals).toArray()).to.deep.equal([
        { _id: false, sum: 4 },
        { _id: true, sum: 6 },
      ]);
      const out = engine.db.collection(`${things.collectionName}.out`);
      await things.aggregate([{ $match: { even: true } }, { $out: out.collectionName }]).toArray();
      expect(await out.find().toArray()).to.have.length(2);
      const merge = { into: out.collectionName, whenMatched: 'keepExisting' };
      await things.aggregate([{ $set: { even: 'merged' } }, { $merge: merge }]).toArray();
      expect(await out.find().sort({ _id: 1 }).toArray()).to.deep.equal([
        { _id: 1, even: 'merged' },
        { _id: 2, even: true },
        { _id: 3, even: 'merged' },
        { _id: 4, even: true },
      ]);
    });

    it('refuse to aggregate without a cursor, and nowhere without a collection', async () => {
      expect(await codeOf(run({ aggregate: things.collectionName, pipeline: [] }))).to.equal(9);
      expect(await codeOf(run({ aggregate: 1, pipeline: [{ $match: {} }], cursor: {} }))).to.equal(73);
    });
  });

  describe('that explain', () => {
    const planOf = async (command: Document): Promise<Document> =>
      (await run({ explain: command, verbosity: 'queryPlanner' })).queryPlanner.winningPlan as Document;

    it('tell the index, the scan and the sort of every command that searches', async () => {
      await things.createIndexes([{ key: { a: 1 } }]);
      const name = things.collectionName;
      const byIndex = [
        { find: name, filter: { a: 1 } },
        { count: name, query: { a: { $gt: 1 } } },
        { distinct: name, key: 'b', query: { a: 1 } },
        { update: name, updates: [{ q: { a: 1 }, u: { $set: { b: 1 } } }] },
        { delete: name, deletes: [{ q: { a: 1 }, limit: 0 }] },
        { findAndModify: name, query: { a: 1 }, update: { $set: { b: 1 } } },
        { aggregate: name, pipeline: [{ $match: { a: 1 } }], cursor: {} },
        { find: name, sort: { a: 1 } },
      ];
      for (const command of byIndex) {
        const plan = await planOf(command);
        expect(plan.stage, JSON.stringify(command)).to.equal('FETCH');
        expect(plan.inputStage).to.include({ stage: 'IXSCAN', indexName: 'a_1' });
      }
      expect(await planOf({ find: name, filter: { b: 1 } })).to.include({ stage: 'COLLSCAN' });
      const sorted = await planOf({ find: name, sort: { b: 1 } });
      expect([sorted.stage, sorted.inputStage.stage]).to.deep.equal(['SORT', 'COLLSCAN']);
    });

    it('say what was looked at', async () => {
      await things.createIndexes([{ key: { a: 1 } }]);
      await things.insertMany([1, 2, 3].map((a) => ({ _id: a, a })));
      const { executionStats } = await things.find({ a: { $gt: 1 } }).explain('executionStats');
      expect(executionStats).to.include({ nReturned: 2, totalDocsExamined: 2, totalKeysExamined: 2 });
    });
  });
});
