import { expect } from 'chai';
import type { BreachEntry } from '../../../src/application/breach-register/breach-entry.ts';
import type { BreachFilter } from '../../../src/application/breach-register/filter.ts';
import {
  exportBreachRegister,
  viewBreachRegister,
} from '../../../src/application/breach-register/view-breach-register.ts';
import { changeFact } from '../../../src/application/incident/change-fact.ts';
import { restrictIncident } from '../../../src/application/incident/lead.ts';
import { logIncident, type LogForm } from '../../../src/application/incident/log-incident.ts';
import { decideDuty } from '../../../src/application/incident/tasks-and-stages.ts';
import { approveNotice } from '../../../src/application/notice/decide.ts';
import { fileNotice } from '../../../src/application/notice/file.ts';
import { submitNotice } from '../../../src/application/notice/write.ts';
import { addressLetter } from '../../../src/application/people/address-letter.ts';
import { dispatchLetters, startDispatch } from '../../../src/application/people/dispatch.ts';
import { forgetPeople } from '../../../src/application/people/forget.ts';
import { settlePerson } from '../../../src/application/people/settle-person.ts';
import { viewIncident } from '../../../src/application/incident/view-incident.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import { FRIDAY, good, refused } from '../../support/breach.ts';
import { openShop, PASSWORD, SUPPLIER_BREACH, withShopHouse, type Shop } from '../../support/shop.ts';
import { begin, findOut, sealShown, write } from '../../story/breach.ts';

const NEAR_MISS: LogForm = {
  ...SUPPLIER_BREACH,
  state: 'near-miss',
  kind: 'misdirected-email',
  title: 'A mail stopped in the outbox',
  subjects: [{ place: 'FR', count: 1 }],
};

describe('The breach register', function () {
  this.timeout(120_000);
  const at = withShopHouse();
  let shop: Shop;
  let responder: Actor;
  let legal: Actor;
  let reader: Actor;
  const by: Record<string, string> = {};
  const said: Record<string, BreachEntry> = {};

  before(async () => {
    shop = await openShop(at.house);
    responder = await shop.hire('responder');
    legal = await shop.hire('legal', 'Lea');
    reader = await shop.hire('reader');
    await fill();
    for (const entry of await all({})) said[entry.incident] = entry;
  });

  const log = async (name: string, form: LogForm): Promise<string> =>
    (by[name] = good(await logIncident(at.house, responder, form)).id);

  async function fill(): Promise<void> {
    const { house } = at;
    await log('told', SUPPLIER_BREACH);
    await log('near-miss', NEAR_MISS);
    await log('unlikely', { ...SUPPLIER_BREACH, title: 'Orders, encrypted' });
    await log('decided', { ...SUPPLIER_BREACH, subjects: [{ place: 'DE-BY', count: 1 }] });
    await log('restricted', SUPPLIER_BREACH);
    await log('drill', { ...SUPPLIER_BREACH, drill: true });
    good(await restrictIncident(house, legal, { incident: by['restricted'] ?? '', to: [] }));
    await decideRisk(by['unlikely'] ?? '', 'unlikely', 'The key is safe.');
    await decideRisk(by['decided'] ?? '', 'high', 'One customer, much harm.');
    const duty = { incident: by['decided'] ?? '', obligation: 'gdpr-art34-subjects' };
    good(await decideDuty(house, legal, { ...duty, reason: 'We told her in person before.' }));
    await tellLate(by['told'] ?? '');
  }

  async function decideRisk(incident: string, value: string, because: string): Promise<void> {
    good(await changeFact(at.house, legal, { incident, name: 'risk', value, shown: 0, because }));
  }

  /** The authority hears of it eighty hours after awareness; both people hear of it, by mail and by telephone. */
  async function tellLate(incident: string): Promise<void> {
    const { house } = at;
    await findOut(house, responder, legal, incident);
    const approved = async (kind: 'authority' | 'letter'): Promise<string> => {
      const notice = await begin(house, responder, incident, kind);
      if (kind === 'letter') good(await addressLetter(house, responder, { incident, notice, people: TWO }));
      await write(house, responder, incident, notice);
      good(await submitNotice(house, responder, { incident, notice }));
      const seal = await sealShown(house, legal, incident, notice);
      good(await approveNotice(house, legal, { incident, notice, seal, password: PASSWORD }));
      return notice;
    };
    const notice = await approved('authority');
    at.clock.advance({ hours: 80 });
    const filing = { incident, notice, at: '', how: 'web form', reference: 'B-4711' };
    good(await fileNotice(house, legal, { ...filing, lateBecause: 'The server was down.' }));
    const letter = { incident, notice: await approved('letter') };
    good(await startDispatch(house, responder, letter));
    good(await dispatchLetters(house, shop.organisation, incident, letter.notice));
    const told = { ...letter, batch: 0, position: 1, kind: 'told', channel: 'telephone' };
    good(await settlePerson(house, responder, told, 'by-telephone'));
  }

  const TWO = [
    { name: 'Maria Weiß', email: 'maria@customers.example', language: 'de' },
    { name: 'Jan Nowak', email: '', language: 'de', postal: 'Hinterhof 7, 10115 Berlin' },
  ];

  async function all(filter: BreachFilter, actor = legal): Promise<readonly BreachEntry[]> {
    return good(await viewBreachRegister(at.house, actor, filter, { page: 1, size: 50 })).entries;
  }

  const namesIn = (entries: readonly BreachEntry[]): readonly string[] =>
    entries.map(({ incident }) => Object.keys(by).find((name) => by[name] === incident) ?? '?').sort();
  const entry = (name: string): BreachEntry => said[by[name] ?? ''] as BreachEntry;
  const dutyIn = (one: BreachEntry, duty: string) => one.duties.find((found) => found.duty === duty);

  it('holds every incident and every near miss, told or not, the newest first, and no drill', async () => {
    const entries = await all({});
    expect(namesIn(entries)).to.deep.equal(['decided', 'near-miss', 'restricted', 'told', 'unlikely']);
    const references = entries.map(({ reference }) => reference);
    expect(references).to.deep.equal([...references].sort().reverse());
  });

  it('says facts, effects, measures and why; of people only how many', () => {
    const told = entry('told');
    expect(told).to.deep.include({
      people: 3,
      whatHappened: SUPPLIER_BREACH.whatHappened,
      consequences: 'The consequences, in words.',
      measures: 'The measures, in words.',
      lost: ['confidentiality'],
      categories: SUPPLIER_BREACH.categories,
    });
    expect(told.risk).to.deep.include({
      value: 'high',
      by: 'Lea',
      reason: 'Orders reveal addresses and habits.',
    });
    expect(told.letters).to.have.length(1);
    expect(told.letters[0]).to.deep.include({ people: 2, byMail: 1, open: 0, cannotBeReached: 0 });
    expect(told.letters[0]?.byChannel).to.deep.include({ telephone: 1, letter: 0 });
    expect(JSON.stringify(Object.values(said))).not.to.match(/Maria|Nowak|customers\.example|Hinterhof/);
  });

  it('rule 2: lateness and its reasons stay as they were at the first filing, whatever is corrected later', async () => {
    const before = dutyIn(entry('told'), 'gdpr-art33-authority');
    const due = FRIDAY.add({ hours: 72 });
    expect(before).to.deep.include({ outcome: 'told', late: true });
    expect(before?.dueAt?.toZonedDateTimeISO('Europe/Berlin').toPlainDate().toString()).to.equal(
      due.toZonedDateTimeISO('Europe/Berlin').toPlainDate().toString(),
    );
    expect(before?.told).to.deep.include({
      how: 'web form',
      number: 'B-4711',
      by: 'Lea',
      lateBecause: 'The server was down.',
    });
    const incident = by['told'] ?? '';
    const { facts } = good(await viewIncident(at.house, legal, incident)).incident;
    good(
      await changeFact(at.house, legal, {
        incident,
        name: 'awareAt',
        value: at.clock.now().subtract({ hours: 1 }).toString(),
        shown: facts['awareAt']?.revision ?? 0,
        because: 'The first report was about something else.',
      }),
    );
    const [after] = (await all({ told: 'authority' })).filter((one) => one.incident === incident);
    expect(after && dutyIn(after, 'gdpr-art33-authority')).to.deep.equal(before);
    expect(after?.awareBecause).to.equal('The first report was about something else.');
  });

  it('rule 4: not telling is a decision, with its reason and who answers for it', () => {
    expect(dutyIn(entry('decided'), 'gdpr-art34-subjects')).to.deep.include({ outcome: 'decided' });
    expect(dutyIn(entry('decided'), 'gdpr-art34-subjects')?.decided).to.deep.include({
      by: 'Lea',
      reason: 'We told her in person before.',
    });
    expect(entry('unlikely').risk).to.deep.include({ value: 'unlikely', reason: 'The key is safe.' });
    expect(dutyIn(entry('unlikely'), 'gdpr-art33-authority')).to.deep.include({ outcome: 'does-not-apply' });
    expect(entry('near-miss').duties.filter(({ outcome }) => outcome === 'open')).to.deep.equal([]);
  });

  it('is filtered by year, state, kind, risk, who was told, lateness, country and whether it is closed', async () => {
    const finds = async (filter: BreachFilter): Promise<readonly string[]> => namesIn(await all(filter));
    expect(await finds({ year: 2026 })).to.have.length(5);
    expect(await finds({ year: 2025 })).to.deep.equal([]);
    expect(await finds({ state: 'near-miss' })).to.deep.equal(['near-miss']);
    expect(await finds({ kind: 'misdirected-email' })).to.deep.equal(['near-miss']);
    expect(await finds({ risk: 'unlikely' })).to.deep.equal(['unlikely']);
    expect(await finds({ risk: 'undecided' })).to.deep.equal(['near-miss', 'restricted']);
    expect(await finds({ told: 'authority' })).to.deep.equal(['told']);
    expect(await finds({ told: 'people' })).to.deep.equal(['told']);
    expect(await finds({ told: 'nobody', risk: 'high' })).to.deep.equal(['decided']);
    // What has a clock of 72 hours and was told nobody is overdue by now.
    expect(await finds({ late: 'in-time' })).to.include.members(['near-miss', 'unlikely']);
    expect(await finds({ late: 'late' })).to.include.members(['told', 'decided']);
    expect(await finds({ country: 'FR' })).to.deep.equal(['near-miss']);
    expect(await finds({ country: 'DE-BY' })).to.deep.equal(['decided']);
    expect(await finds({ country: 'DE' })).to.have.length(4);
    expect(await finds({ open: 'closed' })).to.deep.equal([]);
    expect(await finds({ open: 'open', state: 'breach' })).to.have.length(4);
  });

  it('shows restricted incidents to the named alone, and nothing to whom the table does not name', async () => {
    expect(namesIn(await all({}, reader))).to.not.include('restricted');
    const seen = await viewBreachRegister(at.house, responder, {}, { page: 1, size: 5 });
    expect(refused(seen)).to.deep.include({ kind: 'not-allowed', permission: 'register.read' });
  });

  it('turns pages, and names what there is to choose from', async () => {
    const second = good(await viewBreachRegister(at.house, legal, {}, { page: 2, size: 2 }));
    expect(second).to.deep.include({ page: 2, pages: 3, matching: 5, all: 5 });
    expect(second.entries).to.have.length(2);
    expect(second.facets).to.deep.equal({
      years: [2026],
      kinds: ['misdirected-email', 'supplier-breach'],
      places: ['DE', 'DE-BY', 'FR'],
    });
    const beyond = good(await viewBreachRegister(at.house, legal, {}, { page: 99, size: 2 }));
    expect(beyond.page).to.equal(3);
  });

  it('gives what the filter finds to take along, and each time it is recorded in the organisation’s chain', async () => {
    const taken = good(await exportBreachRegister(at.house, reader, { state: 'near-miss' }, 'csv'));
    const given: string[] = [];
    for await (const { incident } of taken.entries) given.push(incident);
    expect(given).to.deep.equal([by['near-miss']]);
    const chain = `organisation:${shop.organisation}`;
    const [recorded] = await at.house.register.read(shop.organisation, chain, ['breach-register-exported']);
    expect(recorded?.by).to.equal(reader.user);
    expect(recorded?.data).to.deep.equal({ format: 'csv', count: 1, filter: { state: 'near-miss' } });
  });

  it('keeps its counts when the people are forgotten, and says when and by whom', async () => {
    const incident = by['told'] ?? '';
    const { reference } = good(await viewIncident(at.house, shop.owner, incident)).incident;
    const form = { incident, reference, reason: 'Two years have passed.', password: PASSWORD };
    good(await forgetPeople(at.house, shop.owner, form));
    const [after] = (await all({ told: 'authority' })).filter((one) => one.incident === incident);
    expect(after?.letters[0]).to.deep.include({ people: 2, byMail: 1, forgotten: true });
    expect(after?.letters[0]?.byChannel).to.deep.include({ telephone: 1 });
    expect(after?.forgotten).to.deep.include({ by: 'Owner' });
  });
});
