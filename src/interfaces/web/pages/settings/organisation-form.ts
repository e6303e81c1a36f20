import { settingsRevision } from '../../../../application/access/organisation.ts';
import type { Organisation } from '../../../../application/ports/staff.ts';
import { LOCALES } from '../../../shared/words.ts';
import { choices, field, select, type Choices, type Field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { Form } from '../../request/form.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { listed } from '../../words/lists.ts';
import { textsOf } from '../../words/recipients.ts';
import { placeName } from '../places.ts';
import { zoneOptions } from '../zones.ts';
import { ONE_OF, YES_OR_NO } from './profile.ts';
import { chosenSectors, noSectorChoice, sectorGroups } from './sectors.ts';

const TEXTS = [
  'name',
  'zone',
  'locale',
  'establishments',
  'mainEstablishment',
  'turnoverAud',
  ...YES_OR_NO,
  'firmSize',
  'databaseLevel',
  'contact.email',
  'contact.phone',
  'contact.address',
  'contact.website',
  'contact.dpo',
] as const;
const LISTS = ['role', 'sectors'] as const;
const ROLE_VALUES = ['controller', 'processor', 'joint-controller'];
/** Answers that few shops have: folded away until one of them is given. */
const RARE = ['listed', 'firmSize', 'turnoverAud', 'databaseLevel', 'cyberInsurance', 'doraExcepted'];

/** The form's fields by name, as text, as somebody typed them or as they are stored. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

export function typedOf(form: Form): Typed {
  return {
    ...Object.fromEntries(TEXTS.map((name) => [name, form.text(name)])),
    ...Object.fromEntries(LISTS.map((name) => [name, form.list(name)])),
  };
}

export function typedText(typed: Typed, name: string): string {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
}

/** What is stored, as the form shows it. */
export function storedOf(
  { name, zone, locale, profile, contact }: Organisation,
  language: StaffVisit['locale'],
): Typed {
  const places = (stored: unknown): string =>
    textsOf(stored)
      .map((code) => placeName(code, language))
      .join(', ');
  const bool = (stored: unknown): string =>
    stored === undefined ? 'unknown' : stored === true ? 'yes' : 'no';
  const turnover = profile['turnoverAud'];
  return {
    name,
    zone,
    locale,
    role: textsOf(profile['role']),
    establishments: places(profile['establishments']),
    mainEstablishment: places(profile['mainEstablishment']),
    sectors: chosenSectors(profile['sectors']),
    turnoverAud: typeof turnover === 'number' ? String(turnover) : '',
    ...Object.fromEntries(YES_OR_NO.map((fact) => [fact, bool(profile[fact])])),
    ...Object.fromEntries(Object.keys(ONE_OF).map((fact) => [fact, textsOf(profile[fact])[0] ?? 'unknown'])),
    ...Object.fromEntries(Object.entries(contact).map(([part, text]) => [`contact.${part}`, text])),
  };
}

/** The form of the organisation: what a shop of two needs in sight, what only some laws ask folded. */
export function organisationModel(
  visit: StaffVisit,
  organisation: Organisation,
  { typed, errors, shown }: { readonly typed?: Typed; readonly errors: FormErrors; readonly shown?: string },
): object {
  const { say } = visit;
  const stored = storedOf(organisation, visit.locale);
  const values = { ...stored, ...typed };
  const draw = fieldsOf(visit, values, errors);
  const sectors = textsOf(values['sectors']);
  const rare = RARE.filter((name) => !['', 'unknown'].includes(typedText(values, name)));
  return {
    shown: shown === undefined || shown === '' ? settingsRevision(organisation) : shown,
    name: draw.text('name'),
    zone: select('zone', { label: say('settings.zone') }, zoneOptions(), typedText(values, 'zone'), errors),
    locale: select(
      'locale',
      { label: say('settings.locale'), hint: languagesHint(visit) },
      LOCALES.map((value) => ({ value, label: say(`language.${value}`) })),
      typedText(values, 'locale'),
      errors,
    ),
    role: choices(
      'role',
      { legend: say('settings.role'), kind: 'checkbox', columns: 'flow' },
      ROLE_VALUES.map((value) => ({ value, label: say(`profile-role.${value}`) })),
      textsOf(values['role']),
      errors,
    ),
    establishments: draw.text('establishments', { hint: say('settings.establishments-hint') }),
    mainEstablishment: draw.text('mainEstablishment', {
      hint: say('settings.mainEstablishment-hint'),
      list: 'places',
    }),
    noSector: noSectorChoice(visit, sectors, errors),
    sectorGroups: sectorGroups(visit, sectors),
    sectorsOpen: errors.at('sectors') !== null || sectors.length === 0,
    sectorsState:
      sectors.length === 0
        ? say('settings.sectors-open')
        : say('settings.sectors-done', { count: sectors.filter((one) => one !== 'none').length }),
    listed: draw.yesOrNo('listed'),
    firmSize: draw.oneOf('firmSize', ONE_OF.firmSize),
    turnoverAud: draw.text('turnoverAud', { hint: say('settings.turnoverAud-hint'), inputmode: 'numeric' }),
    databaseLevel: draw.oneOf('databaseLevel', ONE_OF.databaseLevel),
    cyberInsurance: draw.yesOrNo('cyberInsurance'),
    doraExcepted: draw.yesOrNo('doraExcepted'),
    rareOpen: RARE.some((name) => errors.at(name) !== null),
    rareState: say('settings.rare-done', { count: rare.length, all: RARE.length }),
    email: draw.text('contact.email', { type: 'email', hint: say('settings.sender-hint') }),
    phone: draw.text('contact.phone', { type: 'tel' }),
    address: draw.text('contact.address', { rows: 3 }),
    website: draw.text('contact.website', { type: 'url', hint: say('settings.website-hint') }),
    dpo: draw.text('contact.dpo', { rows: 2, hint: say('settings.dpo-hint') }),
  };
}

function languagesHint(visit: StaffVisit): string {
  const all = visit.parts.house.noticeWriter.locales.map((locale) => visit.say(`language.${locale}`));
  return visit.say('settings.languages-hint', { languages: listed(visit, all, 'conjunction') });
}

interface Draw {
  text(name: string, words?: Partial<Field>): Field;
  yesOrNo(name: string): Choices;
  oneOf(name: string, values: readonly string[]): Choices;
}

function fieldsOf({ say }: StaffVisit, values: Typed, errors: FormErrors): Draw {
  const asked = (name: string, options: readonly { value: string; label: string }[]): Choices =>
    choices(
      name,
      { legend: say(`settings.${name}`), kind: 'radio', columns: 'flow' },
      [...options, { value: 'unknown', label: say('answer.unknown') }],
      [typedText(values, name)],
      errors,
    );
  return {
    text: (name, words = {}) =>
      field(
        name,
        { label: say(`settings.${name}`), max: 300, ...words, value: typedText(values, name) },
        errors,
      ),
    yesOrNo: (name) =>
      asked(
        name,
        ['yes', 'no'].map((value) => ({ value, label: say(`answer.${value}`) })),
      ),
    oneOf: (name, options) =>
      asked(
        name,
        options.map((value) => ({ value, label: say(`settings.${name}-of.${value}`) })),
      ),
  };
}
