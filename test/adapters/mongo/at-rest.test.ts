import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { openVault } from '../../../src/adapters/crypto/index.ts';
import { connect, openStores } from '../../../src/adapters/mongo/index.ts';
import { withStore } from '../../support/store.ts';
import { LOGGED, written } from './samples.ts';

type Find = (filter: object, options: { raw: true }) => AsyncIterable<Buffer>;

describe('The store at rest', () => {
  const store = withStore();

  /** Every byte of every collection, as text, in the encodings in which a name could be read. */
  async function dump(): Promise<string> {
    // A connection of its own: it reads everything, which the suite's watch over indexes would report.
    const reader = await connect({ uri: store.uri, database: store.database });
    const parts: string[] = [];
    for (const model of Object.values(reader.models) as { collection: { find: Find } }[]) {
      for await (const bytes of model.collection.find({}, { raw: true })) {
        parts.push(bytes.toString('utf8'), bytes.toString('latin1'), bytes.toString('utf16le'));
      }
    }
    await reader.close();
    return parts.join('\n');
  }

  it('holds no name, no address, no note and no draft that could be read', async () => {
    const { lists, notes, drafts } = store.stores;
    const people = [{ name: 'Hedwig Quastenflosser', email: 'hedwig@quasten.example', language: 'de' }];
    await lists.create({ id: 'l1', organisation: 'acme', incident: 'i1', notice: 'n1', at: LOGGED }, people);
    await lists.move('acme', 'l1', 0, 0, ['waiting'], 'accepted', LOGGED);
    await written(notes, 'acme', 'i1', 'Hedwig rief um 14:10 an');
    await drafts.save({
      organisation: 'acme',
      incident: 'i1',
      notice: 'n1',
      content: { de: { body: 'Der Laptop von Hedwig fehlt' } },
      follows: [],
      revision: 1,
      at: LOGGED,
      by: 'anna',
    });
    const all = await dump();
    expect(all, 'the dump must see what lies in the clear').to.contain('acme');
    expect(all).not.to.match(/hedwig|quasten|laptop|14:10/i);
    expect(all).not.to.contain(Buffer.from('hedwig@quasten.example').toString('base64').slice(0, -4));
  });

  it('refuses a master key that it was not sealed under, and takes the right one again', async () => {
    const other = await openVault({ dataFolder: '/nowhere', key: randomBytes(32).toString('base64') });
    const outcome = await openStores(store.mongo, other).installation.admit().catch(String);
    expect(outcome).to.contain('another master key').and.to.contain(other.fingerprint);
    const first = await store.stores.installation.admit();
    expect(await store.stores.installation.admit()).to.deep.equal(first);
  });

  it('is founded once when several processes start at once', async () => {
    const mongo = await connect({ uri: store.uri, database: `${store.database}_founding` });
    try {
      const admitted = await Promise.all(
        Array.from({ length: 5 }, () => openStores(mongo, store.vault).installation.admit()),
      );
      expect(new Set(admitted.map(({ identity }) => identity)).size).to.equal(1);
    } finally {
      await mongo.connection.dropDatabase();
      await mongo.close();
    }
  });
});

describe('A store that is not there', () => {
  it('is told plainly, with its address and without its password', async () => {
    const uri = 'mongodb://tocsin:hunter2@127.0.0.1:9/tocsin';
    const outcome = await connect({ uri, patience: 200 }).then(
      () => 'connected',
      (error: unknown) => String(error),
    );
    expect(outcome).to.match(
      /^StoreUnreachable: The store at mongodb:\/\/tocsin:…@127\.0\.0\.1:9\/tocsin does not answer/,
    );
    expect(outcome).not.to.contain('hunter2');
  });

  it('is told plainly when the address is none', async () => {
    const outcome = await connect({ uri: 'postgres://x' }).then(() => 'connected', String);
    expect(outcome).to.contain('StoreUnreachable');
  });
});
