import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { sha256 } from '../../../src/domain/register/entry.ts';
import { mongoEvidence } from '../../../src/adapters/mongo/evidence.ts';
import { SEALED_PIECE } from '../../../src/adapters/mongo/sealed-stream.ts';
import { good, refused } from '../../support/breach.ts';
import { withStore } from '../../support/store.ts';
import { LOGGED } from './samples.ts';

const PLAIN_PIECE = SEALED_PIECE - 29;

async function* stream(bytes: Uint8Array, step: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += step) {
    await Promise.resolve();
    yield bytes.subarray(at, at + step);
  }
}

async function all(content: AsyncIterable<Uint8Array> | null): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of content ?? []) parts.push(part);
  return Buffer.concat(parts);
}

async function failure(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing failed',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}

describe('Evidence in the store', function () {
  this.timeout(60_000);
  const store = withStore();
  const label = { name: 'Kundenliste Maria Weiß.csv', type: 'text/csv' };
  let last = 0;

  function file() {
    last += 1;
    return { id: `e${last}`, organisation: 'acme', incident: 'i1', at: LOGGED, ...label };
  }

  const chunks = () => store.mongo.connection.collection('evidence.chunks');
  const files = () => store.mongo.connection.collection('evidence.files');

  for (const size of [1, PLAIN_PIECE - 1, PLAIN_PIECE, PLAIN_PIECE + 1, 3 * PLAIN_PIECE + 17]) {
    it(`of ${size} bytes comes back as it went in, however it was cut`, async () => {
      const bytes = randomBytes(size);
      const of = file();
      const put = good(await store.stores.evidence.put(of, stream(bytes, 100_003)));
      expect(put).to.deep.equal({ size, sha256: sha256(bytes) });
      expect((await all(await store.stores.evidence.read('acme', of.id))).equals(bytes)).to.equal(true);
    });
  }

  it('lies sealed: neither its bytes nor its name are in the database', async () => {
    const of = file();
    const bytes = Buffer.from('maria@customers.example;'.repeat(50));
    good(await store.stores.evidence.put(of, stream(bytes, 64)));
    const lying = JSON.stringify([
      await files().findOne({ _id: of.id as never }),
      ...(await chunks().find({ files_id: of.id }).toArray()).map((chunk) =>
        Buffer.from((chunk['data'] as { buffer: Uint8Array }).buffer).toString('latin1'),
      ),
    ]);
    expect(lying).not.to.contain('customers.example');
    expect(lying).not.to.contain('Weiß');
    expect((await store.stores.evidence.labels('acme', [of.id])).get(of.id)).to.deep.equal(label);
  });

  it('over the limit is refused with the limit, and nothing stays', async () => {
    const small = mongoEvidence(store.mongo, store.vault, { limit: 2 * PLAIN_PIECE });
    const of = file();
    const error = refused(await small.put(of, stream(randomBytes(2 * PLAIN_PIECE + 1), 50_000)));
    expect(error.problems).to.deep.equal([
      { path: 'file', key: 'file.too-large', values: { limit: 2 * PLAIN_PIECE, megabytes: 0.4 } },
    ]);
    expect(await chunks().countDocuments({ files_id: of.id })).to.equal(0);
    expect(await small.read('acme', of.id)).to.equal(null);
    good(await small.put(file(), stream(randomBytes(2 * PLAIN_PIECE), 50_000)));
  });

  it('stops reading at the limit: an endless sender fills neither memory nor store', async () => {
    const small = mongoEvidence(store.mongo, store.vault, { limit: PLAIN_PIECE });
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        sent += 1;
        await Promise.resolve();
        yield Buffer.alloc(100_000);
      }
    }
    refused(await small.put(file(), endless()));
    expect(sent).to.equal(3);
  });

  it('that is empty is refused', async () => {
    const error = refused(await store.stores.evidence.put(file(), stream(Buffer.alloc(0), 1)));
    expect(error.problems[0]?.key).to.equal('file.empty');
  });

  it('whose sender breaks off leaves nothing', async () => {
    const of = file();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* stream(randomBytes(PLAIN_PIECE + 5), 70_000);
      throw new Error('the browser went away');
    }
    expect(await failure(store.stores.evidence.put(of, broken()))).to.equal('Error');
    expect(await chunks().countDocuments({ files_id: of.id })).to.equal(0);
  });

  it('of another organisation is not there', async () => {
    const of = file();
    good(await store.stores.evidence.put(of, stream(randomBytes(9), 9)));
    expect(await store.stores.evidence.read('other', of.id)).to.equal(null);
    expect((await store.stores.evidence.labels('other', [of.id])).size).to.equal(0);
    await store.stores.evidence.remove('other', of.id);
    expect(await store.stores.evidence.read('acme', of.id)).not.to.equal(null);
    await store.stores.evidence.remove('acme', of.id);
    expect(await store.stores.evidence.read('acme', of.id)).to.equal(null);
  });

  it('with a changed byte, exchanged pieces or a lost end does not open', async () => {
    const of = file();
    good(await store.stores.evidence.put(of, stream(randomBytes(2 * PLAIN_PIECE), 90_000)));
    const [first, second] = await chunks().find({ files_id: of.id }).sort({ n: 1 }).toArray();
    const read = async () => failure(store.stores.evidence.read('acme', of.id).then(all));
    const set = (n: number, data: unknown) => chunks().updateOne({ files_id: of.id, n }, { $set: { data } });

    await set(0, second?.['data']);
    expect(await read()).to.equal('CannotOpen');
    const altered = Buffer.from((first?.['data'] as { buffer: Uint8Array }).buffer);
    altered[200] = (altered[200] ?? 0) ^ 1;
    await set(0, altered);
    expect(await read()).to.equal('CannotOpen');
    await set(0, first?.['data']);
    expect(await read()).to.equal('nothing failed');

    await chunks().deleteOne({ files_id: of.id, n: 1 });
    await files().updateOne({ _id: of.id as never }, { $set: { length: SEALED_PIECE } });
    expect(await read()).to.equal('CannotOpen');
  });
});
