import { expect } from 'chai';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { momentAt, nextMoment, rolesToWake, type Moment } from '../../../src/domain/incident/moments.ts';
import { FRIDAY } from '../../support/breach.ts';

function clock(hours: number) {
  return { startedAt: FRIDAY, dueAt: FRIDAY.add({ hours }), noNumber: false };
}

function allBefore(hours: number, until: number): string[] {
  const keys: string[] = [];
  let reminded: { moment: string; at: Temporal.Instant } | undefined;
  for (;;) {
    const moment = nextMoment({ ...clock(hours), ...(reminded ? { reminded } : {}) }, 'Europe/Berlin');
    if (!moment || Temporal.Instant.compare(moment.at, FRIDAY.add({ hours: until })) > 0) return keys;
    keys.push(moment.key);
    reminded = { moment: moment.key, at: moment.at };
  }
}

const H = 3600;

describe('When people are told of a clock', () => {
  it('72 hours: 48, 24, 12, 6, 2 and 1 hour before, due, overdue, then daily', () => {
    expect(allBefore(72, 72 + 49)).to.deep.equal([
      ...[48, 24, 12, 6, 2, 1].map((hours) => `before-${hours * H}s`),
      'due',
      'overdue',
      'overdue-1d',
      'overdue-2d',
    ]);
  });

  it('30 days: 14, 7, 3 and 1 day before', () => {
    expect(allBefore(30 * 24, 30 * 24)).to.deep.equal(
      [14, 7, 3, 1].map((days) => `before-${days * 24 * H}s`).concat('due'),
    );
  });

  it('24 hours: 12, 6, 2 and 1 hour before', () => {
    expect(allBefore(24, 24)).to.deep.equal(
      [12, 6, 2, 1].map((hours) => `before-${hours * H}s`).concat('due'),
    );
  });

  it('4 hours: half, one hour, a quarter of an hour before', () => {
    expect(allBefore(4, 4)).to.deep.equal(
      [2 * H, H, H / 4].map((seconds) => `before-${seconds}s`).concat('due'),
    );
  });

  it('a duty without a number is told of every day at nine, there', () => {
    const open = { startedAt: FRIDAY, dueAt: null, noNumber: true };
    const moment = nextMoment(open, 'Europe/Berlin');
    expect(moment?.at.toString()).to.equal('2026-12-05T08:00:00Z');
    const second = nextMoment(
      { ...open, reminded: { moment: moment!.key, at: moment!.at } },
      'Europe/Berlin',
    );
    expect(second?.at.toString()).to.equal('2026-12-06T08:00:00Z');
  });

  it('a clock that has not started tells nobody', () => {
    expect(nextMoment({ startedAt: null, dueAt: null, noNumber: false }, 'Europe/Berlin')).to.equal(null);
  });

  it('after a stop across several moments only the latest is told', () => {
    const late = FRIDAY.add({ hours: 73 });
    expect(momentAt(clock(72), 'Europe/Berlin', late)?.key).to.equal('overdue');
    expect(momentAt(clock(72), 'Europe/Berlin', FRIDAY.add({ hours: 30 }))?.key).to.equal(
      `before-${48 * H}s`,
    );
    expect(momentAt(clock(72), 'Europe/Berlin', FRIDAY.add({ hours: 1 }))).to.equal(null);
  });

  it('wakes the DPO from the last quarter and administrators once it is overdue', () => {
    const moment = (hours: number): Moment => ({ key: 'x', at: FRIDAY.add({ hours }) });
    expect(rolesToWake(clock(72), moment(24))).to.deep.equal([]);
    expect(rolesToWake(clock(72), moment(60))).to.deep.equal(['dpo']);
    expect(rolesToWake(clock(72), moment(73))).to.deep.equal(['dpo', 'administrator']);
  });

  it('moments always go forward, whatever the period', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 0, max: 3000 }), (hours, passed) => {
        const told = { moment: 'x', at: FRIDAY.add({ hours: passed }) };
        const next = nextMoment({ ...clock(hours), reminded: told }, 'Europe/Berlin');
        expect(next && Temporal.Instant.compare(next.at, told.at)).to.equal(1);
      }),
    );
  });
});
