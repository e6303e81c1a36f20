import type { Actor } from '../../domain/access/roles.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { maySee } from '../../domain/incident/restriction.ts';
import type { House } from '../ports/house.ts';

/**
 * The incident, if this person may know of it. A restricted incident is to everybody else as one that does not exist:
 * every use case that starts from a person finds incidents here, and nowhere else.
 */
export async function findIncident(
  house: Pick<House, 'incidents'>,
  actor: Pick<Actor, 'user' | 'organisation'>,
  id: string,
): Promise<Incident | null> {
  const incident = await house.incidents.byId(actor.organisation, id);
  return incident && maySee(actor, incident) ? incident : null;
}
