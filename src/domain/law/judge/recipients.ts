import { isUnknown } from '../conditions/truth.ts';
import { countryOf } from '../places.ts';
import { atLeast, statesNamed } from '../people.ts';
import type { LawBook } from '../law-book.ts';
import type { Authority, Duty, Facts } from '../types.ts';
import type { Sector } from '../vocabulary.ts';
import { establishmentsIn, establishmentsKnown, peopleWithoutPlace, placesOfPeople } from './places.ts';

export interface Recipient {
  /** What stands after @. */
  readonly key: string;
  readonly place?: string;
  readonly authority: string | null;
}

/** Whom a duty tells: those who are known, and the facts without which others, or one of them, cannot be named. */
export interface Recipients {
  readonly known: readonly Recipient[];
  readonly missing: readonly string[];
  /** Countries of which one may turn out to be the recipient's, while something is missing; all: unknown. */
  readonly possible: readonly string[] | 'any';
}

/** Whether a duty's obligations carry a recipient in their key: several authorities by name, or `each`. */
export function fansOut(duty: Duty): boolean {
  return duty.each !== undefined || (duty.to?.length ?? 0) > 1;
}

const NONE: Recipients = { known: [], missing: [], possible: [] };

/** Where establishments count for a duty, and where its national forms take its place. */
export interface Area {
  readonly established: readonly string[];
  readonly people: readonly string[];
  readonly without: readonly string[];
}

/** The recipients of a duty that fans out, or whose authority is found by place; none where the duty names them. */
export function recipientsOf(duty: Duty, facts: Facts, area: Area, book: LawBook): Recipients {
  if (duty.to) {
    const known = duty.to.map((id): Recipient => {
      const place = book.authorities.get(id)?.place;
      // A body of the Union has no country of its own: there the days off are those of our main establishment.
      return { key: id, authority: id, ...(place === undefined || place === 'EU' ? {} : { place }) };
    });
    return { known, missing: [], possible: [] };
  }
  if (duty.stateThreshold) return statesOver(duty.stateThreshold, facts);
  switch (duty.recipients) {
    case 'lead-authority':
      return leadAuthority(duty, facts, area, book);
    case 'establishments':
      return fromPlaces(establishmentsIn(facts, area.established, area.without), duty, facts, book);
    case 'home-state':
      return homeState(duty, facts, area, book);
    case 'people':
      return withOpenPlaces(fromPlaces(placesOfPeople(facts, area.people), duty, facts, book), facts);
    default:
      return NONE;
  }
}

function statesOver(threshold: NonNullable<Duty['stateThreshold']>, facts: Facts): Recipients {
  const least = threshold.atLeast ?? (threshold.moreThan ?? 0) + 1;
  const missing = new Set<string>();
  const known = statesNamed(facts).flatMap((state): Recipient[] => {
    const answer = atLeast(facts, state, least);
    if (isUnknown(answer)) answer.missing.forEach((name) => missing.add(name));
    return answer === true ? [{ key: state, place: state, authority: null }] : [];
  });
  return { known, missing: [...missing], possible: 'any' };
}

/**
 * GDPR 55, 56 with EDPB Guidelines 8/2022 and 9/2022: across borders the authority of the main establishment; else
 * that of the establishment; without any establishment there, each authority whose people are concerned.
 */
function leadAuthority(duty: Duty, facts: Facts, area: Area, book: LawBook): Recipients {
  const ours = establishmentsIn(facts, area.established, []);
  const countries = [...new Set(ours.map(countryOf))];
  const main = facts.mainEstablishment;
  if (countries.length === 1) return withPart(ownPlace(ours, main), duty, facts, book);
  if (countries.length > 1) {
    if (main === undefined) return { known: [], missing: ['mainEstablishment'], possible: countries };
    // Decisions taken outside the Union: no main establishment there, no lead (EDPB Opinion 04/2024).
    if (!ours.includes(main)) return fromPlaces(ours, duty, facts, book);
    const there = ours.filter((place) => countryOf(place) === countryOf(main));
    return withPart(ownPlace(there, main), duty, facts, book);
  }
  if (facts.establishments === undefined) return { known: [], missing: ['establishments'], possible: 'any' };
  const states = [...new Set(placesOfPeople(facts, area.people).map(countryOf))];
  return withOpenPlaces(fromPlaces(states, duty, facts, book), facts);
}

/** Where a country's authorities sit in its parts (the German Länder), the part must be known to name one. */
function withPart(place: string, duty: Duty, facts: Facts, book: LawBook): Recipients {
  const found = fromPlaces([place], duty, facts, book);
  const named = found.known.every((recipient) => recipient.authority !== null);
  if (named || place.includes('-') || duty.authority === undefined) return found;
  const inParts = `${duty.authority} ${place}-`;
  const parted = [...book.byPlace.keys()].some((key) => key.startsWith(inParts));
  return parted ? { ...found, missing: ['mainEstablishment'], possible: [place] } : found;
}

/**
 * Of several establishments in one country the main one, if it is there; else the only one, else the country. A main
 * establishment that names its country alone is the one part of it that is known.
 */
function ownPlace(ours: readonly string[], main: string | undefined): string {
  const [first = ''] = ours;
  if (main?.includes('-') && ours.includes(main)) return main;
  const parts = ours.filter((place) => place.includes('-'));
  return parts.length === 1 ? (parts[0] ?? first) : ours.length === 1 ? first : countryOf(first);
}

/** DORA 46: the authority of the home state. */
function homeState(duty: Duty, facts: Facts, area: Area, book: LawBook): Recipients {
  const ours = establishmentsIn(facts, area.established, area.without);
  const main = facts.mainEstablishment;
  if (main !== undefined && ours.includes(main)) return fromPlaces([main], duty, facts, book);
  const countries = [...new Set(ours.map(countryOf))];
  if (countries.length === 1) return fromPlaces([ownPlace(ours, main)], duty, facts, book);
  if (countries.length === 0) return NONE;
  return { known: [], missing: ['mainEstablishment'], possible: countries };
}

function withOpenPlaces(recipients: Recipients, facts: Facts): Recipients {
  const missing = peopleWithoutPlace(facts);
  return missing.length === 0 ? recipients : { ...recipients, missing, possible: 'any' };
}

/** One recipient for each country, or for each part that has an authority of its own. */
function fromPlaces(places: readonly string[], duty: Duty, facts: Facts, book: LawBook): Recipients {
  const known = new Map<string, Recipient>();
  for (const place of places) {
    const authority = authorityFor(duty, place, facts, book);
    const key = authority?.place === place ? place : countryOf(place);
    // The days off that count are those where the authority sits, not those where we are.
    known.set(key, { key, place: authority?.place ?? place, authority: authority?.id ?? null });
  }
  return { known: [...known.values()], missing: [], possible: [] };
}

const PUBLIC: readonly Sector[] = ['public-body', 'law-enforcement', 'social-security-body'];

/** The authority of a kind for a place: that of the part before that of the country; private unless we are public. */
export function authorityFor(duty: Duty, place: string, facts: Facts, book: LawBook): Authority | undefined {
  if (duty.authority === undefined) return undefined;
  const sectors = facts.sectors ?? [];
  const own = PUBLIC.some((sector) => sectors.includes(sector)) ? 'public' : 'private';
  const of = (where: string): Authority | undefined => {
    const here = book.byPlace.get(`${duty.authority ?? ''} ${where}`) ?? [];
    return here.find((one) => one.competentFor === undefined || one.competentFor.includes(own));
  };
  return of(place) ?? of(countryOf(place));
}

/** The place whose holidays count where no authority's place is known: the main establishment, or the only one. */
export function homePlace(facts: Facts): string | undefined {
  if (facts.mainEstablishment !== undefined) return facts.mainEstablishment;
  const known = establishmentsKnown(facts);
  return known.length === 1 ? known[0] : undefined;
}
