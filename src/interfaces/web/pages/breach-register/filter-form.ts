import {
  LATENESS,
  OPENNESS,
  REGISTER_RISKS,
  STATES,
  TOLD,
  type BreachFilter,
} from '../../../../application/breach-register/filter.ts';
import type { Facets } from '../../../../application/breach-register/view-breach-register.ts';
import { select, type OptionWords } from '../../answers/fields.ts';
import { NO_ERRORS } from '../../answers/problems.ts';
import { query } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placeName } from '../places.ts';
import { kindWords } from './record-words.ts';

const NAMES = ['year', 'state', 'kind', 'risk', 'told', 'late', 'country', 'open'] as const;
type Name = (typeof NAMES)[number];

/** The filter as the address carries it; what is none of ours asks nothing. */
export function filterFrom(visit: StaffVisit): BreachFilter {
  const asked = (name: Name): string => query(visit, name);
  const one = <T extends string>(name: Name, known: readonly T[]): T | undefined =>
    known.find((value) => value === asked(name));
  const year = /^\d{4}$/.test(asked('year')) ? Number(asked('year')) : undefined;
  const found = {
    year,
    state: one('state', STATES),
    kind: asked('kind') === '' ? undefined : asked('kind').slice(0, 80),
    risk: one('risk', REGISTER_RISKS),
    told: one('told', TOLD),
    late: one('late', LATENESS),
    country: /^[A-Z]{2}(-[A-Z0-9]{1,4})?$/.test(asked('country')) ? asked('country') : undefined,
    open: one('open', OPENNESS),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The filter as a query, with what else the address shall say. */
export function filterQuery(filter: BreachFilter, more: Readonly<Record<string, string>> = {}): string {
  const entries = NAMES.flatMap((name): [string, string][] =>
    filter[name] === undefined ? [] : [[name, String(filter[name])]],
  );
  const asked = new URLSearchParams([...entries, ...Object.entries(more)]).toString();
  return asked === '' ? '' : `?${asked}`;
}

/** What the filter says, for the head of what is taken along. */
export function filterWords(visit: StaffVisit, filter: BreachFilter): readonly string[] {
  const { say } = visit;
  return NAMES.flatMap((name) => {
    const value = filter[name];
    if (value === undefined) return [];
    return [
      say('breach-register.asked', {
        name: say(`breach-register.filter.${name}`),
        value: optionWords(visit, name, String(value)),
      }),
    ];
  });
}

/** One choice a trait; only what stands in the register can be chosen, and what is asked for already. */
export function filterForm(visit: StaffVisit, filter: BreachFilter, facets: Facets): object {
  const { say } = visit;
  const options: Readonly<Record<Name, readonly string[]>> = {
    year: facets.years.map(String),
    state: STATES,
    kind: facets.kinds,
    risk: REGISTER_RISKS,
    told: TOLD,
    late: LATENESS,
    country: facets.places,
    open: OPENNESS,
  };
  return NAMES.map((name) => {
    const chosen = filter[name] === undefined ? '' : String(filter[name]);
    const all = chosen === '' || options[name].includes(chosen) ? options[name] : [...options[name], chosen];
    const choices: readonly OptionWords[] = [
      { value: '', label: say('breach-register.any') },
      ...all.map((value) => ({ value, label: optionWords(visit, name, value) })),
    ];
    return select(name, { label: say(`breach-register.filter.${name}`) }, choices, chosen, NO_ERRORS);
  });
}

function optionWords(visit: StaffVisit, name: Name, value: string): string {
  const { say, locale } = visit;
  switch (name) {
    case 'year':
      return value;
    case 'state':
      return say(`state.${value}`);
    case 'kind':
      return kindWords(visit, { kind: value });
    case 'country':
      return placeName(value, locale);
    case 'risk':
      return value === 'undecided' ? say('breach-register.not-assessed') : say(`risk.${value}`);
    default:
      return say(`breach-register.${name}.${value}`);
  }
}
