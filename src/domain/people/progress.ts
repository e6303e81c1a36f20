import type { Temporal } from 'temporal-polyfill';
import { mayBeWritten, type DeliveryState, type Totals } from './person.ts';

/** How many letters still wait for a call of the mail service, or for the answer of one. */
export function stillToLeave(totals: Totals): number {
  return Object.entries(totals).reduce(
    (sum, [state, count]) =>
      mayBeWritten(state as DeliveryState) || state === 'sending' ? sum + count : sum,
    0,
  );
}

/** What was seen of a letter at one moment. */
export interface Glance {
  readonly at: Temporal.Instant;
  readonly toLeave: number;
}

export interface Speed {
  /** Letters in a minute, between the first glance and the last. */
  readonly perMinute: number;
  /** Minutes until the last has left at that speed, rounded up. */
  readonly minutesLeft: number;
}

/** Two glances that lie closer together say nothing of a speed. */
const LEAST_SECONDS = 2;

/** How fast letters leave, over the glances given (oldest first); null where nothing moves, or too little was seen. */
export function speedOf(glances: readonly Glance[]): Speed | null {
  const first = glances[0];
  const last = glances.at(-1);
  if (!first || !last) return null;
  const seconds = (last.at.epochMilliseconds - first.at.epochMilliseconds) / 1000;
  const left = first.toLeave - last.toLeave;
  if (seconds < LEAST_SECONDS || left <= 0) return null;
  const perMinute = (left / seconds) * 60;
  return { perMinute: Math.round(perMinute), minutesLeft: Math.ceil(last.toLeave / perMinute) };
}
