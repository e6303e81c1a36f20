import { viewStaff, type StaffRow } from '../../../../application/access/staff.ts';
import type { Organisation } from '../../../../application/ports/staff.ts';
import { ROLES } from '../../../../domain/access/roles.ts';
import { refuse } from '../../answers/errors.ts';
import { choices, field, type Choices } from '../../answers/fields.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show } from '../../answers/show.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placesIn } from '../places.ts';
import type { Conflict } from './conflict.ts';
import { organisationModel, type Typed } from './organisation-form.ts';

/** What a refused form of this page had in it, and what came of an invitation. */
export interface SettingsState {
  readonly errors: FormErrors;
  readonly organisation?: Typed;
  /** The revision that the refused form showed. */
  readonly shown?: string;
  /** The organisation as somebody else saved it meanwhile, and where that differs from what was typed. */
  readonly current?: Organisation;
  readonly conflicts?: readonly Conflict[];
  readonly invite?: { readonly email: string; readonly name: string; readonly roles: readonly string[] };
  /** The link of an invitation just made: shown once, to be handed over where mails reach nobody. */
  readonly link?: string;
}

export async function showSettings(visit: StaffVisit): Promise<void> {
  await showSettingsPage(visit, { errors: NO_ERRORS }, 200);
}

export async function showSettingsPage(
  visit: StaffVisit,
  state: SettingsState,
  status: number,
): Promise<void> {
  const staff = await viewStaff(visit.parts.house, visit.actor);
  if (!staff.ok) {
    refuse(visit, staff.error);
    return;
  }
  const { say } = visit;
  const model = {
    title: say('nav.settings'),
    section: 'settings' as const,
    errors: state.errors.summary,
    conflicts: state.conflicts ?? [],
    organisation: organisationModel(visit, state.current ?? visit.organisation, {
      errors: state.errors,
      ...(state.organisation ? { typed: state.organisation } : {}),
      ...(state.shown === undefined ? {} : { shown: state.shown }),
    }),
    staff: staff.value.map((row) => staffModel(visit, row)),
    invite: inviteModel(visit, state),
    link: state.link ?? null,
    reaches: visit.parts.house.staffPost.reaches,
    places: placesIn(visit.locale),
    approvers: staff.value.filter(
      ({ roles, active, invited }) =>
        active && !invited && roles.some((role) => role === 'dpo' || role === 'legal'),
    ).length,
  };
  show(visit, 'settings/settings', model, status);
}

function roleChoices(
  { say }: StaffVisit,
  name: string,
  chosen: readonly string[],
  errors: FormErrors,
): Choices {
  const options = ROLES.map((role) => ({ value: role, label: say(`role.${role}`) }));
  return choices(
    name,
    { legend: say('settings.roles'), kind: 'checkbox', columns: 'flow' },
    options,
    chosen,
    errors,
  );
}

function staffModel(visit: StaffVisit, row: StaffRow): object {
  const { say } = visit;
  const { id, name, email, roles, active, invited, version } = row;
  return {
    id: `s-${id}`,
    name,
    email,
    roles: roles.map((role) => say(`role.${role}`)).join(', '),
    state: say(!active ? 'settings.inactive' : invited ? 'settings.invited' : 'settings.active'),
    action: `/settings/staff/${id}`,
    shown: version,
    isActive: active,
    choices: { ...roleChoices(visit, `roles-${id}`, roles, NO_ERRORS), name: 'roles' },
    self: id === visit.actor.user,
  };
}

function inviteModel(visit: StaffVisit, { errors, invite }: SettingsState): object {
  const { say } = visit;
  return {
    email: field(
      'invite-email',
      { label: say('settings.invite-email'), type: 'email', value: invite?.email ?? '' },
      errors,
    ),
    name: field(
      'invite-name',
      { label: say('settings.invite-name'), value: invite?.name ?? '', max: 100 },
      errors,
    ),
    roles: roleChoices(visit, 'invite-roles', invite?.roles ?? [], errors),
  };
}
