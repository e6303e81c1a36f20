import { allow, type Permission } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { NotAllowed, NotFound } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { maySee } from '../../domain/incident/restriction.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { Organisation } from '../ports/staff.ts';

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

/** The same with its organisation, for who has the right to what is asked. */
export async function findForPerson(
  house: Pick<House, 'incidents' | 'organisations'>,
  actor: Actor,
  permission: Permission,
  id: string,
): Promise<
  Result<{ readonly incident: Incident; readonly organisation: Organisation }, NotAllowed | NotFound>
> {
  const allowed = allow(actor, permission);
  if (!allowed.ok) return allowed;
  const [incident, organisation] = await Promise.all([
    findIncident(house, actor, id),
    house.organisations.byId(actor.organisation),
  ]);
  if (!incident || !organisation) return fail({ kind: 'not-found', what: 'incident', id });
  return ok({ incident, organisation });
}
