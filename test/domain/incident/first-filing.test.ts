import { expect } from 'chai';
import { changeFact } from '../../../src/domain/incident/facts.ts';
import type { Judge } from '../../../src/domain/incident/facts.ts';
import { acknowledgeFiling, fileNotice } from '../../../src/domain/incident/filing.ts';
import type { Incident, Obligation } from '../../../src/domain/incident/incident.ts';
import { approveNotice, prepareNotice, submitNotice } from '../../../src/domain/incident/notices.ts';
import { standingOf, wasLate } from '../../../src/domain/incident/standing.ts';
import { seal } from '../../../src/domain/notice/seal.ts';
import { at, FRIDAY, gdpr, good, logged, MARA, note, refused, SAM } from '../../support/breach.ts';

const KEY = 'gdpr-art33-authority';
const NEXT = 'final-report';
const SEALED = seal({ texts: { en: { subject: 'a', html: 'b', text: 'c' } }, attachments: [] });

/** Art. 33, and a final report that is due 24 hours after its first filing. */
const withFinalReport: Judge = (incident) => {
  const judged = gdpr(incident);
  const first = incident.obligations.find(({ key }) => key === KEY)?.met?.at ?? null;
  const own = judged.find(({ key }) => key === KEY)!;
  return [
    ...judged,
    {
      ...own,
      key: NEXT,
      duty: NEXT,
      startedAt: first,
      dueAt: first?.add({ hours: 24 }) ?? null,
      ...(first ? {} : { waitsFor: `notified:${KEY}` }),
    },
  ];
};

/** A notice for art. 33, approved after so many minutes. */
function approved(incident: Incident, id: string, minutes: number): Incident {
  const input = { id, kind: 'authority', obligations: [KEY], locales: ['en'] } as const;
  const begun = good(prepareNotice(incident, input, at(SAM, minutes))).incident;
  const handedIn = { seal: SEALED, incomplete: [] };
  const inReview = good(submitNotice(begun, id, handedIn, at(SAM, minutes))).incident;
  const approval = { atHand: SEALED, shown: SEALED.hash, approvers: ['mara', 'lene'] };
  return good(approveNotice(inReview, id, approval, at(MARA, minutes))).incident;
}

function filed(incident: Incident, id: string, hours: number, reason?: string): Incident {
  const filing = {
    at: FRIDAY.add({ hours }),
    how: 'web form',
    complete: true,
    atHand: SEALED,
    ...(reason === undefined ? {} : { lateBecause: note(reason) }),
  };
  const ready = approved(incident, id, hours * 60);
  return good(fileNotice(ready, id, filing, withFinalReport, at(MARA, hours * 60))).incident;
}

function owed({ obligations }: Incident, key: string): Obligation {
  return obligations.find((obligation) => obligation.key === key)!;
}

describe('Rule 2: the first filing is the anchor', () => {
  it('the clock of the next stage starts at the first filing, and waits for it until then', () => {
    const once = filed(logged(), 'first', 20);
    expect(owed(once, NEXT).dueAt?.equals(FRIDAY.add({ hours: 44 }))).to.equal(true);
    expect(withFinalReport(logged()).find(({ key }) => key === NEXT)?.waitsFor).to.equal(`notified:${KEY}`);
  });

  it('filing again and correcting what came back moves nothing', () => {
    const once = filed(logged(), 'first', 20);
    const twice = filed(once, 'second', 60);
    const came = { reference: 'LDI-1', acknowledgedAt: FRIDAY.add({ hours: 61 }) };
    const corrected = good(acknowledgeFiling(twice, 'first', came, at(MARA, 62 * 60))).incident;
    for (const key of [KEY, NEXT]) {
      expect(owed(corrected, key).met, key).to.deep.equal(owed(once, key).met);
      expect(owed(corrected, key).dueAt?.equals(owed(once, key).dueAt!), key).to.equal(true);
    }
    expect(owed(corrected, KEY).met?.notice).to.equal('first');
    expect(corrected.notices[0]?.filed?.at.equals(FRIDAY.add({ hours: 20 }))).to.equal(true);
  });

  it('lateness and its reasons freeze at that moment; a later one asks for none', () => {
    const late = filed(logged(), 'first', 80, 'flood');
    expect(wasLate(owed(late, KEY).met!)).to.equal(true);
    expect(late.notices[0]?.filed?.lateBecause).to.deep.equal(note('flood'));
    const again = filed(late, 'second', 100);
    expect(again.notices[1]?.filed).not.to.have.property('lateBecause');
  });

  it('a later correction of awareness puts a new judgement beside the frozen one', () => {
    const late = filed(logged(), 'first', 80, 'flood');
    const given = { value: FRIDAY.add({ hours: 12 }).toString() };
    const shown = late.facts['awareAt']?.revision ?? 0;
    const change = { name: 'awareAt', given, shown, because: note('it was only a suspicion until then') };
    const { incident } = good(changeFact(late, change, withFinalReport, at(MARA, 90 * 60)));
    const now = owed(incident, KEY);
    expect(now.dueAt?.equals(FRIDAY.add({ hours: 84 })), 'the new judgement').to.equal(true);
    expect(now.met, 'the frozen one').to.deep.equal(owed(late, KEY).met);
    expect(standingOf(now, FRIDAY.add({ hours: 90 }))).to.equal('met-late');
    const judged = incident.outbox.findLast(
      ({ type, data }) => type === 'obligation-judged' && data['key'] === KEY,
    );
    expect(judged?.data['dueAt']).to.equal(FRIDAY.add({ hours: 84 }).toString());
  });

  it('what comes back may be told of a filed notice only, and must be something', () => {
    const ready = approved(logged(), 'first', 60);
    expect(refused(acknowledgeFiling(ready, 'first', { reference: 'x' }, at(MARA, 61))).kind).to.equal(
      'wrong-state',
    );
    const once = filed(logged(), 'first', 20);
    const nothing = refused(acknowledgeFiling(once, 'first', {}, at(MARA, 21 * 60)));
    expect(nothing.kind === 'invalid-input' && nothing.problems[0]?.key).to.equal('filing.nothing-came');
    const tomorrow = { acknowledgedAt: FRIDAY.add({ hours: 50 }) };
    expect(refused(acknowledgeFiling(once, 'first', tomorrow, at(MARA, 21 * 60))).kind).to.equal(
      'invalid-input',
    );
    expect(refused(acknowledgeFiling(once, 'first', { reference: 'x' }, at(SAM, 21 * 60))).kind).to.equal(
      'not-allowed',
    );
  });
});
