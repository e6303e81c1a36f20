import { DRILL_SPEEDS } from '../../../../domain/incident/drill-time.ts';
import { DATA_CATEGORIES } from '../../../../domain/law/vocabulary.ts';
import { choices, field, select } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { Shown } from '../../answers/show.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placesIn } from '../places.ts';
import type { LogPage } from './draft.ts';
import { kindOptions } from './kinds.ts';
import { quickPlaces } from './rows.ts';
import type { Typed } from './typed.ts';

/** The kinds of data that are lost most often; the rest folds away. */
const USUAL = [
  'name',
  'email',
  'phone',
  'postal-address',
  'order-history',
  'health',
  'password-hash',
  'payment-card',
  'bank-account',
  'date-of-birth',
];
const GROUPS = ['customers', 'employees', 'applicants', 'minors'];

export function logModel(
  visit: StaffVisit,
  { typed, key, since }: LogPage,
  { errors, suggested }: { readonly errors: FormErrors; readonly suggested: readonly string[] },
): Shown {
  const { say, times, now } = visit;
  return {
    title: say('log.title'),
    section: 'incidents',
    errors: errors.summary,
    key,
    since,
    saved: '',
    zone: `${times.zone.replaceAll('_', ' ')} (${times.zoneName(now)})`,
    ...whatHappened(visit, typed, suggested, errors),
    ...when(visit, typed, errors),
    ...whose(visit, typed, errors),
    rows: rowsOf(visit, typed, errors),
    quick: quickPlaces(visit, typed),
    places: placesIn(visit.locale),
    ...supplier(visit, typed, errors),
    drill: drill(visit, typed, errors),
  };
}

function whatHappened(
  visit: StaffVisit,
  typed: Typed,
  suggested: readonly string[],
  errors: FormErrors,
): object {
  const { say } = visit;
  return {
    kind: choices(
      'kind',
      { legend: say('log.kind'), kind: 'radio', columns: 'flow', hideLegend: true },
      kindOptions(visit, suggested),
      [typed.kind],
      errors,
    ),
    name: field('title', { label: say('log.name'), value: typed.title, max: 120 }, errors),
    whatHappened: field(
      'whatHappened',
      { label: say('log.sentences'), value: typed.whatHappened, rows: 2 },
      errors,
    ),
  };
}

function when(visit: StaffVisit, typed: Typed, errors: FormErrors): object {
  const { say } = visit;
  return {
    detectedDay: field(
      'detectedDay',
      { label: say('log.day'), type: 'date', value: typed.detectedDay, short: true },
      errors,
    ),
    detectedTime: field(
      'detectedTime',
      { label: say('log.time'), type: 'time', value: typed.detectedTime, short: true },
      errors,
    ),
    reporter: field('reporter', { label: say('log.reporter'), value: typed.reporter, max: 500 }, errors),
    aware: choices(
      'aware',
      { legend: say('log.aware'), kind: 'radio', columns: 'flow' },
      [
        { value: 'yes', label: say('log.aware-yes') },
        { value: 'no', label: say('log.aware-no') },
      ],
      [typed.aware],
      errors,
    ),
    awareDay: field(
      'awareDay',
      { label: say('log.day'), type: 'date', value: typed.awareDay, short: true },
      errors,
    ),
    awareTime: field(
      'awareTime',
      { label: say('log.time'), type: 'time', value: typed.awareTime, short: true },
      errors,
    ),
  };
}

function whose(visit: StaffVisit, typed: Typed, errors: FormErrors): object {
  const { say } = visit;
  const option = (value: string): { value: string; label: string } => ({
    value,
    label: say(`category.${value}`),
  });
  const rest = DATA_CATEGORIES.filter((category) => !USUAL.includes(category));
  return {
    groups: choices(
      'groups',
      { legend: say('log.groups'), kind: 'checkbox', columns: 'flow' },
      GROUPS.map((value) => ({ value, label: say(`group.${value}`) })),
      typed.groups,
      errors,
    ),
    categories: choices(
      'categories',
      { legend: say('log.categories'), kind: 'checkbox', columns: 'flow' },
      USUAL.map(option),
      typed.categories,
      errors,
    ),
    moreCategories: {
      ...choices(
        'categories',
        { legend: say('log.more-categories'), kind: 'checkbox', columns: 'flow', hideLegend: true },
        rest.map(option),
        typed.categories,
        { at: () => null, summary: [] },
      ),
      id: 'more-categories',
    },
    moreOpen: rest.some((category) => typed.categories.includes(category)),
  };
}

/** A row for each place, and some empty ones below. */
function rowsOf({ say }: StaffVisit, typed: Typed, errors: FormErrors): readonly object[] {
  const filled = typed.rows.length;
  const empty = Array.from({ length: typed.spare }, () => ({ place: '', people: '' }));
  return [...typed.rows, ...empty].map(({ place, people }, index) => {
    const at = (name: string): string => `${name}[${index}]`;
    const label = (key: string): string => say(key, { row: index + 1 });
    return {
      place: {
        ...field(
          at('place'),
          { label: label('log.place'), value: place, list: 'places', autocomplete: 'off' },
          errors,
        ),
        name: 'place',
      },
      people: {
        ...field(
          at('people'),
          { label: label('log.people'), value: people, inputmode: 'text', autocomplete: 'off' },
          errors,
        ),
        name: 'people',
      },
      remove: index < filled ? { index, label: say('log.remove-place', { place }) } : null,
    };
  });
}

function drill({ say }: StaffVisit, { drill: chosen }: Typed, errors: FormErrors): object {
  const speeds = DRILL_SPEEDS.map((speed) => ({ value: String(speed), label: say(`drills.speed-${speed}`) }));
  const options = [{ value: '', label: say('drills.real') }, ...speeds];
  const words = { label: say('drills.label'), hint: say('drills.hint') };
  return { ...select('drill', words, options, chosen, errors), open: chosen !== '' };
}

function supplier(visit: StaffVisit, typed: Typed, errors: FormErrors): object {
  const { say } = visit;
  return {
    supplier: choices(
      'supplier',
      { legend: say('log.supplier'), kind: 'radio', columns: 'flow', hideLegend: true },
      ['yes', 'no', 'unknown'].map((value) => ({ value, label: say(`answer.${value}`) })),
      [typed.supplier],
      errors,
    ),
    supplierName: field(
      'supplierName',
      { label: say('log.supplier-name'), value: typed.supplierName, max: 200 },
      errors,
    ),
    toldDay: field(
      'toldDay',
      { label: say('log.told-day'), type: 'date', value: typed.toldDay, short: true },
      errors,
    ),
    toldTime: field(
      'toldTime',
      { label: say('log.time'), type: 'time', value: typed.toldTime, short: true },
      errors,
    ),
  };
}
