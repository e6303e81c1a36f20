import { expect } from 'chai';
import { reconcile } from '../../../src/application/clock/reconcile.ts';
import { addNote, viewNotes } from '../../../src/application/incident/notes.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { sweepLoose } from '../../../src/application/incident/sweep-loose.ts';
import { viewPeople } from '../../../src/application/people/view-people.ts';
import { settlePerson } from '../../../src/application/people/settle-person.ts';
import { approveLetterTo } from '../../support/approved-letter.ts';
import { FRIDAY, good } from '../../support/breach.ts';
import { openShop, SUPPLIER_BREACH, withShopHouse, type Shop } from '../../support/shop.ts';

const PEOPLE = [{ name: 'Maria', email: 'maria@person.example', language: 'de', country: 'DE' }];

describe('What a process stored and died before its incident named it', function () {
  this.timeout(60_000);
  const at = withShopHouse();
  let shop: Shop;
  let incident = '';

  before(async () => {
    shop = await openShop(at.house);
    incident = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH)).id;
  });
  afterEach(() => at.clock.set(FRIDAY));

  const sweepAfter = async (hours: number): Promise<number> => {
    at.clock.set(FRIDAY.add({ hours }));
    return sweepLoose(at.house, shop.organisation);
  };
  /** A note as a process leaves it that is killed between its two writes; of an incident that may never come to be. */
  const killedAfterNote = async (of = incident): Promise<string> => {
    const note = at.house.notes.seal(shop.organisation, of, 'Maria rang, and then the power went.');
    await at.house.notes.keep([note]);
    return note.ref.id;
  };
  const killedAfterList = async (): Promise<string> => {
    const id = at.house.ids.id();
    const of = { id, organisation: shop.organisation, incident, notice: 'n1', at: at.clock.now() };
    await at.house.lists.create(of, PEOPLE);
    return id;
  };
  const isThere = async (id: string): Promise<boolean> =>
    (await at.house.notes.read(shop.organisation, [id])).has(id) ||
    (await at.house.lists.head(shop.organisation, id)) !== null;

  it('stays for a day, since it may still be on its way, and is gone after it', async () => {
    const left = [await killedAfterNote(), await killedAfterNote('never-logged'), await killedAfterList()];
    expect(await sweepAfter(0)).to.equal(0);
    expect(await sweepAfter(23)).to.equal(0);
    expect(await Promise.all(left.map(isThere))).to.deep.equal([true, true, true]);
    expect(await sweepAfter(24)).to.equal(3);
    expect(await Promise.all(left.map(isThere))).to.deep.equal([false, false, false]);
    expect(await sweepAfter(50)).to.equal(0);
  });

  it('is swept by reconciling, whoever comes first and how often', async () => {
    const left = await killedAfterNote();
    await reconcile(at.house);
    at.clock.set(FRIDAY.add({ hours: 25 }));
    await Promise.all([reconcile(at.house), reconcile(at.house)]);
    expect(await isThere(left)).to.equal(false);
  });

  it('is nothing that the incident, its chain, or a letter names', async () => {
    const { note } = good(await addNote(at.house, shop.owner, { incident, text: 'The host looks into it.' }));
    const legal = await shop.hire('legal');
    const responder = await shop.hire('responder');
    const place = await approveLetterTo(at.house, { responder, legal }, [
      ...PEOPLE,
      ...PEOPLE.map((one) => ({ ...one, email: 'm2@person.example' })),
    ]);
    const told = {
      ...place,
      batch: 0,
      position: 0,
      kind: 'told',
      channel: 'telephone',
      note: 'She will watch out.',
    };
    good(await settlePerson(at.house, responder, told, 'told-1'));
    // Recorded of a letter, and the process died before the register had it.
    const waiting = at.house.notes.seal(shop.organisation, place.incident, 'He asked for more.');
    await at.house.notes.keep([waiting]);
    const view = good(await viewPeople(at.house, legal, place));
    const list =
      (await at.house.incidents.byId(shop.organisation, place.incident))?.notices.at(-1)?.list?.id ?? '';
    await at.house.lists.settle(
      shop.organisation,
      list,
      {
        id: 'told-2',
        kind: 'told',
        batch: 0,
        position: 1,
        at: at.clock.now(),
        by: responder.user,
        channel: 'telephone',
        note: waiting.ref,
      },
      { from: ['waiting'], to: 'told' },
    );
    for (const hours of [0, 25, 60]) expect(await sweepAfter(hours)).to.equal(0);
    expect(view).to.have.length(2);
    expect(good(await viewNotes(at.house, shop.owner, incident)).map(({ id }) => id)).to.include(note);
    expect(await isThere(waiting.ref.id)).to.equal(true);
    expect(await isThere(list)).to.equal(true);
    at.clock.set(FRIDAY);
    expect(good(await viewPeople(at.house, legal, place))).to.have.length(2);
  });
});
