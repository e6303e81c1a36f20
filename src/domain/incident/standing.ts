import { Temporal } from 'temporal-polyfill';
import type { Obligation } from './incident.ts';

/**
 * How a clock stands at a moment. Derived on reading, never stored: a job that did not run cannot make a
 * deadline look kept.
 */
export type Standing =
  | 'on-time'
  | 'due-soon'
  | 'overdue'
  | 'met'
  | 'met-late'
  | 'not-required'
  | 'no-number'
  | 'not-started'
  | 'undecided';

type Clock = Pick<Obligation, 'decision' | 'startedAt' | 'dueAt' | 'noNumber'> &
  Partial<Pick<Obligation, 'met' | 'decided'>>;

/** Whether anything is still to be done for it; an undecided duty is open, since unknown turns nothing off. */
export function isOpen(
  clock: Pick<Obligation, 'decision'> & Partial<Pick<Obligation, 'met' | 'decided'>>,
): boolean {
  return clock.decision !== 'does-not-apply' && !clock.met && !clock.decided;
}

/** The standing of an obligation at `now`. */
export function standingOf(clock: Clock, now: Temporal.Instant): Standing {
  if (clock.met) return wasLate(clock.met) ? 'met-late' : 'met';
  if (clock.decided || clock.decision === 'does-not-apply') return 'not-required';
  if (clock.dueAt && Temporal.Instant.compare(now, clock.dueAt) > 0) return 'overdue';
  if (clock.decision === 'undecided') return 'undecided';
  if (clock.noNumber) return 'no-number';
  if (!clock.dueAt) return 'not-started';
  return isDueSoon(clock.startedAt, clock.dueAt, now) ? 'due-soon' : 'on-time';
}

/** Met after the deadline as it stood at the first filing; a later correction of facts does not change that. */
export function wasLate(met: {
  readonly at: Temporal.Instant;
  readonly dueAt: Temporal.Instant | null;
}): boolean {
  return met.dueAt !== null && Temporal.Instant.compare(met.at, met.dueAt) > 0;
}

/** Whether a clock of it can ring: the record that a law asks for is this register itself, and kept as it is. */
export function rings(
  clock: Pick<Obligation, 'decision' | 'notify'> & Partial<Pick<Obligation, 'met' | 'decided'>>,
): boolean {
  return isOpen(clock) && clock.notify !== 'record';
}

const DAY_MS = 24 * 3_600_000;

/** Under 24 hours, or in the last quarter of a shorter period. Milliseconds are enough: lists ask it of thousands. */
function isDueSoon(
  startedAt: Temporal.Instant | null,
  dueAt: Temporal.Instant,
  now: Temporal.Instant,
): boolean {
  const due = dueAt.epochMilliseconds;
  const period = startedAt ? due - startedAt.epochMilliseconds : Infinity;
  return due - now.epochMilliseconds < (period > DAY_MS ? DAY_MS : period / 4);
}
