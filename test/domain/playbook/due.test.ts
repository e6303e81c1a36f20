import { expect } from 'chai';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { parseDue } from '../../../src/domain/playbook/due-text.ts';
import { dueOf } from '../../../src/domain/playbook/index.ts';
import type { Due, DueInput, ObligationMoment, Task } from '../../../src/domain/playbook/index.ts';

const at = (text: string) => Temporal.Instant.from(text);
const DETECTED = at('2026-11-27T17:40:00Z');
const AWARE = at('2026-11-28T08:00:00Z');

function due(text: string, more: Pick<Task, 'serves'> = {}): Pick<Task, 'due' | 'serves'> {
  const parsed = parseDue(text);
  if (typeof parsed === 'string') throw new Error(parsed);
  return { due: parsed, ...more };
}

function incident(more: Partial<DueInput> = {}): DueInput {
  return { detectedAt: DETECTED, awareAt: AWARE, obligations: [], stageClosedAt: {}, ...more };
}

function duty(
  to: ObligationMoment['to'],
  dueAt: Temporal.Instant | null,
  more: Partial<ObligationMoment> = {},
): ObligationMoment {
  return { to, open: true, dueAt, ...more };
}

/** The 72 hours of GDPR art. 33 from awareness on Saturday morning. */
const ART_33 = duty('authority', at('2026-12-01T08:00:00Z'));

describe('When a task is due', () => {
  it('counts from the moment of awareness', () => {
    expect(dueOf(due('aware+PT4H'), incident())).to.deep.equal({
      at: at('2026-11-28T12:00:00Z'),
      basis: 'after-awareness',
    });
  });

  it('counts from detection while awareness is not fixed, so that nothing waits for a decision', () => {
    const { detectedAt, obligations, stageClosedAt } = incident();
    expect(dueOf(due('aware+PT4H'), { detectedAt, obligations, stageClosedAt })).to.deep.equal({
      at: at('2026-11-27T21:40:00Z'),
      basis: 'detection-stands-in',
    });
  });

  it('counts the first steps from detection whatever is known of awareness', () => {
    expect(dueOf(due('detected+PT30M'), incident()).at?.toString()).to.equal('2026-11-27T18:10:00Z');
  });

  it('takes a day as 24 hours, also over the change to summer time', () => {
    const aware = at('2027-03-27T18:00:00Z');
    expect(dueOf(due('aware+P2D'), incident({ awareAt: aware })).at?.toString()).to.equal(
      '2027-03-29T18:00:00Z',
    );
  });

  it('has no moment for a task without one', () => {
    expect(dueOf({}, incident())).to.deep.equal({ at: null, basis: 'none' });
  });

  describe('before an authority is told', () => {
    it('is that long before the duty’s date', () => {
      expect(dueOf(due('before:authority PT6H'), incident({ obligations: [ART_33] }))).to.deep.equal({
        at: at('2026-12-01T02:00:00Z'),
        basis: 'before-duty',
      });
    });

    it('is never in the first half of the time that the duty gives', () => {
      const within24 = duty('authority', at('2026-11-29T08:00:00Z'));
      expect(dueOf(due('before:authority PT24H'), incident({ obligations: [within24] }))).to.deep.equal({
        at: at('2026-11-28T20:00:00Z'),
        basis: 'half-period',
      });
    });

    it('looks at the earliest of several duties, and not at those to people', () => {
      const later = duty('authority', at('2026-12-28T08:00:00Z'));
      const toPeople = duty('people', at('2026-11-29T08:00:00Z'));
      const moment = dueOf(
        due('before:authority PT6H'),
        incident({ obligations: [later, toPeople, ART_33] }),
      );
      expect(moment.at?.toString()).to.equal('2026-12-01T02:00:00Z');
    });

    it('is a day after awareness where the law gives no number', () => {
      const moment = dueOf(
        due('before:authority PT6H'),
        incident({ obligations: [duty('authority', null)] }),
      );
      expect(moment).to.deep.equal({ at: at('2026-11-29T08:00:00Z'), basis: 'no-number' });
    });

    it('is a day after awareness where no duty is known yet', () => {
      expect(dueOf(due('before:authority PT12H'), incident()).at?.toString()).to.equal(
        '2026-11-29T08:00:00Z',
      );
    });

    it('is a day after detection while the clock waits for awareness', () => {
      const { detectedAt, stageClosedAt } = incident();
      const waiting = duty('authority', null, { waitsFor: 'aware' });
      const moment = dueOf(due('before:authority PT6H'), {
        detectedAt,
        stageClosedAt,
        obligations: [waiting],
      });
      expect(moment.at?.toString()).to.equal('2026-11-28T17:40:00Z');
    });

    it('is not hurried by a duty whose clock waits for something else', () => {
      const ordered = duty('authority', null, { waitsFor: 'ordered' });
      const moment = dueOf(due('before:authority PT6H'), incident({ obligations: [ordered, ART_33] }));
      expect(moment.at?.toString()).to.equal('2026-12-01T02:00:00Z');
    });

    it('goes by the duties that are still open, and stays where it was once none is', () => {
      const met = { ...ART_33, open: false };
      const later = duty('authority', at('2026-12-28T08:00:00Z'));
      expect(
        dueOf(due('before:authority PT6H'), incident({ obligations: [met, later] })).at?.toString(),
      ).to.equal('2026-12-28T02:00:00Z');
      expect(dueOf(due('before:authority PT6H'), incident({ obligations: [met] })).at?.toString()).to.equal(
        '2026-12-01T02:00:00Z',
      );
    });

    it('is the legal date itself where the clock ran out before awareness', () => {
      const over = duty('authority', at('2026-11-28T07:00:00Z'));
      expect(dueOf(due('before:authority PT6H'), incident({ obligations: [over] }))).to.deep.equal({
        at: at('2026-11-28T07:00:00Z'),
        basis: 'legal-deadline',
      });
    });
  });

  it('gives the help desk its answers halfway to the letters, or within a day where the law has no number', () => {
    const thirtyDays = duty('people', at('2026-12-28T08:00:00Z'));
    expect(dueOf(due('before:letters'), incident({ obligations: [thirtyDays] })).at?.toString()).to.equal(
      '2026-12-13T08:00:00Z',
    );
    expect(
      dueOf(due('before:letters'), incident({ obligations: [duty('people', null)] })).at?.toString(),
    ).to.equal('2026-11-29T08:00:00Z');
  });

  it('counts the review from the close of notify, and waits for it', () => {
    expect(dueOf(due('after:notify P14D'), incident())).to.deep.equal({
      at: null,
      waitsFor: 'notify',
      basis: 'after-stage',
    });
    const closed = incident({ stageClosedAt: { notify: at('2026-12-02T10:00:00Z') } });
    expect(dueOf(due('after:notify P14D'), closed).at?.toString()).to.equal('2026-12-16T10:00:00Z');
  });

  it('is never later than the legal deadline of the notice that the task prepares', () => {
    const within24 = duty('people', at('2026-11-29T08:00:00Z'));
    const letters = due('aware+P4D', { serves: 'people' });
    expect(dueOf(letters, incident({ obligations: [within24] }))).to.deep.equal({
      at: at('2026-11-29T08:00:00Z'),
      basis: 'legal-deadline',
    });
  });

  it('lies, before any duty with a number, in the second half of its time and not after it', () => {
    const hours = fc.integer({ min: 1, max: 24 * 60 });
    fc.assert(
      fc.property(hours, fc.integer({ min: 1, max: 24 * 60 }), fc.boolean(), (period, before, known) => {
        const start = known ? AWARE : DETECTED;
        const dueAt = start.add({ hours: period });
        const task: { due: Due } = { due: { kind: 'before-authority', period: `PT${before}H` } };
        const given: DueInput = {
          detectedAt: DETECTED,
          ...(known && { awareAt: AWARE }),
          obligations: [duty('authority', dueAt)],
          stageClosedAt: {},
        };
        const moment = dueOf(task, given).at;
        if (moment === null) return false;
        const half = start.epochMilliseconds + (period * 3_600_000) / 2;
        return moment.epochMilliseconds >= half && Temporal.Instant.compare(moment, dueAt) <= 0;
      }),
    );
  });
});
