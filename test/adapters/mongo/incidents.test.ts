import { expect } from 'chai';
import { toDocument } from '../../../src/adapters/mongo/incident-document.ts';
import { mongoIncidents } from '../../../src/adapters/mongo/incidents.ts';
import { currentStage } from '../../../src/domain/incident/incident.ts';
import { withStore } from '../../support/store.ts';
import { at, entriesOf, incident } from './samples.ts';

describe('Incidents in the store', () => {
  const store = withStore();
  let last = 0;
  const nextId = (): string => `i${(last += 1)}`;

  /** Inserts an incident of its own organisation, under the reference that it is given. */
  async function insert(organisation: string, key?: string, changes = {}) {
    const id = nextId();
    const { incident: made } = await store.stores.incidents.insert(organisation, 2026, key, (reference) =>
      incident({ id, organisation, reference, ...changes }),
    );
    return made;
  }

  const byReference = (reference: string) => store.stores.incidents.byReference('long-year', reference);

  it('come back exactly as they went in', async () => {
    const made = await insert('round-trip');
    expect(await store.stores.incidents.byId('round-trip', made.id)).to.deep.equal(made);
    expect(await store.stores.incidents.byReference('round-trip', 'INC-2026-0001')).to.deep.equal(made);
  });

  it('lie in the store with dates as dates and no name that MongoDB would read as a path or an operator', async () => {
    const made = await insert('plain-names');
    const document = await store.mongo.connection
      .collection('incidents')
      .findOne({ organisation: 'plain-names' });
    expect(document?.['loggedAt']).to.be.instanceOf(Date);
    const obligations = document?.['obligations'] as { dueAt: unknown }[];
    expect(obligations[0]?.dueAt).to.be.instanceOf(Date);
    const names: string[] = [];
    JSON.stringify(document, (name, value: unknown) => (names.push(name), value));
    expect(names.filter((name) => /[.$]/.test(name))).to.deep.equal([]);
    expect(made.reference).to.equal('INC-2026-0001');
  });

  it('get gapless references when twenty callers log two hundred at once', async function () {
    this.timeout(60_000);
    const callers = Array.from({ length: 20 }, async () => {
      for (let round = 0; round < 10; round += 1) await insert('busy');
    });
    await Promise.all(callers);
    const rows = await store.stores.incidents.cards('busy', { open: false });
    const expected = Array.from(
      { length: 200 },
      (_, index) => `INC-2026-${String(200 - index).padStart(4, '0')}`,
    );
    expect(rows.map(({ card }) => card.reference)).to.deep.equal(expected);
  });

  it('get gapless references when several processes log at once', async function () {
    this.timeout(60_000);
    const { openStores } = await import('../../../src/adapters/mongo/index.ts');
    // Each has its own turn, as each process has.
    const houses = Array.from({ length: 4 }, () => openStores(store.mongo, store.vault).incidents);
    const made = await Promise.all(
      houses.flatMap((incidents) =>
        Array.from({ length: 8 }, async () => {
          const id = nextId();
          const done = await incidents.insert('cluster', 2026, undefined, (reference) =>
            incident({ id, organisation: 'cluster', reference }),
          );
          return done.incident.reference;
        }),
      ),
    );
    const expected = Array.from(
      { length: 32 },
      (_, index) => `INC-2026-${String(index + 1).padStart(4, '0')}`,
    );
    expect(made.sort()).to.deep.equal(expected);
  });

  it('go on counting past 9,999, newest first, and begin anew each year', async () => {
    const made = await insert('long-year');
    const { _id, ...rest } = toDocument({ ...made, id: 'i-9999', reference: 'INC-2026-9999' });
    await store.mongo.models.incidents.create({ _id, ...rest });
    expect((await insert('long-year')).reference).to.equal('INC-2026-10000');
    const { incident: next } = await store.stores.incidents.insert(
      'long-year',
      2027,
      undefined,
      (reference) => incident({ id: nextId(), organisation: 'long-year', reference }),
    );
    expect(next.reference).to.equal('INC-2027-0001');
    const rows = await store.stores.incidents.cards('long-year', { open: false, limit: 3 });
    expect(rows.map(({ id }) => id)).to.deep.equal([
      next.id,
      (await byReference('INC-2026-10000'))?.id,
      'i-9999',
    ]);
  });

  it('leave no gap and hold up nobody when one cannot be made', async () => {
    const attempts = [0, 1, 2].map((turn) =>
      store.stores.incidents.insert('faulty', 2026, undefined, (reference) => {
        if (turn === 1) throw new Error('no playbook');
        return incident({ id: nextId(), organisation: 'faulty', reference });
      }),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    const rows = await store.stores.incidents.cards('faulty', { open: false });
    expect(rows.map(({ card }) => card.reference)).to.deep.equal(['INC-2026-0002', 'INC-2026-0001']);
  });

  it('are one incident when the same key comes five times at once, and again later', async () => {
    const { incidents } = store.stores;
    const attempt = async () => {
      const id = nextId();
      return incidents.insert('double-click', 2026, 'key-1', (reference) =>
        incident({ id, organisation: 'double-click', reference }),
      );
    };
    const answers = [...(await Promise.all(Array.from({ length: 5 }, attempt))), await attempt()];
    expect(new Set(answers.map((answer) => answer.incident.id)).size).to.equal(1);
    expect(answers.filter(({ repeated }) => !repeated)).to.have.length(1);
    expect(await incidents.cards('double-click', { open: false })).to.have.length(1);
  });

  it('are still found by the key that made them after they were changed', async () => {
    const made = await insert('kept-key', 'key-1');
    await store.stores.incidents.replace({ ...made, version: 2, title: 'Changed' }, 1);
    const again = await store.stores.incidents.insert('kept-key', 2026, 'key-1', () => {
      throw new Error('made twice');
    });
    expect(again.repeated).to.equal(true);
    expect(again.incident.title).to.equal('Changed');
  });

  it('may have the same key in two organisations', async () => {
    const one = await insert('key-of-one', 'shared');
    const other = await insert('key-of-other', 'shared');
    expect(one.id).not.to.equal(other.id);
  });

  it('let one of many win who change the same version', async () => {
    const made = await insert('race');
    const tries = Array.from({ length: 12 }, (_, index) =>
      store.stores.incidents.replace({ ...made, version: 2, title: `by ${index}` }, 1),
    );
    const won = await Promise.all(tries);
    expect(won.filter(Boolean)).to.have.length(1);
    const stored = await store.stores.incidents.byId('race', made.id);
    expect(stored?.title).to.equal(`by ${won.indexOf(true)}`);
  });

  it('lose what a change took away', async () => {
    const { supplier, ...made } = await insert('taken-away');
    expect(supplier).not.to.equal(undefined);
    await store.stores.incidents.replace({ ...made, version: 2, facts: {}, tasks: [] }, 1);
    const stored = await store.stores.incidents.byId('taken-away', made.id);
    expect(stored).to.deep.equal({ ...made, version: 2, facts: {}, tasks: [] });
  });

  it('of another organisation cannot be reached by an id, a reference or a change', async () => {
    const made = await insert('owner-of-it');
    const { incidents } = store.stores;
    expect(await incidents.byId('stranger', made.id)).to.equal(null);
    expect(await incidents.byReference('stranger', made.reference)).to.equal(null);
    expect(await incidents.replace({ ...made, organisation: 'stranger', version: 2 }, 1)).to.equal(false);
    await incidents.trimOutbox('stranger', made.id, 99);
    expect((await incidents.byId('owner-of-it', made.id))?.outbox).to.have.length(2);
  });

  it('are not found by what is no reference, and no operator is taken for one', async () => {
    await insert('injected');
    expect(await store.stores.incidents.byReference('injected', 'INC-2026')).to.equal(null);
    const operator = { $gt: '' } as unknown as string;
    const outcome = await store.stores.incidents.byId('injected', operator).then(
      (found) => found,
      () => 'refused',
    );
    expect(outcome).to.equal('refused');
  });

  it('are listed by their next deadline while open, those without one last', async () => {
    const organisation = 'list-of-open';
    const due = (dueAt: string | null) => ({
      obligations: incident({ id: 'x' }).obligations.map((obligation) => ({
        ...obligation,
        dueAt: dueAt === null ? null : at(dueAt),
      })),
    });
    await insert(organisation, undefined, due(null));
    await insert(organisation, undefined, due('2026-12-02T00:00:00Z'));
    await insert(organisation, undefined, due('2026-12-01T00:00:00Z'));
    const stages = incident({ id: 'x' }).stages.map(({ stage }) => ({ stage, state: 'closed' as const }));
    expect(currentStage(stages)).to.equal('closed');
    const closed = await insert(organisation, undefined, { stages });
    const { incidents } = store.stores;
    const open = await incidents.cards(organisation, { open: true });
    expect(open.map(({ card }) => card.reference)).to.deep.equal([
      'INC-2026-0003',
      'INC-2026-0002',
      'INC-2026-0001',
    ]);
    expect(await incidents.cards(organisation, { open: true, limit: 2 })).to.have.length(2);
    expect(await incidents.open(organisation))
      .to.have.length(3)
      .and.not.to.include(closed.id);
    expect(await incidents.cards(organisation, { open: false })).to.have.length(4);
  });

  it('are listed as they are stored now, though a list remembers what it read', async () => {
    const made = await insert('remembered');
    const { incidents } = store.stores;
    const other = mongoIncidents(store.mongo);
    const titles = async (): Promise<readonly string[]> =>
      (await incidents.cards('remembered', { open: false })).map(({ card }) => card.title);
    expect(await titles()).to.deep.equal([made.card.title]);
    const renamed = { ...made, version: 2, card: { ...made.card, title: 'Renamed by another process' } };
    expect(await other.replace(renamed, 1)).to.equal(true);
    expect(await titles()).to.deep.equal(['Renamed by another process']);
    const [row] = await incidents.cards('remembered', { open: true });
    expect(row).to.deep.equal({ id: made.id, card: renamed.card, laws: toDocument(made).laws });
    await insert('remembered');
    expect(await titles()).to.have.length(2);
    expect(await incidents.cards('other-house', { open: false })).to.deep.equal([]);
  });

  it('with a letter on its way are known', async () => {
    const made = await insert('letters');
    const { incidents } = store.stores;
    expect(await incidents.sending('letters')).to.deep.equal([]);
    const notices = made.notices.map((notice) => ({ ...notice, state: 'sending' as const }));
    await incidents.replace({ ...made, version: 2, notices }, 1);
    expect(await incidents.sending('letters')).to.deep.equal([made.id]);
    await incidents.replace({ ...made, version: 3 }, 2);
    expect(await incidents.sending('letters')).to.deep.equal([]);
  });

  it('wait for copying while their outbox holds anything, and trimming leaves the version alone', async () => {
    const made = await insert('outbox');
    const { incidents } = store.stores;
    expect(await incidents.withOutbox('outbox')).to.deep.equal([made.id]);
    await incidents.trimOutbox('outbox', made.id, 1);
    const trimmed = await incidents.byId('outbox', made.id);
    expect(trimmed?.outbox.map(({ sequence }) => sequence)).to.deep.equal([2]);
    expect(trimmed?.version).to.equal(1);
    await incidents.trimOutbox('outbox', made.id, 2);
    expect(await incidents.withOutbox('outbox')).to.deep.equal([]);
  });

  it('keep the entries of a command that came between copying and trimming', async () => {
    const made = await insert('between');
    const { incidents } = store.stores;
    const more = entriesOf(`incident:${made.id}`, 3).slice(2);
    expect(await incidents.replace({ ...made, version: 2, outbox: [...made.outbox, ...more] }, 1)).to.equal(
      true,
    );
    await incidents.trimOutbox('between', made.id, 2);
    const stored = await incidents.byId('between', made.id);
    expect(stored?.outbox.map(({ sequence }) => sequence)).to.deep.equal([3]);
  });

  it('give the heads of their chains in order of the ids', async () => {
    const first = await insert('heads');
    const second = await insert('heads');
    const heads = [];
    for await (const head of store.stores.incidents.heads('heads')) heads.push(head);
    expect(heads).to.deep.equal(
      [first, second]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, register, outbox }) => ({ id, register, outbox })),
    );
  });

  it('keep a moment that a person gave to the nanosecond', async () => {
    const fine = at('2026-11-20T09:30:00.123456789Z');
    const obligations = incident({ id: 'x' }).obligations.map((one) => ({
      ...one,
      startedAt: fine,
      dueAt: fine,
    }));
    const made = await insert('fine', undefined, { supplier: { name: 'S', knewAt: fine }, obligations });
    expect(await store.stores.incidents.byId('fine', made.id)).to.deep.equal(made);
    const [row] = await store.stores.incidents.cards('fine', { open: true });
    expect(row?.card.nextDueAt?.equals(fine)).to.equal(true);
  });

  it('refuse a clock that is finer than the store can keep', async () => {
    const tooFine = incident({ id: nextId(), loggedAt: at('2026-11-20T09:30:00.000000001Z') });
    const error = await store.stores.incidents.insert('acme', 2026, undefined, () => tooFine).catch(String);
    expect(error).to.contain('loggedAt');
  });
});
