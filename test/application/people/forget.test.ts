import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { letterFile } from '../../../src/adapters/mail/outbox-folder.ts';
import { connect } from '../../../src/adapters/mongo/index.ts';
import { attachEvidence } from '../../../src/application/evidence/attach.ts';
import { openEvidence } from '../../../src/application/evidence/view-evidence.ts';
import { reconcile } from '../../../src/application/clock/reconcile.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { addNote, viewNotes } from '../../../src/application/incident/notes.ts';
import { viewIncident } from '../../../src/application/incident/view-incident.ts';
import { approveNotice } from '../../../src/application/notice/decide.ts';
import { viewNotice } from '../../../src/application/notice/view-notice.ts';
import { submitNotice } from '../../../src/application/notice/write.ts';
import { addressLetter, type Row } from '../../../src/application/people/address-letter.ts';
import { correctAddress } from '../../../src/application/people/correct-address.ts';
import { dispatchLetters, startDispatch } from '../../../src/application/people/dispatch.ts';
import { forgetPeople, viewForgetting, type ForgetForm } from '../../../src/application/people/forget.ts';
import { printLetters } from '../../../src/application/people/on-paper.ts';
import { settlePerson } from '../../../src/application/people/settle-person.ts';
import { viewLetter } from '../../../src/application/people/view-letter.ts';
import { viewPeople } from '../../../src/application/people/view-people.ts';
import type { House } from '../../../src/application/ports/house.ts';
import { textIn } from '../../../src/application/register/entries-of.ts';
import { verifyRegister } from '../../../src/application/register/verify-register.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import { digestOfList } from '../../../src/domain/notice/seal.ts';
import { sha256 } from '../../../src/domain/register/entry.ts';
import { good, refused } from '../../support/breach.ts';
import { openShop, PASSWORD, SUPPLIER_BREACH, withShopHouse, type Shop } from '../../support/shop.ts';
import { begin, findOut, sealShown, write } from '../../story/breach.ts';

const MARIA: Row = { name: 'Maria Weiß', email: 'maria@person.example', language: 'de', country: 'DE' };
const JAN: Row = { name: 'Jan Nowak', email: '', language: 'de', postal: 'Hinterhof 7, 10115 Berlin' };

interface Place {
  readonly incident: string;
  readonly notice: string;
}

/** The steps that destroy something, as the use case calls them. */
const STEPS = ['destroyKey', 'remove-notes', 'remove-drafts', 'forget', 'clear', 'replace'] as const;
type Step = (typeof STEPS)[number];

describe('Forgetting the people of an incident', function () {
  this.timeout(120_000);
  const at = withShopHouse();
  let shop: Shop;
  let responder: Actor;
  let legal: Actor;
  let keys = 0;

  before(async () => {
    shop = await openShop(at.house);
    responder = await shop.hire('responder');
    legal = await shop.hire('legal');
  });

  /** A letter of the parcel service's breach with two on it, approved. */
  async function approvedLetter(): Promise<Place> {
    const { house } = at;
    const incident = good(await logIncident(house, responder, SUPPLIER_BREACH)).id;
    await findOut(house, responder, legal, incident);
    const notice = await begin(house, responder, incident, 'letter');
    // Another list first, which the second takes the place of: it must go too.
    good(await addressLetter(house, responder, { incident, notice, people: [{ ...MARIA, name: 'Mara' }] }));
    good(await addressLetter(house, responder, { incident, notice, people: [MARIA, JAN] }));
    await write(house, responder, incident, notice);
    good(await submitNotice(house, responder, { incident, notice }));
    const seal = await sealShown(house, legal, incident, notice);
    good(await approveNotice(house, legal, { incident, notice, seal, password: PASSWORD }));
    return { incident, notice };
  }

  /** The same, and everybody on it is told: one by mail, one by telephone. */
  async function toldLetter(): Promise<Place> {
    const { house } = at;
    const place = await approvedLetter();
    good(await startDispatch(house, responder, place));
    good(await dispatchLetters(house, shop.organisation, place.incident, place.notice));
    const told = {
      ...place,
      batch: 0,
      position: 1,
      kind: 'told',
      channel: 'telephone',
      note: 'Jan was calm.',
    };
    good(await settlePerson(house, responder, told, `told-${(keys += 1)}`));
    return place;
  }

  const formFor = async (place: Place, changes: Partial<ForgetForm> = {}): Promise<ForgetForm> => ({
    incident: place.incident,
    reference: good(await viewIncident(at.house, shop.owner, place.incident)).incident.reference,
    reason: 'Two years have passed.',
    password: PASSWORD,
    ...changes,
  });

  const forget = async (place: Place, changes: Partial<ForgetForm> = {}, actor = shop.owner) =>
    forgetPeople(at.house, actor, await formFor(place, changes), `forget-${(keys += 1)}`);

  const entriesOf = ({ incident }: Place, ...types: readonly string[]) =>
    at.house.register.read(shop.organisation, `incident:${incident}`, types);

  /** Every document of every collection, as text, bytes in base64. */
  async function dump(): Promise<string> {
    // By a connection of its own: these filters are nobody's but the test's.
    const other = await connect({ uri: at.store.uri, database: at.store.database });
    const texts: string[] = [];
    for (const { name } of (await other.connection.db?.listCollections().toArray()) ?? [])
      for await (const document of other.connection.db?.collection(name).find() ?? [])
        texts.push(JSON.stringify(document));
    await other.close();
    return texts.join('\n');
  }

  async function wrappedKeys({ incident }: Place): Promise<readonly string[]> {
    const heads = await at.store.mongo.models.lists
      .find({ organisation: shop.organisation, incident })
      .lean();
    return heads.flatMap(({ key }) => (key ? [Buffer.from(key.buffer).toString('base64')] : []));
  }

  it('is the administrator’s, with the reference typed, a reason and the password', async () => {
    const place = await toldLetter();
    expect(refused(await forget(place, {}, legal)).kind).to.equal('not-allowed');
    for (const [changes, key] of [
      [{ reference: 'INC-2026-9999' }, 'forget.other-reference'],
      [{ reason: ' ' }, 'text.missing'],
      [{ password: 'wrong' }, 'password.wrong'],
    ] as const)
      expect(refused(await forget(place, changes))).to.have.nested.property('problems[0].key', key);
    expect(await wrappedKeys(place)).to.have.length(2);
    expect(await entriesOf(place, 'people-forgetting')).to.have.length(0);
  });

  it('is refused while people are open or a letter is being sent, unless somebody says why', async () => {
    const place = await approvedLetter();
    expect(refused(await forget(place))).to.have.nested.property('problems[0].key', 'forget.open');
    good(await startDispatch(at.house, responder, place));
    expect(refused(await forget(place))).to.have.nested.property('problems[0].key', 'forget.sending');
    good(await forget(place, { override: 'A court ordered it.' }));
    expect(await wrappedKeys(place)).to.deep.equal([]);
    const [entry] = await entriesOf(place, 'people-forgetting');
    expect(entry?.data).to.deep.include({ people: 2, lists: 2, open: 2 });
    expect(entry?.data['override']).to.have.property('hash');
    expect(
      good(await dispatchLetters(at.house, shop.organisation, place.incident, place.notice)),
    ).to.deep.equal({
      again: false,
    });
  });

  it('where there is nobody, there is nothing to forget', async () => {
    const incident = good(await logIncident(at.house, responder, SUPPLIER_BREACH)).id;
    expect(refused(await forget({ incident, notice: '' }))).to.deep.include({ key: 'forget.nobody' });
  });

  it('destroys keys, lists, notes of single people and letters; counts, seals, evidence and the record stay', async () => {
    const { house } = at;
    const place = await toldLetter();
    const other = await toldLetter();
    const evidence = good(
      await attachEvidence(house, responder, {
        incident: place.incident,
        name: 'export.csv',
        content: one(Buffer.from('maria@person.example')),
      }),
    ).evidence;
    good(await addNote(house, responder, { incident: place.incident, text: 'The parcel service rang.' }));
    const wrapped = await wrappedKeys(place);
    expect(wrapped).to.have.length(2);
    const mail = join(at.outbox, letterFile({ notice: place.notice, batch: 0, position: 0 }));
    await access(mail);
    const before = good(await viewForgetting(house, shop.owner, place.incident));
    expect(before.held).to.deep.equal({ lists: 2, people: 2, open: 0, notes: 1 });

    good(await forget(place));

    const all = await dump();
    expect(all).to.contain((await wrappedKeys(other))[0]);
    for (const key of wrapped) expect(all).not.to.contain(key);
    const { lists, batches, deliveries } = at.store.mongo.models;
    const heads = await lists.find({ organisation: shop.organisation, incident: place.incident }).lean();
    expect(heads.map(({ key }) => key)).to.deep.equal([undefined, undefined]);
    for (const { _id: list } of heads) {
      expect(await batches.find({ organisation: shop.organisation, list }).lean()).to.deep.equal([]);
      const [states] = await deliveries.find({ organisation: shop.organisation, list }).lean();
      expect(states).to.not.have.any.keys('tags', 'amendments');
    }
    expect(await access(mail).catch((error: unknown) => (error as NodeJS.ErrnoException).code)).to.equal(
      'ENOENT',
    );

    const { notice, totals, list } = good(await viewNotice(house, legal, place.incident, place.notice));
    expect(totals).to.deep.include({ accepted: 1, told: 1 });
    expect(digestOfList(list?.batches ?? [])).to.equal(notice.approved?.seal.list?.digest);
    const sealed = Object.values(notice.approved?.seal.texts ?? {}).flatMap((formats) =>
      Object.values(formats),
    );
    const texts = await house.texts.get(sealed);
    expect(sealed.map((hash) => sha256(texts.get(hash) ?? ''))).to.deep.equal(sealed);
    expect(await verifyRegister(house, shop.organisation)).to.deep.include({ ok: true, flaws: [] });
    const opened = good(await openEvidence(house, responder, { incident: place.incident, evidence }));
    expect(await textOf(opened.content)).to.equal('maria@person.example');
    expect(good(await viewNotes(house, legal, place.incident))).to.have.length(1);
    const [told] = await entriesOf(place, 'person-told');
    const words = await house.notes.read(shop.organisation, [told ? textIn(told, 'note') : '']);
    expect(words.size, 'what was noted of Jan').to.equal(0);
    const [done] = await entriesOf(place, 'people-forgotten');
    expect(done?.data).to.deep.equal({ lists: 2, people: 2, notes: 1 });
    expect(JSON.stringify(await entriesOf(place))).not.to.match(/Maria|Jan|person\.example|Hinterhof/);
    expect(good(await viewPeople(house, legal, other)), 'of another incident').to.have.length(2);
  });

  it('afterwards nobody can be seen, written to, printed or put on that letter', async () => {
    const { house } = at;
    const place = await toldLetter();
    good(await forget(place));
    const spot = { ...place, batch: 0, position: 0 };
    const answers = await Promise.all([
      viewPeople(house, legal, place),
      viewLetter(house, legal, spot),
      printLetters(house, legal, { ...place, paper: 'a4' }),
      correctAddress(house, legal, { ...spot, email: 'new@person.example', postal: '' }),
      addressLetter(house, responder, { ...place, people: [MARIA] }),
      settlePerson(house, responder, { ...spot, kind: 'bounced' }, `after-${(keys += 1)}`),
      startDispatch(house, responder, place),
    ]);
    for (const answer of answers)
      expect(refused<unknown>(answer)).to.deep.include({ key: 'people.forgotten' });
    expect(await wrappedKeys(place)).to.deep.equal([]);
    expect(await dump()).not.to.contain('new@person.example');
  });

  it('the incident’s own notes go too where that is chosen', async () => {
    const { house } = at;
    const place = await toldLetter();
    good(await addNote(house, responder, { incident: place.incident, text: 'Jan Nowak rang twice.' }));
    expect(good(await viewForgetting(house, shop.owner, place.incident)).ownNotes).to.equal(1);
    good(await forget(place, { withNotes: true }));
    expect(good(await viewNotes(house, legal, place.incident)).map(({ text }) => text)).to.deep.equal(['']);
    expect((await entriesOf(place, 'people-forgotten'))[0]?.data).to.deep.include({ notes: 2 });
  });

  it('a list that was sent in and not taken over goes too', async () => {
    const { house } = at;
    const place = await toldLetter();
    const of = { id: `upload-${(keys += 1)}`, organisation: shop.organisation, by: responder.user };
    const when = { at: house.clock.now(), until: house.clock.now().add({ hours: 24 }) };
    good(
      await house.listUploads.put({ ...of, ...place, ...when }, one(Buffer.from('Maria;maria@x.example'))),
    );
    expect(await house.listUploads.find(shop.organisation, of.id)).to.not.equal(null);
    good(await forget(place));
    expect(await house.listUploads.find(shop.organisation, of.id)).to.equal(null);
  });

  it('a repeat under the same key forgets once; a second time there is nobody left', async () => {
    const place = await toldLetter();
    const form = await formFor(place);
    good(await forgetPeople(at.house, shop.owner, form, 'same-key'));
    good(await forgetPeople(at.house, shop.owner, form, 'same-key'));
    expect(await entriesOf(place, 'people-forgetting', 'people-forgotten')).to.have.length(2);
    expect(refused(await forget(place))).to.deep.include({ key: 'forget.nobody' });
  });

  describe('is finished after dying', () => {
    for (const step of STEPS)
      for (const when of ['before', 'after'] as const)
        it(`${when} ${step}`, async () => {
          const place = await toldLetter();
          const wrapped = await wrappedKeys(place);
          const form = await formFor(place);
          const dying = cutShort(at.house, step, when);
          const died = await forgetPeople(dying, shop.owner, form, `die-${(keys += 1)}`).catch(
            (error: unknown) => (error as Error).message,
          );
          expect(died).to.equal(`died ${when} ${step}`);
          await reconcile(at.house);
          await reconcile(at.house);
          expect(await wrappedKeys(place)).to.deep.equal([]);
          const all = await dump();
          for (const key of wrapped) expect(all).not.to.contain(key);
          expect(await entriesOf(place, 'people-forgetting', 'people-forgotten')).to.have.length(2);
          const { incident } = good(await viewIncident(at.house, shop.owner, place.incident));
          expect(incident.forgotten?.finishedAt).to.not.equal(undefined);
        });
  });
});

/** The house whose process dies at one step of destroying; what was decided is stored before. */
function cutShort(house: House, step: Step, when: 'before' | 'after'): House {
  const cut = <A extends readonly unknown[], R>(name: Step, work: (...args: A) => Promise<R>) =>
    name !== step
      ? work
      : async (...args: A): Promise<R> => {
          if (when === 'after') await work(...args);
          throw new Error(`died ${when} ${step}`);
        };
  let replaced = 0;
  const { lists, notes, drafts, incidents, letterPost } = house;
  const end = cut('replace', incidents.replace.bind(incidents));
  return {
    ...house,
    lists: {
      ...lists,
      destroyKey: cut('destroyKey', (organisation, id) => lists.destroyKey(organisation, id)),
      clear: cut('clear', (organisation, id) => lists.clear(organisation, id)),
    },
    notes: { ...notes, remove: cut('remove-notes', (organisation, ids) => notes.remove(organisation, ids)) },
    drafts: {
      ...drafts,
      remove: cut('remove-drafts', (organisation, incident, ids) =>
        drafts.remove(organisation, incident, ids),
      ),
    },
    letterPost: {
      ...letterPost,
      forget: cut('forget', (notice) => letterPost.forget?.(notice) ?? Promise.resolve()),
    },
    // The first change decides, the second says that it is done.
    incidents: {
      ...incidents,
      replace: (...args) => ((replaced += 1) === 1 ? incidents.replace(...args) : end(...args)),
    },
  };
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString();
}
