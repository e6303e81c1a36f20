import { viewColleagues, type Colleague } from '../../../../application/access/colleagues.ts';
import { viewIncident, type IncidentView } from '../../../../application/incident/view-incident.ts';
import { may } from '../../../../domain/access/permissions.ts';
import { refuse } from '../../answers/errors.ts';
import { choices, field, select } from '../../answers/fields.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { ofIncident } from '../incident/of-incident.ts';

/** In the form: nobody is shut out. */
export const EVERYBODY = 'everybody';
const NAMED = 'named';

/** What a refused form of this page had in it. */
export interface TypedLead {
  readonly user?: string;
  readonly who?: string;
  readonly people?: readonly string[];
  readonly title?: string;
}

export async function showLead(visit: StaffVisit): Promise<void> {
  await showLeadPage(visit, NO_ERRORS, 200, {});
}

export async function showLeadPage(
  visit: StaffVisit,
  errors: FormErrors,
  status: number,
  typed: TypedLead,
): Promise<void> {
  const { house } = visit.parts;
  const view = await viewIncident(house, visit.actor, param(visit, 'incident'));
  const staff = view.ok ? await viewColleagues(house, visit.actor) : view;
  if (!view.ok || !staff.ok) {
    if (!staff.ok) refuse(visit, staff.error);
    return;
  }
  const { say } = visit;
  const model = {
    title: say('lead.title'),
    section: 'incidents' as const,
    of: ofIncident(view.value.incident, say('lead.crumb')),
    errors: errors.summary,
    leader: leaderModel(visit, view.value, staff.value, errors, typed),
    restriction: restrictionModel(visit, view.value, staff.value, errors, typed),
    name: nameModel(visit, view.value, errors, typed),
  };
  show(visit, 'lead/lead', model, status);
}

function leaderModel(
  visit: StaffVisit,
  { incident, names }: IncidentView,
  staff: readonly Colleague[],
  errors: FormErrors,
  typed: TypedLead,
): object {
  const { say, times } = visit;
  const { leader, owner } = incident;
  const nameOf = (id: string): string => names.get(id) ?? id;
  return {
    heading: leader
      ? say('lead.leads', { name: nameOf(leader.user) })
      : say('lead.nobody-leads', { name: nameOf(owner) }),
    small: leader
      ? say('lead.named-by', { name: nameOf(leader.by), when: times.full(leader.at) })
      : say('lead.owner-only'),
    action: visit.may('task.assign') ? `/incidents/${incident.id}/lead/leader` : null,
    shown: owner,
    user: select(
      'user',
      { label: say('lead.leader'), hint: say('lead.leader-hint') },
      staff.map((person) => ({ value: person.id, label: labelOf(visit, person) })),
      typed.user ?? owner,
      errors,
    ),
  };
}

function restrictionModel(
  visit: StaffVisit,
  { incident, names }: IncidentView,
  staff: readonly Colleague[],
  errors: FormErrors,
  typed: TypedLead,
): object {
  const { say, actor } = visit;
  const { restrictedTo, owner } = incident;
  const always = [owner, actor.user];
  const chosen = typed.people ?? restrictedTo ?? always;
  const who = typed.who ?? (restrictedTo ? NAMED : EVERYBODY);
  return {
    heading: restrictedTo
      ? say('lead.restricted-to', { count: restrictedTo.length })
      : say('lead.seen-by-all'),
    names: restrictedTo?.map((id) => names.get(id) ?? id).join(', ') ?? null,
    warning: restrictedTo ? approversWarning(visit, staff, restrictedTo) : null,
    action: visit.may('incident.restrict') ? `/incidents/${incident.id}/lead/restriction` : null,
    shown: restrictedTo?.join(',') ?? EVERYBODY,
    who: choices(
      'who',
      { legend: say('lead.who'), kind: 'radio', columns: 'flow' },
      [
        { value: EVERYBODY, label: say('lead.everybody') },
        { value: NAMED, label: say('lead.named') },
      ],
      [who],
      errors,
    ),
    people: choices(
      'people',
      { legend: say('lead.people'), kind: 'checkbox', columns: 'three' },
      staff.map((person) => ({
        value: person.id,
        label: person.name,
        hint: always.includes(person.id)
          ? say('lead.always', { roles: rolesOf(visit, person) })
          : rolesOf(visit, person),
      })),
      [...chosen, ...always],
      errors,
    ),
  };
}

/** A notice wants somebody who approves it and did not write it: said before it is needed at night. */
function approversWarning(
  { say, actor }: StaffVisit,
  staff: readonly Colleague[],
  seenBy: readonly string[],
): string | null {
  const approvers = staff.filter(
    ({ id, roles }) =>
      seenBy.includes(id) && may({ user: id, organisation: actor.organisation, roles }, 'notice.approve'),
  );
  const [only] = approvers;
  if (approvers.length > 1) return null;
  return only ? say('lead.one-approver', { name: only.name }) : say('lead.no-approver');
}

function nameModel(
  visit: StaffVisit,
  { incident }: IncidentView,
  errors: FormErrors,
  typed: TypedLead,
): object {
  const { say } = visit;
  return {
    action: visit.may('fact.change') ? `/incidents/${incident.id}/lead/title` : null,
    shown: incident.title,
    title: field(
      'title',
      { label: say('lead.name'), hint: say('log.name-hint'), value: typed.title ?? incident.title, max: 120 },
      errors,
    ),
  };
}

function labelOf(visit: StaffVisit, person: Colleague): string {
  return visit.say('lead.person', { name: person.name, roles: rolesOf(visit, person) });
}

function rolesOf({ say }: StaffVisit, { roles }: Colleague): string {
  return roles.map((role) => say(`role.${role}`)).join(', ');
}
