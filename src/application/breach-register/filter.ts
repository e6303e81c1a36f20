import { currentStage, type Incident } from '../../domain/incident/incident.ts';
import { standingOf, wasLate } from '../../domain/incident/standing.ts';
import { liesIn } from '../../domain/law/places.ts';
import { RISKS } from '../../domain/law/vocabulary.ts';
import type { Temporal } from 'temporal-polyfill';

export const TOLD = ['authority', 'people', 'nobody'] as const;
export const LATENESS = ['late', 'in-time'] as const;
export const OPENNESS = ['open', 'closed'] as const;
export const STATES = ['suspicion', 'breach', 'near-miss'] as const;
/** `undecided`: nobody has assessed it yet. */
export const REGISTER_RISKS = [...RISKS, 'undecided'] as const;

/** What is asked of the breach register; what is left out asks nothing. */
export interface BreachFilter {
  /** The year of the reference. */
  readonly year?: number;
  readonly state?: (typeof STATES)[number];
  /** The id of the playbook: `supplier-breach`, … */
  readonly kind?: string;
  readonly risk?: (typeof REGISTER_RISKS)[number];
  readonly told?: (typeof TOLD)[number];
  readonly late?: (typeof LATENESS)[number];
  /** ISO 3166: somebody affected lives there. */
  readonly country?: string;
  readonly open?: (typeof OPENNESS)[number];
}

/** The little of an incident by which it is found. */
export interface Traits {
  readonly year: number;
  readonly state: Incident['state'];
  readonly kind: string;
  readonly risk: string;
  readonly toldAuthority: boolean;
  readonly toldPeople: boolean;
  readonly late: boolean;
  readonly places: readonly string[];
  readonly open: boolean;
}

export function traitsOf(incident: Incident, now: Temporal.Instant): Traits {
  const { obligations, state, kind } = incident;
  const told = (notify: string): boolean => obligations.some((one) => one.notify === notify && one.met);
  return {
    year: Number(incident.reference.split('-')[1]),
    state,
    kind,
    risk: textOf(incident, 'risk') ?? 'undecided',
    toldAuthority: told('authority'),
    toldPeople: told('people'),
    late: obligations.some((one) => isLate(incident, one, now)),
    places: placesOf(incident),
    open: currentStage(incident.stages) !== 'closed',
  };
}

/**
 * Met after its deadline as that stood at the first filing, which is fixed for ever; or open and past its deadline now.
 * A near miss has no clock.
 */
export function isLate(
  { state }: Pick<Incident, 'state'>,
  obligation: Incident['obligations'][number],
  now: Temporal.Instant,
): boolean {
  if (obligation.met) return wasLate(obligation.met);
  return state !== 'near-miss' && obligation.notify !== 'record' && standingOf(obligation, now) === 'overdue';
}

export function matches(traits: Traits, filter: BreachFilter): boolean {
  const { year, state, kind, risk, told, late, country, open } = filter;
  return (
    (year === undefined || traits.year === year) &&
    (state === undefined || traits.state === state) &&
    (kind === undefined || traits.kind === kind) &&
    (risk === undefined || traits.risk === risk) &&
    (told === undefined || isTold(traits, told)) &&
    (late === undefined || traits.late === (late === 'late')) &&
    (country === undefined || traits.places.some((place) => liesIn(place, country) === 'yes')) &&
    (open === undefined || traits.open === (open === 'open'))
  );
}

function isTold({ toldAuthority, toldPeople }: Traits, told: (typeof TOLD)[number]): boolean {
  if (told === 'authority') return toldAuthority;
  return told === 'people' ? toldPeople : !toldAuthority && !toldPeople;
}

function textOf({ facts }: Incident, name: string): string | null {
  const fact = facts[name];
  return fact && 'value' in fact && typeof fact.value === 'string' ? fact.value : null;
}

function placesOf({ facts }: Incident): readonly string[] {
  const fact = facts['subjects'];
  if (!fact || !('value' in fact) || !Array.isArray(fact.value)) return [];
  const rows = fact.value as readonly { readonly place?: string }[];
  return [...new Set(rows.flatMap(({ place }) => place ?? []))];
}
