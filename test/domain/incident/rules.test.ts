import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { replayed, settle } from '../../../src/domain/incident/change.ts';
import { standingOf } from '../../../src/domain/incident/standing.ts';
import { changeTask } from '../../../src/domain/incident/tasks.ts';
import { at, FRIDAY, good, logged, SAM } from '../../support/breach.ts';

describe('Rule 1: late is derived, never stored', () => {
  const obligation = logged().obligations[0]!;
  const after = (hours: number): string => standingOf(obligation, FRIDAY.add({ hours }));

  it('the same stored obligation is on time, due soon and overdue as the clock goes', () => {
    expect([after(1), after(47), after(49), after(72), after(73)]).to.deep.equal([
      'on-time',
      'on-time',
      'due-soon',
      'due-soon',
      'overdue',
    ]);
  });

  it('met in time or met late follows from two stored moments', () => {
    const dueAt = obligation.dueAt;
    const met = (hours: number) => ({ at: FRIDAY.add({ hours }), by: 'mara', dueAt, complete: true });
    expect(standingOf({ ...obligation, met: met(71) }, FRIDAY.add({ hours: 500 }))).to.equal('met');
    expect(standingOf({ ...obligation, met: met(73) }, FRIDAY.add({ hours: 500 }))).to.equal('met-late');
  });

  it('nothing in the stored incident says how late it is', () => {
    const stored = JSON.stringify(logged());
    for (const word of ['overdue', 'due-soon', 'on-time', '"late"']) expect(stored).not.to.contain(word);
  });
});

describe('Rule 8: a double click makes one incident', () => {
  it('a repeat under the same key is answered with the first result', () => {
    const change = { id: 'stop-the-leak', state: 'done', shown: 0 } as const;
    const { incident } = good(changeTask(logged(), change, ['stop-the-leak'], at(SAM, 1, 'click-1')));
    expect(replayed(incident, 'click-1')).to.deep.equal({ key: 'click-1', result: null });
    expect(replayed(incident, 'click-2')).to.equal(undefined);
    expect(replayed(incident, undefined)).to.equal(undefined);
  });

  it('the last twenty keys are kept', () => {
    let incident = logged();
    for (let click = 1; click <= 25; click += 1) {
      incident = settle(
        incident,
        {},
        [{ type: 'x', data: {} }],
        at(SAM, click, `click-${click}`),
        'answer',
      ).incident;
    }
    expect(incident.seen).to.have.length(20);
    expect(replayed(incident, 'click-5')).to.equal(undefined);
    expect(replayed(incident, 'click-6')?.result).to.equal('answer');
  });

  it('a change that changes nothing leaves version and chain alone', () => {
    const before = logged();
    expect(settle(before, {}, [], at(SAM), undefined).incident).to.equal(before);
    expect(Temporal.Instant.compare(before.loggedAt, FRIDAY)).to.equal(0);
  });
});
