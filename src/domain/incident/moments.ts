import { Temporal } from 'temporal-polyfill';
import type { Role } from '../access/roles.ts';
import type { Obligation } from './incident.ts';

/** A moment at which people are told of a clock; `key` names it within one revision of the deadline. */
export interface Moment {
  readonly key: string;
  readonly at: Temporal.Instant;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** How long before the deadline people are told, by the length of the period; seconds. */
function offsets(period: number): readonly number[] {
  if (period > 20 * DAY) return [14 * DAY, 7 * DAY, 3 * DAY, DAY];
  if (period > DAY) return [48 * HOUR, 24 * HOUR, 12 * HOUR, 6 * HOUR, 2 * HOUR, HOUR];
  if (period > 4 * HOUR) return [12 * HOUR, 6 * HOUR, 2 * HOUR, HOUR];
  return [Math.round(period / 2), HOUR, HOUR / 4];
}

type Clock = Pick<Obligation, 'startedAt' | 'dueAt' | 'noNumber' | 'reminded'>;

/** 'Overdue' is told once the deadline has surely passed, then every day. */
const OVERDUE_AFTER = 60;
const DAILY_HOUR = 9;

/** The first moment after the last one told (or after the clock's start), or null while there is nothing to wait for. */
export function nextMoment(clock: Clock, zone: string): Moment | null {
  if (clock.dueAt) return nextBeforeOrAfter(clock, clock.dueAt);
  if (clock.noNumber && clock.startedAt) return nextDaily(clock.reminded?.at ?? clock.startedAt, zone);
  return null;
}

/**
 * The moment to tell of at `now`: the latest that has come and was not told. Those in between (the machine was
 * off) are passed over, since five stale warnings hide the one that matters.
 */
export function momentAt(clock: Clock, zone: string, now: Temporal.Instant): Moment | null {
  let found: Moment | null = null;
  let next = nextMoment(clock, zone);
  while (next && Temporal.Instant.compare(next.at, now) <= 0) {
    found = next;
    next = nextMoment({ ...clock, reminded: { moment: next.key, at: next.at } }, zone);
  }
  return found;
}

function nextBeforeOrAfter(clock: Clock, dueAt: Temporal.Instant): Moment {
  const after = clock.reminded?.at ?? clock.startedAt;
  const isAhead = (at: Temporal.Instant): boolean => !after || Temporal.Instant.compare(at, after) > 0;
  const period = clock.startedAt ? clock.startedAt.until(dueAt).total('seconds') : 30 * DAY;
  for (const seconds of offsets(period)) {
    const at = dueAt.subtract({ seconds });
    if (seconds < period && isAhead(at)) return { key: `before-${seconds}s`, at };
  }
  if (isAhead(dueAt)) return { key: 'due', at: dueAt };
  const overdue = dueAt.add({ seconds: OVERDUE_AFTER });
  if (isAhead(overdue)) return { key: 'overdue', at: overdue };
  const days = Math.floor(dueAt.until(after ?? dueAt).total('seconds') / DAY) + 1;
  return { key: `overdue-${days}d`, at: dueAt.add({ seconds: days * DAY }) };
}

/** The next nine o'clock in the zone: a duty 'without undue delay' must not be forgotten for want of a number. */
function nextDaily(after: Temporal.Instant, zone: string): Moment {
  const local = after.toZonedDateTimeISO(zone);
  const today = local.startOfDay().with({ hour: DAILY_HOUR });
  const next = Temporal.ZonedDateTime.compare(today, local) > 0 ? today : today.add({ days: 1 });
  return { key: `daily-${next.toPlainDate().toString()}`, at: next.toInstant() };
}

/** Whom a moment wakes besides the owner: the DPO from the last quarter, administrators once it is overdue. */
export function rolesToWake(clock: Clock, moment: Moment): readonly Role[] {
  if (!clock.dueAt) return [];
  if (Temporal.Instant.compare(moment.at, clock.dueAt) > 0) return ['dpo', 'administrator'];
  if (!clock.startedAt) return [];
  const period = clock.startedAt.until(clock.dueAt).total('seconds');
  const left = moment.at.until(clock.dueAt).total('seconds');
  return left <= period / 4 ? ['dpo'] : [];
}
