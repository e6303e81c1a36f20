import { expect } from 'chai';
import type { Judge } from '../../../src/domain/incident/facts.ts';
import type { Incident, Obligation } from '../../../src/domain/incident/incident.ts';
import { tellDirectly } from '../../../src/domain/incident/telling.ts';
import { at, FRIDAY, good, logged, MARA, note, refused, SAM } from '../../support/breach.ts';

const key = 'card-acquirer';

/** The judgement stands: only what was met changes. */
const same: Judge = ({ obligations }) => obligations;

function owed(changes: Partial<Obligation> = {}): Incident {
  const incident = logged();
  const duty: Obligation = {
    key,
    duty: key,
    notify: 'partners',
    decision: 'applies',
    missing: [],
    startedAt: FRIDAY,
    dueAt: FRIDAY.add({ hours: 24 }),
    latestAt: null,
    noNumber: false,
    revision: 1,
    lawHash: 'law-1',
    ...changes,
  };
  return { ...incident, obligations: [...incident.obligations, duty] };
}

const telling = { key, at: FRIDAY.add({ minutes: 30 }), how: note('how') };

describe('Telling somebody directly', () => {
  it('meets the duty, and the register says when, how and by whom', () => {
    const { incident } = good(tellDirectly(owed(), telling, same, at(MARA, 60)));
    const met = incident.obligations.find((obligation) => obligation.key === key)?.met;
    expect(met).to.deep.include({ by: MARA.user, complete: true });
    expect(met?.at.equals(telling.at)).to.equal(true);
    const entry = incident.outbox.find(({ type }) => type === 'told-directly');
    expect(entry?.data).to.deep.include({ key, late: false, note: 'how', at: telling.at.toString() });
  });

  it('that is late must say why, and stays late', () => {
    const late = { ...telling, at: FRIDAY.add({ hours: 25 }) };
    const context = at(MARA, 26 * 60);
    expect(refused(tellDirectly(owed(), late, same, context))).to.deep.equal({
      kind: 'invalid-input',
      problems: [{ path: 'lateBecause', key: 'filing.late-without-reason' }],
    });
    const { incident } = good(tellDirectly(owed(), { ...late, lateBecause: note('why') }, same, context));
    const met = incident.obligations.find((obligation) => obligation.key === key)?.met;
    expect(met?.dueAt?.equals(FRIDAY.add({ hours: 24 }))).to.equal(true);
  });

  it('does not do for the people affected: each of them is told by a letter, or otherwise, and counted', () => {
    const people = owed({ notify: 'people' });
    expect(refused(tellDirectly(people, telling, same, at(MARA, 60)))).to.deep.include({
      key: 'obligation.needs-a-notice',
    });
  });

  it('does not do for an authority, to which a notice is filed', () => {
    const authority = { ...telling, key: 'gdpr-art33-authority' };
    expect(refused(tellDirectly(owed(), authority, same, at(MARA, 60)))).to.deep.include({
      key: 'obligation.needs-a-notice',
    });
  });

  it('is refused twice, in the future, of what is not there, and without the right', () => {
    const { incident } = good(tellDirectly(owed(), telling, same, at(MARA, 60)));
    const context = at(MARA, 60);
    expect(refused(tellDirectly(incident, telling, same, context))).to.deep.include({
      key: 'obligation.not-open',
    });
    const tomorrow = { ...telling, at: FRIDAY.add({ hours: 3 }) };
    expect(refused(tellDirectly(owed(), tomorrow, same, context))).to.deep.include({ kind: 'invalid-input' });
    expect(refused(tellDirectly(owed(), { ...telling, key: 'x' }, same, context)).kind).to.equal('not-found');
    expect(refused(tellDirectly(owed(), telling, same, at(SAM, 60)))).to.deep.include({
      kind: 'not-allowed',
      permission: 'notice.file',
    });
  });
});
