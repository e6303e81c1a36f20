import { Temporal } from 'temporal-polyfill';

/** How many times as fast as real time the clock of a drill may run: as it is, an hour a minute, a day a minute. */
export const DRILL_SPEEDS = [1, 60, 1440] as const;

/** An incident, or what a list keeps of it; only a drill has a speed of its own. */
export interface Timed {
  readonly loggedAt: Temporal.Instant;
  readonly speed?: number;
}

/** What time it is in an incident at a real moment: the clock of a drill starts with its logging. */
export function timeIn({ loggedAt, speed = 1 }: Timed, real: Temporal.Instant): Temporal.Instant {
  return speed === 1 ? real : stretched(loggedAt, real, speed);
}

/** When a moment of the incident's own time comes in real time. */
export function realTimeOf({ loggedAt, speed = 1 }: Timed, at: Temporal.Instant): Temporal.Instant {
  return speed === 1 ? at : stretched(loggedAt, at, 1 / speed);
}

function stretched(from: Temporal.Instant, to: Temporal.Instant, by: number): Temporal.Instant {
  const passed = to.epochMilliseconds - from.epochMilliseconds;
  // What lies before the logging (the first sign, awareness) is told in real time by those who log.
  return passed <= 0 ? to : from.add({ milliseconds: Math.round(passed * by) });
}
