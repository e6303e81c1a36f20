import { timeIn } from '../../domain/incident/drill-time.ts';
import { Temporal } from 'temporal-polyfill';
import { ALL_HANDS, type Actor } from '../../domain/access/roles.ts';
import type { Incident, Obligation } from '../../domain/incident/incident.ts';
import { momentAt, rolesToWake, type Moment } from '../../domain/incident/moments.ts';
import { recordReminders, type Reminder } from '../../domain/incident/reminders.ts';
import { maySee } from '../../domain/incident/restriction.ts';
import { rings } from '../../domain/incident/standing.ts';
import { sha256 } from '../../domain/register/entry.ts';
import { ok } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { Recipient } from '../ports/staff.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { staffOf } from '../notice/approvers.ts';
import { wakeFor } from './wakes.ts';

type Deps = Changing & Pick<House, 'users' | 'staffPost' | 'url'>;

/** A clock of which a moment has come that nobody was told of yet. */
interface Ringing {
  readonly obligation: Obligation;
  readonly moment: Moment;
}

/**
 * Tells people of every clock of an incident of which a moment has come that they were not told of: in one mail to
 * each, since hundreds of mails at nine o'clock hide the one that matters. The obligations are read again, so a job
 * that is early, late or twice does no harm. The mail is written before it is recorded, under a name made of
 * obligations, revisions and moments: dying in between writes the same mail again, not another. The next moments have
 * their jobs afterwards.
 */
export async function remind(house: Deps, organisation: string, incidentId: string): Promise<void> {
  const incident = await house.incidents.byId(organisation, incidentId);
  if (!incident || incident.state === 'near-miss') return;
  const ringing = ringingAt(incident, timeIn(incident, house.clock.now()));
  if (ringing.length === 0) return wakeFor(house, incident);
  const told = new Map<string, number>();
  for (const { to, clocks } of await readers(house, incident, ringing)) {
    await house.staffPost.send(mailOf(house, incident, to, clocks));
    for (const { obligation } of clocks) told.set(obligation.key, to.length);
  }
  const actor: Actor = { user: 'tocsin', organisation, roles: ALL_HANDS };
  const reminders: readonly Reminder[] = ringing.map(({ obligation: { key, revision }, moment }) => ({
    key,
    revision,
    moment,
    told: told.get(key) ?? 0,
  }));
  await changeIncident(house, actor, incidentId, (fresh, context) =>
    ok(recordReminders(fresh, reminders, context)),
  );
}

/** Those that surely apply first, and of them the most urgent. */
function ringingAt(incident: Incident, now: Temporal.Instant): readonly Ringing[] {
  const ringing = incident.obligations.filter(rings).flatMap((obligation) => {
    const moment = momentAt(obligation, incident.zone, now);
    return moment ? [{ obligation, moment }] : [];
  });
  const weight = ({ obligation: { decision, dueAt } }: Ringing): number =>
    (decision === 'undecided' ? 1e16 : 0) + (dueAt?.epochMilliseconds ?? 1e15);
  return ringing.sort((a, b) => weight(a) - weight(b));
}

/**
 * Who is told of which clocks, those with the same readers together. The owner is told of each; others by how late it
 * is; where the owner is gone the DPO is. Of a drill nothing leaves the house: its clocks ring on its page alone.
 */
async function readers(
  house: Deps,
  incident: Incident,
  ringing: readonly Ringing[],
): Promise<readonly { readonly to: readonly Recipient[]; readonly clocks: readonly Ringing[] }[]> {
  // A mail names the incident: of a restricted one it goes to nobody else than may know of it.
  const staff = incident.drill
    ? []
    : (await staffOf(house, incident.organisation)).filter((person) => maySee(person, incident));
  const groups = new Map<string, { to: readonly Recipient[]; clocks: Ringing[] }>();
  for (const clock of ringing) {
    const to = wakened(staff, incident, clock);
    const key = to.map(({ user }) => user).join(' ');
    const group = groups.get(key) ?? { to, clocks: [] };
    group.clocks.push(clock);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function wakened(
  staff: readonly Recipient[],
  incident: Incident,
  { obligation, moment }: Ringing,
): readonly Recipient[] {
  const roles = rolesToWake(obligation, moment);
  const chosen = staff.filter(
    ({ user, roles: held }) => user === incident.owner || held.some((role) => roles.includes(role)),
  );
  if (chosen.length > 0) return chosen;
  return staff.filter(({ roles: held }) => held.includes('dpo') || held.includes('administrator'));
}

function mailOf(
  house: Deps,
  incident: Incident,
  to: readonly Recipient[],
  clocks: readonly Ringing[],
): Parameters<Deps['staffPost']['send']>[0] {
  const [first, ...others] = clocks.map(({ obligation }) => clockWords(house, obligation));
  return {
    name: `${incident.reference}-${nameOf(clocks)}`,
    to,
    template: 'reminder',
    values: {
      ...first,
      reference: incident.reference,
      others,
      now: timeIn(incident, house.clock.now()),
      zone: incident.zone,
      link: `${house.url}/incidents/${incident.id}`,
    },
  };
}

function clockWords(house: Deps, { duty, recipient, decision, dueAt }: Obligation): Record<string, unknown> {
  const law = house.law.duty(duty);
  return {
    duty: law?.title ?? duty,
    recipient: recipient ?? null,
    citation: law?.citation ?? '',
    decision,
    dueAt,
  };
}

/** The same clocks at the same moments have the same name. */
function nameOf(clocks: readonly Ringing[]): string {
  const names = clocks.map(
    ({ obligation, moment }) => `${obligation.key}-r${obligation.revision}-${moment.key}`,
  );
  const [first = '', ...others] = names;
  return others.length === 0
    ? first
    : `${first}-and-${others.length}-${sha256(names.join(' ')).slice(0, 12)}`;
}
