import { expect } from 'chai';
import { DELIVERY_STATES, type Person } from '../../../src/domain/people/person.ts';
import { sha256 } from '../../../src/domain/register/entry.ts';
import { withStore } from '../../support/store.ts';
import { LOGGED } from './samples.ts';

const people = (count: number): Person[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `Zoë Müller ${index}`,
    email: `person${index}@example.com`,
    ...(index % 2 === 0 ? { language: 'de', country: 'DE-BE' } : {}),
  }));

describe('Lists of people in the store', () => {
  const store = withStore();
  const of = (id: string) => ({ id, organisation: 'acme', incident: 'i1', notice: 'n1', at: LOGGED });
  const raw = (name: string) =>
    store.mongo.connection.collection<{ _id: string; sealed?: unknown; key?: unknown }>(name);
  const opening = (id: string, batch = 0): Promise<unknown> =>
    store.stores.lists.open('acme', id, batch).catch((error: unknown) => (error as Error).name);

  it('come back in batches of a thousand, in order', async () => {
    const { lists } = store.stores;
    const all = people(2001);
    const head = await lists.create(of('big'), all);
    expect(head.count).to.equal(2001);
    expect(head.batches).to.have.length(3);
    expect(head.languages).to.deep.equal({ de: 1001 });
    expect(head.countries).to.deep.equal({ 'DE-BE': 1001 });
    expect(await lists.head('acme', 'big')).to.deep.equal(head);
    expect(await lists.open('acme', 'big', 0)).to.deep.equal(all.slice(0, 1000));
    expect(await lists.open('acme', 'big', 2)).to.deep.equal(all.slice(2000));
    expect(await lists.digests('acme', 'big')).to.deep.equal(head.batches);
    const totals = await lists.totals('acme', 'big');
    expect(totals).to.have.keys(...DELIVERY_STATES);
    expect(totals).to.deep.include({ waiting: 2001, accepted: 0, told: 0 });
  });

  it('of another organisation are not there', async () => {
    const { lists } = store.stores;
    await lists.create(of('mine'), people(2));
    expect(await lists.head('other', 'mine')).to.equal(null);
    expect(await lists.digests('other', 'mine')).to.deep.equal([]);
    expect(await lists.deliveries('other', 'mine', 0)).to.deep.equal([]);
    expect(await lists.move('other', 'mine', 0, 0, ['waiting'], 'sending', LOGGED)).to.equal(false);
    const outcome = await lists.open('other', 'mine', 0).catch((error: unknown) => (error as Error).name);
    expect(outcome).to.equal('PeopleMissing');
  });

  it('show by their digest and by not opening that one bit of a batch was altered', async () => {
    const { lists } = store.stores;
    const head = await lists.create(of('bent'), people(3));
    const document = await raw('batches').findOne({ _id: 'bent/0' });
    const sealed = Buffer.from((document?.sealed as { buffer: Uint8Array }).buffer);
    expect(sha256(sealed)).to.equal(head.batches[0]);
    sealed[sealed.length >> 1]! ^= 1;
    await raw('batches').updateOne({ _id: 'bent/0' }, { $set: { sealed } });
    expect(await lists.digests('acme', 'bent')).not.to.deep.equal(head.batches);
    expect(await opening('bent')).to.equal('CannotOpen');
  });

  it('do not open as a batch of another list', async () => {
    const { lists } = store.stores;
    await lists.create(of('one'), people(2));
    await lists.create(of('two'), people(2));
    const one = await raw('batches').findOne({ _id: 'one/0' });
    await raw('batches').updateOne({ _id: 'two/0' }, { $set: { sealed: one?.sealed } });
    const key = (await raw('lists').findOne({ _id: 'one' }))?.key;
    await raw('lists').updateOne({ _id: 'two' }, { $set: { key } });
    expect(await opening('two')).to.equal('CannotOpen');
  });

  it('are forgotten for good when their key is deleted', async () => {
    const { lists } = store.stores;
    await lists.create(of('forgotten'), people(2));
    await raw('lists').updateOne({ _id: 'forgotten' }, { $unset: { key: 1 } });
    expect(await opening('forgotten')).to.equal('PeopleMissing');
    expect((await lists.head('acme', 'forgotten'))?.count).to.equal(2);
    expect(await lists.deliveries('acme', 'forgotten', 0)).to.have.length(2);
  });

  it('are nothing while they have no head', async () => {
    const { lists } = store.stores;
    await lists.create(of('dying'), people(2));
    await raw('lists').deleteOne({ _id: 'dying' });
    expect(await lists.head('acme', 'dying')).to.equal(null);
    expect(await opening('dying')).to.equal('PeopleMissing');
  });

  it('move a letter once, whoever tries', async () => {
    const { lists } = store.stores;
    await lists.create(of('moving'), people(3));
    const move = (
      from: Parameters<typeof lists.move>[4],
      to: Parameters<typeof lists.move>[5],
      position = 1,
    ) => lists.move('acme', 'moving', 0, position, from, to, LOGGED);
    const won = await Promise.all(Array.from({ length: 8 }, () => move(['waiting', 'failed'], 'sending')));
    expect(won.filter(Boolean)).to.have.length(1);
    expect(await move(['waiting'], 'accepted')).to.equal(false);
    expect(await move(['sending'], 'accepted')).to.equal(true);
    expect(await move(['waiting'], 'sending', 3), 'nobody stands there').to.equal(false);
    expect(await move(['waiting'], 'uncertain', 2)).to.equal(true);
    expect(await lists.deliveries('acme', 'moving', 0)).to.deep.equal([
      { position: 0, state: 'waiting', attempt: 0 },
      { position: 1, state: 'accepted', attempt: 0 },
      { position: 2, state: 'uncertain', attempt: 0 },
    ]);
    expect(await lists.totals('acme', 'moving')).to.deep.include({ waiting: 1, accepted: 1, uncertain: 1 });
  });

  it('keep every move when all letters of a batch move at once', async () => {
    const { lists } = store.stores;
    await lists.create(of('all'), people(60));
    await Promise.all(
      people(60).map((_, position) =>
        lists.move('acme', 'all', 0, position, ['waiting'], 'accepted', LOGGED),
      ),
    );
    expect((await lists.totals('acme', 'all')).accepted).to.equal(60);
  });

  it('of nobody are an empty list', async () => {
    const head = await store.stores.lists.create(of('empty'), []);
    expect(head).to.deep.include({ count: 0, batches: [] });
  });
});
