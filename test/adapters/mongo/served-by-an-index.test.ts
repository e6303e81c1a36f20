import { Readable } from 'node:stream';
import { expect } from 'chai';
import { EXEMPT, unserved } from '../../support/served.ts';
import { withStore } from '../../support/store.ts';
import { entriesOf, incident, LOGGED, organisation, user, written } from './samples.ts';

const TOKEN = {
  id: 't1',
  organisation: 'acme',
  user: 'anna',
  name: 'a script',
  createdAt: LOGGED,
  createdBy: 'anna',
};

describe('Every filter shape that the code sends', () => {
  const store = withStore();

  /** Calls everything in the stores that searches. What new methods send is seen by the suites that test them. */
  before(async () => {
    const { incidents, texts, notes, drafts, register, lists, organisations, users, tokens } = store.stores;
    const { apiTokens, answers, evidence } = store.stores;
    const { incident: made } = await incidents.insert('acme', 2026, 'k', (reference) =>
      incident({ id: 'i1', reference }),
    );
    await incidents.byId('acme', 'i1');
    await incidents.byReference('acme', made.reference);
    await incidents.replace({ ...made, version: 2 }, 1);
    await incidents.cards('acme', { open: true, limit: 20 });
    await incidents.cards('acme', { open: false });
    await incidents.withOutbox('acme');
    await incidents.open('acme');
    await incidents.sending('acme');
    await incidents.trimOutbox('acme', 'i1', 1);
    for await (const { id } of incidents.heads('acme')) expect(id).to.equal('i1');
    const [hash] = await texts.put(['words']);
    await texts.get([hash!]);
    const { id } = await written(notes, 'acme', 'i1', 'note');
    await notes.read('acme', [id]);
    await notes.remove('acme', [id]);
    await evidence.unsettled('acme', LOGGED);
    await evidence.settle('acme', 'e1');
    await evidence.remove('acme', 'e1');
    const draft = {
      organisation: 'acme',
      incident: 'i1',
      notice: 'n1',
      content: {},
      follows: [],
      at: LOGGED,
      by: 'anna',
    };
    await drafts.save({ ...draft, revision: 1 });
    await drafts.save({ ...draft, revision: 2 });
    await drafts.get('acme', 'i1', 'n1');
    await register.append(entriesOf('incident:i1', 2));
    await register.read('acme', 'incident:i1');
    await register.chains('acme');
    const of = { id: 'l1', organisation: 'acme', incident: 'i1', notice: 'n1', at: LOGGED };
    await lists.create(of, [{ name: 'A', email: 'a@b.example' }]);
    await lists.head('acme', 'l1');
    await lists.digests('acme', 'l1');
    await lists.open('acme', 'l1', 0);
    await lists.deliveries('acme', 'l1', 0);
    await lists.move('acme', 'l1', 0, 0, ['waiting', 'failed'], 'sending', LOGGED);
    await lists.totals('acme', 'l1');
    await lists.holds('acme', 'l1', 'any');
    await lists.discard('acme', 'none');
    const { listUploads } = store.stores;
    const upload = 'u1';
    const sent = { ...of, id: upload, by: 'anna', until: LOGGED };
    await listUploads.put(sent, Readable.from([Buffer.from('email')]));
    for await (const piece of listUploads.bytes('acme', upload)) expect(piece.length).to.equal(5);
    await listUploads.keepFindings('acme', upload, '{}');
    await listUploads.findings('acme', upload);
    await listUploads.find('acme', upload);
    await listUploads.takingOver('acme', upload, 'l1');
    await listUploads.ended('acme', LOGGED);
    await listUploads.destroy('acme', upload);
    await listUploads.settle('acme', upload);
    const { deliveries, dispatches } = store.stores;
    await deliveries.claim('acme', 'l1', 'one', { now: 1, until: 31 }, []);
    await deliveries.claim('acme', 'l1', 'one', { now: 1, until: 31 }, [0]);
    await deliveries.renew('acme', 'l1', 'one', 61);
    await deliveries.change('acme', 'l1', 0, (batch) => ({ ...batch }));
    await deliveries.one('acme', 'l1', 0);
    await deliveries.open('acme', 'l1', 1);
    for await (const { number } of deliveries.all('acme', 'l1')) expect(number).to.equal(0);
    await deliveries.receive('l1', 0, [{ email: 'a@b.example', kind: 'delivered', attempt: 0 }], 1);
    const letter = { organisation: 'acme', incident: 'i1', notice: 'n1' };
    await dispatches.ring(letter);
    await dispatches.due('acme');
    await dispatches.take(letter, 1, { wanted: 1, limit: 1 });
    await dispatches.answered({ ...letter, rung: 1 });
    await organisations.insert(organisation());
    await organisations.all();
    await organisations.trimOutbox('acme', 1);
    await users.insert(user());
    await users.byId('anna');
    await users.byEmail('anna@acme.example');
    await users.of('acme');
    await users.replace(user({ version: 2 }), 1);
    await tokens.put({ hash: 'h', purpose: 'setup', expiresAt: LOGGED });
    await tokens.byHash('h');
    await tokens.spend('h');
    await tokens.clear('setup');
    await apiTokens.put(TOKEN, 'h');
    await apiTokens.byHash('h');
    await apiTokens.of('acme');
    await apiTokens.used('acme', TOKEN.id, LOGGED);
    await apiTokens.remove('acme', TOKEN.id);
    const asked = { organisation: 'acme', id: 'a1', fingerprint: 'f' };
    await answers.claim(asked, LOGGED, LOGGED);
    await answers.claim(asked, LOGGED, LOGGED);
    await answers.keep('acme', 'a1', 'answer');
    await answers.release('acme', 'a1');
  });

  it('is served by a declared index', async () => {
    const shapes = store.shapes();
    const collections = new Set(shapes.map(({ collection }) => collection));
    expect([...collections]).to.include.members(
      Object.values(store.mongo.models)
        .map(({ collection }) => collection.name)
        .filter((name) => !EXEMPT.includes(name)),
    );
    expect(await unserved(store.mongo.connection, shapes)).to.deep.equal([]);
  });

  it('would be found out if no index served it', async () => {
    const shapes = [
      { collection: 'incidents', filter: { title: 'x' } },
      { collection: 'register', filter: { chain: 'x' }, sort: { at: 1 } },
      { collection: 'register', filter: { organisation: 'x' }, sort: { hash: 1 } },
      { collection: 'users', filter: { $or: [{ email: 'x' }, { name: 'x' }] } },
    ];
    expect(await unserved(store.mongo.connection, shapes)).to.have.length(shapes.length);
  });

  it('begins with the organisation, save in the collections that are named', () => {
    // `answers` is looked for by its id; its one index ends it after a day.
    const shared = ['users', 'tokens', 'installation', 'texts', 'organisations', 'answers'];
    for (const [name, model] of Object.entries(store.mongo.models)) {
      if (shared.includes(name)) continue;
      for (const [keys] of model.schema.indexes()) {
        expect(Object.keys(keys)[0], `an index of ${name}`).to.equal('organisation');
      }
    }
  });
});
