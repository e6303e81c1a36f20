import { ALL_HANDS, type Actor } from '../../domain/access/roles.ts';
import type { Incident, Obligation } from '../../domain/incident/incident.ts';
import { momentAt, rolesToWake, type Moment } from '../../domain/incident/moments.ts';
import { recordReminder } from '../../domain/incident/obligations.ts';
import { maySee } from '../../domain/incident/restriction.ts';
import { rings } from '../../domain/incident/standing.ts';
import { ok } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { Recipient } from '../ports/staff.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { staffOf } from '../notice/approvers.ts';
import { wakeFor } from './wakes.ts';

type Deps = Changing & Pick<House, 'users' | 'staffPost' | 'url'>;

/**
 * Tells people of one clock, if a moment has come that they were not told of. The obligation is read again, so a
 * job that is early, late or twice does no harm. The mail is written before it is recorded, under a name made of
 * obligation, revision and moment: dying in between writes the same mail again, not another. The next moment has
 * its job afterwards.
 */
export async function remind(
  house: Deps,
  organisation: string,
  incidentId: string,
  key: string,
): Promise<void> {
  const incident = await house.incidents.byId(organisation, incidentId);
  const obligation = incident?.obligations.find((candidate) => candidate.key === key);
  if (!incident || !obligation || !rings(obligation) || incident.state === 'near-miss') return;
  const moment = momentAt(obligation, incident.zone, house.clock.now());
  if (!moment) return wakeFor(house, incident);
  // Of a drill nothing leaves the house: its clocks ring on its page alone.
  const to = incident.drill ? [] : await wakened(house, incident, obligation, moment);
  await house.staffPost.send({
    name: `${incident.reference}-${key}-r${obligation.revision}-${moment.key}`,
    to,
    template: 'reminder',
    values: {
      reference: incident.reference,
      duty: house.law.duty(obligation.duty)?.title ?? obligation.duty,
      recipient: obligation.recipient ?? null,
      citation: house.law.duty(obligation.duty)?.citation ?? '',
      decision: obligation.decision,
      dueAt: obligation.dueAt,
      now: house.clock.now(),
      zone: incident.zone,
      moment: moment.key,
      link: `${house.url}/incidents/${incident.id}`,
    },
  });
  const actor: Actor = { user: 'tocsin', organisation, roles: ALL_HANDS };
  const told = { key, revision: obligation.revision, moment, told: to.length };
  await changeIncident(house, actor, incidentId, (fresh, context) =>
    ok(recordReminder(fresh, told, context)),
  );
}

/** The owner always; others by how late it is. Nobody is asked twice, and where the owner is gone the DPO is. */
async function wakened(
  house: Deps,
  incident: Incident,
  obligation: Obligation,
  moment: Moment,
): Promise<readonly Recipient[]> {
  // A mail names the incident: of a restricted one it goes to nobody else than may know of it.
  const staff = (await staffOf(house, incident.organisation)).filter((person) => maySee(person, incident));
  const roles = rolesToWake(obligation, moment);
  const chosen = staff.filter(
    ({ user, roles: held }) => user === incident.owner || held.some((role) => roles.includes(role)),
  );
  if (chosen.length > 0) return chosen;
  return staff.filter(({ roles: held }) => held.includes('dpo') || held.includes('administrator'));
}
