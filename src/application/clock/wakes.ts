import { Temporal } from 'temporal-polyfill';
import { realTimeOf } from '../../domain/incident/drill-time.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { nextMoment } from '../../domain/incident/moments.ts';
import { rings } from '../../domain/incident/standing.ts';
import type { House, Wake } from '../ports/house.ts';

/**
 * When the clocks of the incident ring next, once for each moment: what the jobs are derived from. Where many fall
 * together, one job tells of all; and what is past already falls together, since two jobs of one incident at the same
 * moment would both tell of it. A near miss has no clock.
 */
export function wakesOf(incident: Incident, now: Temporal.Instant): readonly Wake[] {
  if (incident.state === 'near-miss') return [];
  const byMoment = new Map<number, Wake>();
  for (const obligation of incident.obligations.filter(rings)) {
    const next = nextMoment(obligation, incident.zone);
    if (!next || byMoment.has(next.at.epochMilliseconds)) continue;
    const { key, revision } = obligation;
    byMoment.set(next.at.epochMilliseconds, { key, revision, at: realTimeOf(incident, next.at) });
  }
  const wakes = [...byMoment.values()].sort((a, b) => Temporal.Instant.compare(a.at, b.at));
  const past = wakes.filter(({ at }) => Temporal.Instant.compare(at, now) <= 0);
  return past.length < 2 ? wakes : [...past.slice(0, 1), ...wakes.slice(past.length)];
}

/** Derives the jobs of this incident's clocks anew. */
export async function wakeFor(house: Pick<House, 'scheduler' | 'clock'>, incident: Incident): Promise<void> {
  await house.scheduler.wake(incident.organisation, incident.id, wakesOf(incident, house.clock.now()));
}
