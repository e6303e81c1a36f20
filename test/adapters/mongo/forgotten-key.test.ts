import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { openVault } from '../../../src/adapters/crypto/index.ts';
import { startEmbeddedMongo, type RunningEngine } from '../../../src/adapters/embedded-mongo/start.ts';
import { connect, openStores, type Mongo } from '../../../src/adapters/mongo/index.ts';

const AT = Temporal.Instant.from('2026-12-04T17:40:00Z');
const OF = { organisation: 'shop', incident: 'i1', notice: 'n1', at: AT };

describe('The key of a forgotten list in the file of the embedded store', function () {
  this.timeout(60_000);
  let folder = '';
  let engine: RunningEngine;
  let mongo: Mongo;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-forgotten-'));
    engine = await startEmbeddedMongo({ path: folder });
    mongo = await connect({ uri: engine.uri });
    await mongo.ensureIndexes();
  });
  after(async () => {
    await mongo.close();
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function copiesOf(key: Buffer): Promise<number> {
    let copies = 0;
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name)).catch(() => Buffer.alloc(0));
      for (let at = bytes.indexOf(key); at >= 0; at = bytes.indexOf(key, at + 1)) copies += 1;
    }
    return copies;
  }

  for (const [what, free] of [
    ['a small store', 0],
    ['a store with many free pages', 4000],
  ] as const)
    it(`is gone from ${what}`, async () => {
      const vault = await openVault({ dataFolder: '/nowhere', key: randomBytes(32).toString('base64') });
      const { lists, texts } = openStores(mongo, vault);
      const notes = mongo.models.texts.collection;
      if (free > 0) {
        await notes.insertMany(
          Array.from({ length: free }, (_, n) => ({ _id: `t${n}`, text: 'x'.repeat(3000) }) as never),
        );
        await notes.deleteMany({});
      }
      const id = `list-${free}`;
      await lists.create({ id, ...OF }, [{ name: 'Maria', email: 'maria@person.example' }]);
      const head = await mongo.models.lists.findOne({ _id: id, organisation: 'shop' }).lean();
      const key = Buffer.from(head?.key?.toString('hex') ?? '', 'hex');
      expect(await copiesOf(key)).to.be.greaterThan(0);
      await lists.destroyKey('shop', id);
      await lists.clear('shop', id);
      // Pages that are free are written over by what comes next.
      for (let n = 0; n < 10; n += 1) await texts.put([`a text ${free}/${n}`]);
      expect(await copiesOf(key)).to.equal(0);
    });
});
