import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { expect } from 'chai';
import { MongoStore } from 'connect-mongo';
import type { SessionData } from 'express-session';
import { Schema, createConnection } from 'mongoose';
import type { Connection } from 'mongoose';
import { RateLimiterMongo } from 'rate-limiter-flexible';
import { sweepExpired } from '../../../src/adapters/embedded-mongo/ttl.ts';
import { runEngine } from './support.ts';
import type { Running } from './support.ts';

describe('Unchanged clients of MongoDB on the embedded engine', () => {
  let engine: Running;
  let connection: Connection;

  before(async () => {
    engine = await runEngine();
    connection = await createConnection(`mongodb://${encodeURIComponent(engine.socket)}`, {
      dbName: 'clients',
    }).asPromise();
  });
  after(async () => {
    await connection.close();
    await engine.stop();
  });

  it('connect-mongo keeps, touches, expires and destroys sessions', async () => {
    const store = MongoStore.create({
      client: connection.getClient(),
      dbName: 'clients',
      autoRemove: 'native',
      stringify: false,
      touchAfter: 0,
    });
    const session = (expires: Date): SessionData => {
      const data: object = { cookie: { originalMaxAge: 1000, expires }, user: 'ada' };
      return data as SessionData;
    };
    const call = <T>(run: (done: (error: unknown, value?: T) => void) => unknown): Promise<T | undefined> =>
      new Promise((resolve, reject) => {
        run((error, value) => (error instanceof Error ? reject(error) : resolve(value)));
      });

    const hour = new Date(Date.now() + 3_600_000);
    await call((done) => store.set('a', session(hour), done));
    await call((done) => store.set('b', session(hour), done));
    expect(await call((done) => store.get('a', done))).to.deep.include({ user: 'ada' });
    await call((done) => store.touch('a', session(new Date(hour.getTime() + 3_600_000)), done));
    await sweepExpired(engine.server, new Date(hour.getTime() + 1000));
    expect(await call((done) => store.get('b', done))).to.equal(null);
    expect(await call((done) => store.length(done))).to.equal(1);
    await call((done) => store.destroy('a', done));
    expect(await call((done) => store.get('a', done))).to.equal(null);
  });

  it('rate-limiter-flexible lets exactly five of twelve parallel tries pass', async () => {
    const limiter = new RateLimiterMongo({
      storeClient: connection,
      dbName: 'clients',
      keyPrefix: 'tries',
      points: 5,
      duration: 60,
    });
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => limiter.consume('ada')));
    expect(tries.filter(({ status }) => status === 'fulfilled')).to.have.length(5);
    expect((await limiter.get('ada'))?.consumedPoints).to.equal(12);
    await limiter.delete('ada');
    expect(await limiter.get('ada')).to.equal(null);
  });

  it('Mongoose builds indexes once, saves with a version and refuses a stale one', async () => {
    const schema = new Schema(
      { name: String, tags: [String], parts: [{ size: Number }] },
      { optimisticConcurrency: true },
    );
    schema.index({ name: 1 }, { unique: true });
    schema.index({ tags: 1, name: -1 }, { sparse: true });
    const Thing = connection.model('Thing', schema);
    await Thing.syncIndexes();
    expect(await Thing.syncIndexes()).to.deep.equal([]);
    expect(await Thing.diffIndexes()).to.deep.equal({ toDrop: [], toCreate: [] });

    const thing = await Thing.create({ name: 'a', tags: ['x'], parts: [{ size: 1 }] });
    const stale = await Thing.findById(thing._id).orFail();
    thing.parts[0]!.size = 2;
    thing.tags.push('y');
    await thing.save();
    stale.name = 'b';
    const refusal = await stale.save().then(
      () => undefined,
      (error: unknown) => (error as Error).name,
    );
    expect(refusal).to.equal('VersionError');
    expect((await Thing.findOne({ tags: 'y' }).lean().orFail()).parts[0]?.size).to.equal(2);
    const duplicate = await Thing.create({ name: 'a' }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(duplicate).to.deep.include({ code: 11000, keyValue: { name: 'a' } });
    const seen: string[] = [];
    for await (const { name } of Thing.find().sort({ name: 1 }).cursor()) seen.push(name ?? '');
    expect(seen).to.deep.equal(['a']);
  });

  it('Agenda runs each of its jobs once, though two of it share the store', async () => {
    const start = async (): Promise<Agenda> => {
      const backend = new MongoBackend({ mongo: connection.db as never, collection: 'jobs' });
      const agenda = new Agenda({ backend, processEvery: 50, removeOnComplete: true });
      await agenda.ready;
      agenda.define<{ n: number }>('count', (job) => {
        ran.push(job.attrs.data.n);
        return Promise.resolve();
      });
      await agenda.start();
      return agenda;
    };
    const ran: number[] = [];
    const [one, two] = await Promise.all([start(), start()]);
    await Promise.all(Array.from({ length: 20 }, (_, n) => one.schedule(new Date(), 'count', { n })));
    for (let waited = 0; ran.length < 20 && waited < 400; waited++)
      await new Promise((done) => setTimeout(done, 20));
    const left = (): Promise<number> => connection.db!.collection('jobs').countDocuments();
    for (let waited = 0; (await left()) > 0 && waited < 200; waited++)
      await new Promise((done) => setTimeout(done, 20));
    expect(await left()).to.equal(0);
    await Promise.all([one, two].map((agenda) => agenda.stop(false)));
    expect(ran.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 20 }, (_, n) => n));
  });
});
