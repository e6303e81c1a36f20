import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import {
  holderOf,
  joinEmbeddedMongo,
  startEmbeddedMongo,
  StoreHeld,
} from '../../../src/adapters/embedded-mongo/start.ts';
import { spawnEngine } from './processes.ts';
import { temporaryFolder } from './support.ts';

async function heldBy(work: Promise<unknown>): Promise<StoreHeld> {
  try {
    await work;
  } catch (error) {
    if (error instanceof StoreHeld) return error;
    throw error;
  }
  throw new Error('the folder was not held');
}

async function pings(uri: string): Promise<boolean> {
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 2000 });
  const { ok } = await client.db('test').command({ ping: 1 });
  await client.close();
  return ok === 1;
}

describe('A data folder', () => {
  it('belongs to one engine at a time, also within a process, and is free after it closed', async () => {
    const path = temporaryFolder();
    const first = await startEmbeddedMongo({ path });
    expect((await heldBy(startEmbeddedMongo({ path }))).holder.pid).to.equal(process.pid);
    await first.close();
    await first.close();
    expect(readdirSync(path).filter((name) => /lock$|sock/.test(name))).to.deep.equal(['store.mdb-lock']);
    const second = await startEmbeddedMongo({ path });
    expect(await pings(second.uri)).to.equal(true);
    await second.close();
  });

  it('names the process that holds it, lets others join it, and is free when that was killed', async () => {
    const path = temporaryFolder();
    const other = await spawnEngine(path);
    const held = await heldBy(startEmbeddedMongo({ path }));
    expect(held.message).to.include(String(other.pid)).and.to.include(path);
    const joined = await joinEmbeddedMongo({ path });
    expect(joined).to.include({ uri: other.uri, pid: other.pid });
    expect(await pings(joined.uri)).to.equal(true);
    await other.kill();
    expect(await holderOf(path)).to.equal(undefined);
    const mine = await joinEmbeddedMongo({ path });
    expect(mine.pid).to.equal(process.pid);
    await mine.close();
  });

  it('is not held by a number: a living process that began at another time is somebody else', async () => {
    const path = temporaryFolder();
    writeFileSync(join(path, 'lock'), JSON.stringify({ pid: process.pid, started: 'long ago' }));
    expect(await holderOf(path)).to.equal(undefined);
    writeFileSync(join(path, 'lock'), 'half a li');
    const engine = await startEmbeddedMongo({ path });
    expect((await holderOf(path))?.pid).to.equal(process.pid);
    await engine.close();
  });

  it('is held as long as the socket named in the lock answers, whatever the process list says', async () => {
    const path = temporaryFolder();
    const engine = await startEmbeddedMongo({ path });
    const lock = JSON.parse(readFileSync(join(path, 'lock'), 'utf8')) as object;
    writeFileSync(join(path, 'lock'), JSON.stringify({ ...lock, pid: 99_999_999 }));
    expect((await heldBy(startEmbeddedMongo({ path }))).holder.pid).to.equal(99_999_999);
    writeFileSync(join(path, 'lock'), JSON.stringify(lock));
    await engine.close();
  });

  it('is won by one of many that start at once', async () => {
    const path = temporaryFolder();
    writeFileSync(join(path, 'lock'), JSON.stringify({ pid: process.pid, started: 'long ago' }));
    const results = await Promise.allSettled([1, 2, 3].map(() => startEmbeddedMongo({ path })));
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(won).to.have.length(1);
    await won[0]!.close();
  });

  it('is reached by a socket, and holds a file, that only its owner may use', async function () {
    if (process.platform === 'win32') this.skip();
    const path = join(temporaryFolder(), 'data');
    const engine = await startEmbeddedMongo({ path });
    expect(statSync(join(path, 'store.sock')).mode & 0o777).to.equal(0o600);
    expect(statSync(path).mode & 0o777).to.equal(0o700);
    expect(statSync(join(path, 'store.mdb')).mode & 0o777).to.equal(0o600);
    await engine.close();
  });

  it('whose path is too long for a socket is reached by a short one', async function () {
    if (process.platform === 'win32') this.skip();
    const path = join(temporaryFolder(), 'x'.repeat(120));
    mkdirSync(path);
    const engine = await startEmbeddedMongo({ path, port: 0 });
    expect(existsSync(join(path, 'store.sock'))).to.equal(false);
    const socket = (await holderOf(path))?.socket ?? '';
    expect(statSync(socket).mode & 0o777).to.equal(0o600);
    expect(await pings(`mongodb://${encodeURIComponent(socket)}`)).to.equal(true);
    expect(engine.uri).to.match(/^mongodb:\/\/127\.0\.0\.1:\d+$/);
    expect(await pings(engine.uri)).to.equal(true);
    await engine.close();
    expect(existsSync(socket)).to.equal(false);
  });

  it('whose engine dies says so, and is free', async () => {
    const path = temporaryFolder();
    const workers: Worker[] = [];
    const watch = (message: unknown): void => void workers.push((message as { worker: Worker }).worker);
    subscribe('worker_threads', watch);
    const death = new Promise<Error>((onDeath) => void startEmbeddedMongo({ path, onDeath }));
    while (!existsSync(join(path, 'store.sock'))) await new Promise((done) => setTimeout(done, 20));
    while ((await holderOf(path))?.uri === undefined) await new Promise((done) => setTimeout(done, 20));
    unsubscribe('worker_threads', watch);
    await workers[0]!.terminate();
    expect((await death).message).to.include('died');
    expect(await holderOf(path)).to.equal(undefined);
  });
});
