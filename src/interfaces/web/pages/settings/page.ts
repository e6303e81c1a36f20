import { viewStaff, type StaffRow } from '../../../../application/access/staff.ts';
import type { Organisation } from '../../../../application/ports/staff.ts';
import { ROLES } from '../../../../domain/access/roles.ts';
import type { Json } from '../../../../domain/register/entry.ts';
import { refuse } from '../../answers/errors.ts';
import { choices, field, select, type Choices } from '../../answers/fields.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show } from '../../answers/show.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { textsOf } from '../../words/recipients.ts';
import { LOCALES } from '../../../shared/words.ts';
import { placeName, placesIn } from '../places.ts';
import { chosenSectors, sectorOptions } from './sectors.ts';
import { zoneOptions } from '../zones.ts';

/** What a refused form of this page had in it, and what came of an invitation. */
export interface SettingsState {
  readonly errors: FormErrors;
  readonly organisation?: Readonly<Record<string, string | readonly string[]>>;
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
    organisation: organisationModel(visit, visit.organisation, state),
    staff: staff.value.map((row) => staffModel(visit, row)),
    invite: inviteModel(visit, state),
    link: state.link ?? null,
    places: placesIn(visit.locale),
    approvers: staff.value.filter(
      ({ roles, active, invited }) =>
        active && !invited && roles.some((role) => role === 'dpo' || role === 'legal'),
    ).length,
  };
  show(visit, 'settings/settings', model, status);
}

const ROLE_VALUES = ['controller', 'processor', 'joint-controller'];

function organisationModel(visit: StaffVisit, organisation: Organisation, state: SettingsState): object {
  const { say, locale } = visit;
  const { errors } = state;
  const typed = state.organisation ?? {};
  const { profile, contact } = organisation;
  const text = (name: string, stored: string): string => {
    const value = typed[name];
    return typeof value === 'string' ? value : stored;
  };
  const list = (name: string, stored: Json | undefined): readonly string[] => {
    const value = typed[name];
    return Array.isArray(value) ? (value as readonly string[]) : textsOf(stored);
  };
  const places = (stored: Json | undefined): string =>
    textsOf(stored)
      .map((code) => placeName(code, locale))
      .join(', ');
  const plain = (name: string, stored: string, hint: string | null = null, type = 'text'): object =>
    field(name, { label: say(`settings.${name}`), value: text(name, stored), hint, type, max: 300 }, errors);
  const options = (values: readonly string[], prefix: string): { value: string; label: string }[] =>
    values.map((value) => ({ value, label: say(`${prefix}.${value}`) }));
  return {
    name: plain('name', organisation.name),
    zone: select(
      'zone',
      { label: say('settings.zone') },
      zoneOptions(),
      text('zone', organisation.zone),
      errors,
    ),
    locale: select(
      'locale',
      { label: say('settings.locale') },
      options(LOCALES, 'language'),
      text('locale', organisation.locale),
      errors,
    ),
    role: choices(
      'role',
      { legend: say('settings.role'), kind: 'checkbox', columns: 'flow' },
      options(ROLE_VALUES, 'profile-role'),
      list('role', profile['role']),
      errors,
    ),
    establishments: plain(
      'establishments',
      places(profile['establishments']),
      say('settings.establishments-hint'),
    ),
    mainEstablishment: {
      ...field(
        'mainEstablishment',
        {
          label: say('settings.mainEstablishment'),
          value: text('mainEstablishment', places(profile['mainEstablishment'])),
          list: 'places',
          hint: say('settings.mainEstablishment-hint'),
        },
        errors,
      ),
    },
    listed: choices(
      'listed',
      { legend: say('settings.listed'), kind: 'radio', columns: 'flow' },
      options(['yes', 'no', 'unknown'], 'answer'),
      [profile['listed'] === undefined ? 'unknown' : profile['listed'] === true ? 'yes' : 'no'],
      errors,
    ),
    sectors: choices(
      'sectors',
      { legend: say('settings.sectors'), kind: 'checkbox', columns: 'three', hideLegend: true },
      sectorOptions(visit),
      Array.isArray(typed['sectors'])
        ? (typed['sectors'] as readonly string[])
        : chosenSectors(profile['sectors']),
      errors,
    ),
    sectorsOpen: errors.at('sectors') !== null || profile['sectors'] === undefined,
    email: plain('contact.email', contact.email, null, 'email'),
    phone: plain('contact.phone', contact.phone, null, 'tel'),
    address: field(
      'contact.address',
      { label: say('settings.contact.address'), value: text('contact.address', contact.address), rows: 3 },
      errors,
    ),
    website: plain('contact.website', contact.website, say('settings.website-hint'), 'url'),
    dpo: field(
      'contact.dpo',
      {
        label: say('settings.contact.dpo'),
        hint: say('settings.dpo-hint'),
        value: text('contact.dpo', contact.dpo),
        rows: 2,
      },
      errors,
    ),
  };
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
