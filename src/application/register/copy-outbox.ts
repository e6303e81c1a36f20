import type { Incident } from '../../domain/incident/incident.ts';
import type { Organisation } from '../ports/staff.ts';
import type { House } from '../ports/house.ts';

/**
 * Moves what is already chained from the incident into the register: copy, then trim. Dying in between copies the
 * same entries again, which changes nothing.
 */
export async function copyOutbox(
  house: Pick<House, 'register' | 'incidents'>,
  incident: Pick<Incident, 'organisation' | 'id' | 'outbox'>,
): Promise<void> {
  const last = incident.outbox.at(-1);
  if (!last) return;
  await house.register.append(incident.outbox);
  await house.incidents.trimOutbox(incident.organisation, incident.id, last.sequence);
}

/** The same for the organisation's own chain. */
export async function copyOrganisationOutbox(
  house: Pick<House, 'register' | 'organisations'>,
  organisation: Pick<Organisation, 'id' | 'outbox'>,
): Promise<void> {
  const last = organisation.outbox.at(-1);
  if (!last) return;
  await house.register.append(organisation.outbox);
  await house.organisations.trimOutbox(organisation.id, last.sequence);
}
