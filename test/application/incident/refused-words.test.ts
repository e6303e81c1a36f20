import { expect } from 'chai';
import { changeFact, changeNarrative } from '../../../src/application/incident/change-fact.ts';
import { changeState } from '../../../src/application/incident/change-state.ts';
import { changeSupplier } from '../../../src/application/incident/change-supplier.ts';
import { changeTitle } from '../../../src/application/incident/lead.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { addNote } from '../../../src/application/incident/notes.ts';
import { answerQuestion } from '../../../src/application/incident/questions.ts';
import {
  changeTask,
  closeStage,
  decideDuty,
  reopenStage,
  withdrawDecision,
} from '../../../src/application/incident/tasks-and-stages.ts';
import { viewTimeline } from '../../../src/application/incident/view-timeline.ts';
import { sendBackNotice } from '../../../src/application/notice/decide.ts';
import { fileNotice } from '../../../src/application/notice/file.ts';
import { prepareNotice } from '../../../src/application/notice/prepare.ts';
import type { House } from '../../../src/application/ports/house.ts';
import type { DomainError } from '../../../src/domain/errors.ts';
import type { Result } from '../../../src/domain/result.ts';
import { good, refused } from '../../support/breach.ts';
import { openShop, SUPPLIER_BREACH, type Shop } from '../../support/shop.ts';
import { withShopHouse } from '../../support/shop.ts';

/** Notes as the store really keeps them, with a count of those that lie there. */
function counting(house: House, lying: Set<string>): House {
  const { notes } = house;
  return {
    ...house,
    notes: {
      ...notes,
      async keep(sealed) {
        await notes.keep(sealed);
        for (const { ref } of sealed) lying.add(ref.id);
      },
      async remove(organisation, ids) {
        await notes.remove(organisation, ids);
        const left = await notes.read(organisation, ids);
        for (const id of ids) if (!left.has(id)) lying.delete(id);
      },
    },
  };
}

describe('Words of a change that is refused', function () {
  this.timeout(60_000);
  const at = withShopHouse();
  const lying = new Set<string>();
  let house: House;
  let shop: Shop;
  let incident = '';
  let notice = '';

  before(async () => {
    house = counting(at.house, lying);
    shop = await openShop(house);
    incident = good(await logIncident(house, shop.owner, SUPPLIER_BREACH)).id;
    const obligations = ['gdpr-art33-authority'];
    notice = good(
      await prepareNotice(house, shop.owner, { incident, kind: 'authority', obligations, locales: ['en'] }),
    ).notice;
  });

  const reason = 'Words that must not stay behind.';
  const why = { incident: '', reason };

  /** Each with words that are fine, and something else that is not. */
  const refusals: Readonly<Record<string, () => Promise<Result<unknown, DomainError>>>> = {
    'a task that is not there': () =>
      changeTask(house, shop.owner, { incident, task: 'no-such', state: 'done', note: reason, shown: 0 }),
    'a task that changed meanwhile': () =>
      changeTask(house, shop.owner, {
        incident,
        task: 'call-decider',
        state: 'done',
        note: reason,
        shown: 9,
      }),
    'a stage that is not worked on': () =>
      closeStage(house, shop.owner, { ...why, incident, stage: 'review' }),
    'a stage that is open': () => reopenStage(house, shop.owner, { ...why, incident, stage: 'detect' }),
    'a duty that is not there': () => decideDuty(house, shop.owner, { ...why, incident, obligation: 'none' }),
    'a decision that was never made': () =>
      withdrawDecision(house, shop.owner, { ...why, incident, obligation: 'gdpr-art33-authority' }),
    'a fact that changed meanwhile': () =>
      changeFact(house, shop.owner, { incident, name: 'malicious', unknownBecause: reason, shown: 9 }),
    'a risk that changed meanwhile': () =>
      changeFact(house, shop.owner, { incident, name: 'risk', value: 'high', because: reason, shown: 9 }),
    'an awareness before the first sign': () =>
      changeFact(house, shop.owner, {
        incident,
        name: 'awareAt',
        value: '2020-01-01T10:00',
        because: reason,
        shown: 1,
      }),
    'a text that changed meanwhile': () =>
      changeNarrative(house, shop.owner, { incident, name: 'measures', text: reason, shown: 'other' }),
    'a title that changed meanwhile': () =>
      changeTitle(house, shop.owner, { incident, title: reason, shown: 'another title' }),
    'a supplier that changed meanwhile': () =>
      changeSupplier(house, shop.owner, { incident, name: reason, shown: 9 }),
    'a state that it has already': () =>
      changeState(house, shop.owner, { ...why, incident, state: 'breach', shown: 'breach' }),
    'a question that is not there': () =>
      answerQuestion(house, shop.owner, { incident, question: 'none', note: reason, shown: 1 }),
    'a notice that was not handed in': () => sendBackNotice(house, shop.owner, { incident, notice, reason }),
    'a filing of what is not approved': () =>
      fileNotice(house, shop.owner, { incident, notice, at: '', how: 'x', lateBecause: reason }),
    'a note of somebody who may only read': () =>
      addNote(house, { ...shop.owner, roles: ['reader'] }, { incident, text: reason }),
  };

  for (const [name, attempt] of Object.entries(refusals)) {
    it(`do not stay in the store: ${name}`, async () => {
      const before = new Set(lying);
      refused(await attempt());
      expect([...lying].filter((id) => !before.has(id))).to.deep.equal([]);
    });
  }

  it('nor do those of a change that somebody else overtook between the writing and the storing', async () => {
    const before = new Set(lying);
    const { id } = good(await logIncident(house, shop.owner, SUPPLIER_BREACH));
    const own = new Set(lying);
    let raced = false;
    const slow: House = {
      ...house,
      incidents: {
        ...house.incidents,
        async replace(next, expected) {
          if (!raced) {
            raced = true;
            good(
              await changeTask(house, shop.owner, {
                incident: id,
                task: 'call-decider',
                state: 'done',
                shown: 0,
              }),
            );
          }
          return house.incidents.replace(next, expected);
        },
      },
    };
    const late = { incident: id, task: 'call-decider', state: 'done', note: reason, shown: 0 } as const;
    expect(refused(await changeTask(slow, shop.owner, late)).kind).to.equal('stale-version');
    expect([...lying].filter((note) => !own.has(note))).to.deep.equal([]);
    expect(own.size).to.be.greaterThan(before.size);
  });

  it('nor does a reason for passing over a gate that was open, nor a note sent twice', async () => {
    const { id } = good(await logIncident(house, shop.owner, SUPPLIER_BREACH));
    good(await addNote(house, shop.owner, { incident: id, text: 'Once.' }, 'note-key-1'));
    const before = new Set(lying);
    good(await addNote(house, shop.owner, { incident: id, text: 'Once.' }, 'note-key-1'));
    good(await logIncident(house, shop.owner, SUPPLIER_BREACH, 'log-key-1'));
    const first = new Set(lying);
    good(await logIncident(house, shop.owner, SUPPLIER_BREACH, 'log-key-1'));
    expect(lying).to.deep.equal(first);
    expect(first.size).to.be.greaterThan(before.size);
  });

  it('while every word that the chain names is there', async () => {
    good(await closeStage(house, shop.owner, { incident, stage: 'detect', reason: 'Over the gate.' }));
    good(await reopenStage(house, shop.owner, { incident, stage: 'detect', reason: 'A second export.' }));
    good(await addNote(house, shop.owner, { incident, text: 'She called.' }));
    const { words } = good(await viewTimeline(house, shop.owner, incident));
    expect([...words.values()]).to.include.members(['Over the gate.', 'A second export.', 'She called.']);
  });
});
