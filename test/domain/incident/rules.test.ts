import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import type { DomainError } from '../../../src/domain/errors.ts';
import { replayed, settle } from '../../../src/domain/incident/change.ts';
import { changeFact, type Judge } from '../../../src/domain/incident/facts.ts';
import { logIncident } from '../../../src/domain/incident/log.ts';
import {
  decideAllNotOwed,
  decideNotOwed,
  withdrawDecision,
} from '../../../src/domain/incident/obligations.ts';
import { changeState } from '../../../src/domain/incident/state.ts';
import { standingOf } from '../../../src/domain/incident/standing.ts';
import { changeTask } from '../../../src/domain/incident/tasks.ts';
import {
  at,
  FRIDAY,
  gdpr,
  good,
  LENE,
  logged,
  MARA,
  note,
  PACKWELL,
  refused,
  SAM,
} from '../../support/breach.ts';

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

describe('Rule 4: not telling is a decision', () => {
  const KEY = 'gdpr-art34-subjects';

  it('decided otherwise: with a reason and an approver, in the breach register', () => {
    const reason = note('the keys were never copied');
    const { incident } = good(decideNotOwed(logged(), { key: KEY, reason }, at(LENE)));
    const obligation = incident.obligations.find(({ key }) => key === KEY)!;
    expect(obligation.decided).to.deep.include({ as: 'not-owed', by: 'lene', reason });
    expect(incident.outbox.at(-1)).to.deep.include({ type: 'obligation-decided', by: 'lene' });
    expect(incident.outbox.at(-1)?.data).to.deep.include({ approver: 'lene', reason: reason.id });
    expect(refused(decideNotOwed(logged(), { key: KEY, reason }, at(SAM))).kind).to.equal('not-allowed');
  });

  it('many are decided with one reason, all or none, each with an entry of its own', () => {
    const OTHER = logged().obligations.find(({ key }) => key !== KEY)!.key;
    const reason = note('one customer, told by telephone');
    const before = logged();
    const { incident } = good(decideAllNotOwed(before, { keys: [KEY, OTHER, KEY], reason }, at(LENE)));
    const entries = incident.outbox.slice(before.outbox.length);
    expect(entries.map(({ type, data }) => [type, (data as { key: string }).key])).to.deep.equal([
      ['obligation-decided', KEY],
      ['obligation-decided', OTHER],
    ]);
    for (const key of [KEY, OTHER])
      expect(incident.obligations.find((one) => one.key === key)?.decided?.reason).to.deep.equal(reason);
    const again = decideAllNotOwed(incident, { keys: [OTHER], reason }, at(LENE));
    expect(refused(again).kind).to.equal('wrong-state');
    const one = good(withdrawDecision(incident, { key: KEY, reason: note('b') }, at(MARA))).incident;
    expect(one.obligations.find(({ key }) => key === OTHER)?.decided).to.not.equal(undefined);
  });

  it('of many, one that is settled or not there lets nothing be decided', () => {
    const reason = note('r');
    expect(refused(decideAllNotOwed(logged(), { keys: [KEY, 'none'], reason }, at(LENE))).kind).to.equal(
      'not-found',
    );
    expect(refused(decideAllNotOwed(logged(), { keys: [], reason }, at(LENE))).kind).to.equal(
      'invalid-input',
    );
    expect(refused(decideAllNotOwed(logged(), { keys: [KEY], reason }, at(SAM))).kind).to.equal(
      'not-allowed',
    );
  });

  it('a decision is taken back with a reason, and both stand in the register', () => {
    const decided = good(decideNotOwed(logged(), { key: KEY, reason: note('a') }, at(LENE))).incident;
    const { incident } = good(withdrawDecision(decided, { key: KEY, reason: note('b') }, at(MARA)));
    expect(incident.obligations.find(({ key }) => key === KEY)?.decided).to.equal(undefined);
    expect(incident.outbox.slice(-2).map(({ type }) => type)).to.deep.equal([
      'obligation-decided',
      'decision-withdrawn',
    ]);
  });

  it('exception used: a fact with a reason and an approver, judged anew', () => {
    const high = good(
      changeFact(
        logged(),
        { name: 'risk', given: { value: 'high' }, shown: 0, because: note('r') },
        gdpr,
        at(LENE),
      ),
    ).incident;
    const exempt: Judge = (incident) =>
      gdpr(incident).map((judged) =>
        judged.key === KEY && incident.facts['exceptions.riskRemoved']
          ? { ...judged, decision: 'does-not-apply' as const }
          : judged,
      );
    const use = { name: 'exceptions.riskRemoved', given: { value: true }, shown: 0 };
    expect(refused(changeFact(high, use, exempt, at(LENE))).kind).to.equal('invalid-input');
    const because = note('every password was reset within the hour');
    expect(refused(changeFact(high, { ...use, because }, exempt, at(SAM)))).to.deep.equal({
      kind: 'not-allowed',
      permission: 'exception.record',
    });
    const { incident } = good(changeFact(high, { ...use, because }, exempt, at(LENE)));
    expect(incident.obligations.find(({ key }) => key === KEY)?.decision).to.equal('does-not-apply');
    const entry = incident.outbox.find(({ type }) => type === 'exception-used');
    expect(entry?.data).to.deep.include({
      name: 'exceptions.riskRemoved',
      approver: 'lene',
      because: because.id,
    });
  });

  it('nobody uses an exception or decides the risk while logging', () => {
    for (const name of ['exceptions.riskRemoved', 'exceptions', 'risk', 'filed']) {
      const facts = { ...PACKWELL.facts, [name]: true };
      const error = refused(logIncident({ ...PACKWELL, facts }, gdpr, at(SAM)));
      expect(error.kind === 'invalid-input' && error.problems[0]?.key, name).to.equal('fact.decided-later');
    }
  });
});

describe('Rule 5: detected and aware are two moments', () => {
  const TUESDAY = '2026-12-01T17:22:00Z';
  const keysOf = (error: DomainError): readonly string[] =>
    error.kind === 'invalid-input' ? error.problems.map(({ path, key }) => `${path} ${key}`) : [error.kind];

  it('a gap over 24 hours wants a reason at logging', () => {
    const slow = { ...PACKWELL, facts: { ...PACKWELL.facts, detectedAt: TUESDAY } };
    expect(keysOf(refused(logIncident(slow, gdpr, at(SAM))))).to.deep.equal([
      'awareBecause moment.gap-needs-reason',
    ]);
    const awareBecause = note('the supplier sent its log on Friday');
    const incident = good(logIncident({ ...slow, awareBecause }, gdpr, at(SAM)));
    expect(incident.facts['awareAt']?.because).to.deep.equal(awareBecause);
    expect(incident.outbox[0]?.data['awareBecause']).to.deep.equal(awareBecause);
  });

  it('24 hours to the second want none', () => {
    const facts = { ...PACKWELL.facts, detectedAt: '2026-12-03T17:40:00Z' };
    good(logIncident({ ...PACKWELL, facts }, gdpr, at(SAM)));
    const longer = { ...facts, detectedAt: '2026-12-03T17:39:59Z' };
    expect(refused(logIncident({ ...PACKWELL, facts: longer }, gdpr, at(SAM))).kind).to.equal(
      'invalid-input',
    );
  });

  it('a corrected awareness or first sign wants it again, whichever opens the gap', () => {
    const earlier = { name: 'detectedAt', given: { value: TUESDAY }, shown: 1 };
    expect(keysOf(refused(changeFact(logged(), earlier, gdpr, at(LENE))))).to.deep.equal([
      'because moment.gap-needs-reason',
    ]);
    const because = note('an alarm nobody understood');
    const { incident } = good(changeFact(logged(), { ...earlier, because }, gdpr, at(LENE)));
    expect(incident.facts['awareAt']?.because).to.deep.equal(because);
    const later = { name: 'awareAt', given: { value: '2026-12-04T17:50:00Z' }, shown: 1 };
    expect(keysOf(refused(changeFact(incident, later, gdpr, at(LENE, 30))))).to.deep.equal([
      'because moment.gap-needs-reason',
    ]);
    good(changeFact(incident, { ...later, because: note('checked again') }, gdpr, at(LENE, 30)));
  });

  it('a fact beside the two moments is not held up by an old gap', () => {
    const slow = logged({ facts: { ...PACKWELL.facts, detectedAt: TUESDAY }, awareBecause: note('w') });
    good(changeFact(slow, { name: 'data.encrypted', given: { value: true }, shown: 0 }, gdpr, at(SAM)));
  });
});

describe('Rule 9: kinds', () => {
  const reason = note('nothing left the house');
  const toNearMiss = { state: 'near-miss', shown: 'breach', reason } as const;

  it('a near miss has no clock, and stands in the register', () => {
    const { incident } = good(changeState(logged(), toNearMiss, gdpr, at(LENE)));
    expect(incident.state).to.equal('near-miss');
    expect(incident.card.clocks).to.deep.equal([]);
    expect(incident.card.nextDueAt).to.equal(null);
    for (const { decision, dueAt, startedAt } of incident.obligations) {
      expect({ decision, dueAt, startedAt }).to.deep.equal({
        decision: 'does-not-apply',
        dueAt: null,
        startedAt: null,
      });
    }
    const entry = incident.outbox.find(({ type }) => type === 'state-changed');
    expect(entry?.data).to.deep.include({ state: 'near-miss', formerly: 'breach', reason: reason.id });
    const fresh = logged({ state: 'near-miss' });
    expect(fresh.outbox[0]?.type).to.equal('incident-logged');
    expect(fresh.obligations).to.deep.equal([]);
  });

  it('our own record is owed of a near miss too', () => {
    const record: Judge = (incident) => gdpr(incident).map((judged) => ({ ...judged, notify: 'record' }));
    const { incident } = good(changeState(logged(), toNearMiss, record, at(LENE)));
    expect(incident.obligations[0]?.decision).to.equal('applies');
    expect(incident.card.clocks).to.deep.equal([]);
  });

  it('a fact changed on a near miss starts no clock', () => {
    const near = logged({ state: 'near-miss' });
    const change = { name: 'risk', given: { value: 'high' }, shown: 0, because: note('r') };
    expect(good(changeFact(near, change, gdpr, at(LENE))).incident.obligations).to.deep.equal([]);
  });

  it('a near miss or suspicion becomes a breach only with the moment of awareness', () => {
    const { awareAt: _awareAt, ...facts } = PACKWELL.facts;
    for (const state of ['near-miss', 'suspicion'] as const) {
      const before = logged({ state, facts });
      const change = { state: 'breach', shown: state, reason } as const;
      expect(refused(changeState(before, change, gdpr, at(LENE)))).to.deep.equal({
        kind: 'invalid-input',
        problems: [{ path: 'awareAt', key: 'state.needs-awareness' }],
      });
      const { incident } = good(changeState(before, { ...change, awareAt: FRIDAY }, gdpr, at(LENE)));
      expect(incident.facts['awareAt']).to.deep.include({ value: FRIDAY.toString(), revision: 1 });
      expect(incident.card.nextDueAt?.toString()).to.equal(FRIDAY.add({ hours: 72 }).toString());
    }
  });

  it('is decided by who may decide a duty, on the state that was seen', () => {
    expect(refused(changeState(logged(), toNearMiss, gdpr, at(SAM))).kind).to.equal('not-allowed');
    const seen = { ...toNearMiss, shown: 'suspicion' } as const;
    expect(refused(changeState(logged(), seen, gdpr, at(LENE))).kind).to.equal('stale-version');
    const same = { state: 'breach', shown: 'breach', reason } as const;
    expect(refused(changeState(logged(), same, gdpr, at(LENE))).kind).to.equal('wrong-state');
  });

  it('a drill says so in its card and in the first entry of its chain', () => {
    const drill = logged({ drill: true, reference: 'DRILL-2026-0001' });
    expect(drill.card.drill).to.equal(true);
    expect(drill.outbox[0]?.data).to.deep.include({ drill: true, reference: 'DRILL-2026-0001' });
    expect(logged().card.drill).to.equal(false);
    expect(logged().outbox[0]?.data).not.to.have.property('drill');
  });
});
