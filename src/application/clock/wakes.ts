import type { Incident } from '../../domain/incident/incident.ts';
import { nextMoment } from '../../domain/incident/moments.ts';
import { rings } from '../../domain/incident/standing.ts';
import type { House, Wake } from '../ports/house.ts';

/** When each open clock of the incident rings next: what the jobs are derived from. A near miss has no clock. */
export function wakesOf(incident: Incident): readonly Wake[] {
  if (incident.state === 'near-miss') return [];
  return incident.obligations.filter(rings).flatMap((obligation) => {
    const next = nextMoment(obligation, incident.zone);
    return next ? [{ key: obligation.key, revision: obligation.revision, at: next.at }] : [];
  });
}

/** Derives the jobs of this incident's clocks anew. */
export async function wakeFor(house: Pick<House, 'scheduler'>, incident: Incident): Promise<void> {
  await house.scheduler.wake(incident.organisation, incident.id, wakesOf(incident));
}
