import { Temporal } from 'temporal-polyfill';
import type { Due, DueInput, DueMoment, ObligationMoment, Task } from './types.ts';

type Instant = Temporal.Instant;

/** Where the law gives no number (`without undue delay`), the house asks for it within a day. */
const NO_NUMBER = 'P1D';

/**
 * When a task is due in an incident: the house's own target, never later than the legal deadline it serves.
 *
 * Offsets count from awareness, and from detection while awareness is not fixed, so that nothing waits for a
 * decision. A day is 24 hours. `before:` moments look at the open duties of their kind, and at all of them once none
 * is open any more, so that a moment does not jump when the last one is met.
 */
export function dueOf(task: Pick<Task, 'due' | 'serves'>, input: DueInput): DueMoment {
  const moment = houseTarget(task.due, input);
  if (moment.at === null || task.serves === undefined) return moment;
  const limit = legalDeadline(task.serves, input.obligations);
  if (limit === undefined || Temporal.Instant.compare(moment.at, limit) <= 0) return moment;
  return { at: limit, basis: 'legal-deadline' };
}

function houseTarget(due: Due | undefined, input: DueInput): DueMoment {
  if (due === undefined) return { at: null, basis: 'none' };
  const aware = input.awareAt ?? input.detectedAt;
  switch (due.kind) {
    case 'clock':
      if (due.clock === 'detected')
        return { at: plus(input.detectedAt, due.period), basis: 'after-detection' };
      return {
        at: plus(aware, due.period),
        basis: input.awareAt === undefined ? 'detection-stands-in' : 'after-awareness',
      };
    case 'before-authority':
      return beforeDuties('authority', due.period, aware, input.obligations);
    case 'before-letters':
      return beforeLetters(aware, input.obligations);
    case 'after-stage': {
      const closed = input.stageClosedAt[due.stage];
      if (closed === undefined) return { at: null, waitsFor: due.stage, basis: 'after-stage' };
      return { at: plus(closed, due.period), basis: 'after-stage' };
    }
  }
}

/** The earliest of what each duty asks: `period` before its date, but never in the first half of its time. */
function beforeDuties(
  to: ObligationMoment['to'],
  period: string,
  aware: Instant,
  obligations: readonly ObligationMoment[],
): DueMoment {
  const moments = candidates(to, obligations).map((duty) => {
    const { dueAt } = duty;
    return dueAt === null ? noNumber(aware) : beforeDate(dueAt, aware, period);
  });
  return earliest(moments) ?? noNumber(aware);
}

/**
 * Before any letter is approved: halfway to the earliest date by which people must be told, for the letters
 * themselves are written in the second half.
 */
function beforeLetters(aware: Instant, obligations: readonly ObligationMoment[]): DueMoment {
  const moments = candidates('people', obligations).map((duty) =>
    duty.dueAt === null ? noNumber(aware) : halfway(duty.dueAt, aware),
  );
  return earliest(moments) ?? noNumber(aware);
}

function beforeDate(dueAt: Instant, aware: Instant, period: string): DueMoment {
  const half = halfway(dueAt, aware);
  const wanted = dueAt.subtract(elapsed(period));
  if (half.at !== null && Temporal.Instant.compare(wanted, half.at) < 0) return half;
  return { at: wanted, basis: 'before-duty' };
}

function halfway(dueAt: Instant, aware: Instant): DueMoment {
  const period = dueAt.epochMilliseconds - aware.epochMilliseconds;
  // A clock that began before awareness may already have run out: then its date is all that is left.
  if (period <= 0) return { at: dueAt, basis: 'legal-deadline' };
  return { at: aware.add({ milliseconds: Math.ceil(period / 2) }), basis: 'half-period' };
}

function legalDeadline(
  to: ObligationMoment['to'],
  obligations: readonly ObligationMoment[],
): Instant | undefined {
  const dates = candidates(to, obligations).flatMap((duty) => (duty.dueAt === null ? [] : [duty.dueAt]));
  return dates.toSorted((a, b) => Temporal.Instant.compare(a, b))[0];
}

/** Duties whose clock waits for something other than awareness have no moment yet and hurry nobody. */
function candidates(
  to: ObligationMoment['to'],
  obligations: readonly ObligationMoment[],
): ObligationMoment[] {
  const dated = obligations.filter(
    (duty) =>
      duty.to === to && (duty.dueAt !== null || duty.waitsFor === undefined || duty.waitsFor === 'aware'),
  );
  const open = dated.filter((duty) => duty.open);
  return open.length > 0 ? open : dated;
}

function noNumber(aware: Instant): DueMoment {
  return { at: plus(aware, NO_NUMBER), basis: 'no-number' };
}

function earliest(moments: readonly DueMoment[]): DueMoment | undefined {
  let first: (DueMoment & { at: Instant }) | undefined;
  for (const moment of moments) {
    if (moment.at === null) continue;
    if (first === undefined || Temporal.Instant.compare(moment.at, first.at) < 0)
      first = { ...moment, at: moment.at };
  }
  return first;
}

function plus(instant: Instant, period: string): Instant {
  return instant.add(elapsed(period));
}

/** A period of days and smaller units as elapsed time: `P2D` is 48 hours on every calendar. */
function elapsed(period: string): { seconds: number } {
  return { seconds: Temporal.Duration.from(period).total('seconds') };
}

/** Hours from awareness in a case with a 72-hour clock: only for the order in which a stage shows its tasks. */
export function nominalHours(due: Due | undefined): number {
  if (due === undefined) return Number.POSITIVE_INFINITY;
  switch (due.kind) {
    case 'clock':
      // What counts from detection comes first: detection is not later than awareness.
      return hours(due.period) - (due.clock === 'detected' ? 0.1 : 0);
    case 'before-authority':
      return Math.max(36, 72 - hours(due.period));
    case 'before-letters':
      return 24;
    case 'after-stage':
      return 10_000 + hours(due.period);
  }
}

function hours(period: string): number {
  return Temporal.Duration.from(period).total('hours');
}
