import { realTimeOf } from '../../domain/incident/drill-time.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { nextMoment } from '../../domain/incident/moments.ts';
import { rings } from '../../domain/incident/standing.ts';
import type { House, Wake } from '../ports/house.ts';

/**
 * When the clocks of the incident ring next, once for each moment: what the jobs are derived from. Where many fall
 * together, one job tells of all. A near miss has no clock.
 */
export function wakesOf(incident: Incident): readonly Wake[] {
  if (incident.state === 'near-miss') return [];
  const byMoment = new Map<number, Wake>();
  for (const obligation of incident.obligations.filter(rings)) {
    const next = nextMoment(obligation, incident.zone);
    if (!next || byMoment.has(next.at.epochMilliseconds)) continue;
    const { key, revision } = obligation;
    byMoment.set(next.at.epochMilliseconds, { key, revision, at: realTimeOf(incident, next.at) });
  }
  return [...byMoment.values()];
}

/** Derives the jobs of this incident's clocks anew. */
export async function wakeFor(house: Pick<House, 'scheduler'>, incident: Incident): Promise<void> {
  await house.scheduler.wake(incident.organisation, incident.id, wakesOf(incident));
}
