import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient, MongoServerError } from 'mongodb';
import type { Collection } from 'mongodb';
import { spawnEngine } from './processes.ts';
import { temporaryFolder } from './support.ts';

const MEGABYTES = 6;
const OUT_OF_DISK_SPACE = 14031;

interface Entry {
  _id: number;
  half: number;
  text: string;
}

/** Mounts a small disk; false where that is not allowed. */
function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Inserts in parallel until the disk is full. Returns what was acknowledged and the codes of the refusals. */
async function fill(entries: Collection<Entry>): Promise<{ stored: Set<number>; codes: Set<unknown> }> {
  const stored = new Set<number>();
  const codes = new Set<unknown>();
  for (let from = 0; codes.size === 0; from += 8) {
    const batch = Array.from({ length: 8 }, (_, at) => from + at);
    const results = await Promise.allSettled(
      batch.map((_id) => entries.insertOne({ _id, half: _id % 2, text: 'x'.repeat(20_000) })),
    );
    results.forEach((result, at) => {
      if (result.status === 'fulfilled') stored.add(from + at);
      else codes.add((result.reason as MongoServerError).code);
    });
  }
  return { stored, codes };
}

const idsOf = async (entries: Collection<Entry>, filter: object): Promise<number[]> =>
  (await entries.find(filter, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);

async function survive(folder: string, limit: string | undefined): Promise<void> {
  const engine = await spawnEngine(folder, limit);
  const client = await MongoClient.connect(engine.uri);
  const entries = client.db('test').collection<Entry>('entries');
  await entries.createIndexes([{ key: { half: 1 } }]);

  const { stored, codes } = await fill(entries);
  expect([...codes]).to.deep.equal([OUT_OF_DISK_SPACE]);
  expect(await idsOf(entries, {})).to.have.members([...stored]);
  const odd = [...stored].filter((id) => id % 2 === 1);
  expect(await idsOf(entries, { half: 1 })).to.have.members(odd);

  expect((await entries.deleteMany({ half: 1 })).deletedCount).to.equal(odd.length);
  await entries.insertOne({ _id: -1, half: 1, text: 'room again' });
  await client.close();
  await engine.kill();

  const again = await spawnEngine(folder);
  const reader = await MongoClient.connect(again.uri);
  const left = await idsOf(reader.db('test').collection<Entry>('entries'), {});
  expect(left).to.have.members([-1, ...[...stored].filter((id) => id % 2 === 0)]);
  await reader.close();
  await again.kill();
}

describe('A full disk', () => {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('answers errors, loses nothing acknowledged and goes on when there is room: a small disk', async function () {
    this.timeout(60_000);
    const folder = join(temporaryFolder(), 'disk');
    mkdirSync(folder);
    // Mounting needs rights that few have; the next test makes the same case by a limit on files.
    if (!mountSmallDisk(folder)) this.skip();
    try {
      await survive(folder, undefined);
    } finally {
      execFileSync('umount', ['-l', folder]);
    }
  });

  it('answers errors, loses nothing acknowledged and goes on when there is room: a limit on files', async function () {
    this.timeout(60_000);
    await survive(temporaryFolder(), `ulimit -f ${(MEGABYTES * 1024 * 1024) / 512}`);
  });
});
