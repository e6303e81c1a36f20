import { establishedIn } from '../conditions/questions.ts';
import { anyOf, type Truth, unknown } from '../conditions/truth.ts';
import { peopleIn } from '../people.ts';
import { countryOf, liesIn } from '../places.ts';
import type { Facts } from '../types.ts';

/** Our establishments that are known, the main one among them. */
export function establishmentsKnown(facts: Facts): readonly string[] {
  const places = new Set(facts.establishments ?? []);
  if (facts.mainEstablishment !== undefined) places.add(facts.mainEstablishment);
  return [...places];
}

/** Known establishments that lie in one of these places or groups, without those in the countries left out. */
export function establishmentsIn(
  facts: Facts,
  asked: readonly string[],
  without: readonly string[],
): readonly string[] {
  return establishmentsKnown(facts).filter(
    (place) => !without.includes(countryOf(place)) && asked.some((area) => liesIn(place, area) === 'yes'),
  );
}

/** Whether we are established in one of these places, outside the countries left out. */
export function isEstablished(facts: Facts, asked: readonly string[], without: readonly string[]): Truth {
  if (without.length === 0) return anyOf(asked.map((area) => establishedIn(facts, area)));
  if (establishmentsIn(facts, asked, without).length > 0) return true;
  return facts.establishments === undefined ? unknown(['establishments']) : false;
}

/** Whether any of our people are in one of these places. */
export function hasPeople(facts: Facts, asked: readonly string[]): Truth {
  return anyOf(asked.map((area) => peopleIn(facts, area)));
}

/** The places of our people that lie in one of these areas, each once. */
export function placesOfPeople(facts: Facts, asked: readonly string[]): readonly string[] {
  const places = new Set<string>();
  for (const row of facts.subjects ?? []) {
    const { place } = row;
    if (place === undefined || row.most === 0) continue;
    if (asked.some((area) => liesIn(place, area) === 'yes')) places.add(place);
  }
  return [...places];
}

/** Whether rows of people without a place leave it open who else is concerned. */
export function peopleWithoutPlace(facts: Facts): readonly string[] {
  if (facts.subjects === undefined) return ['subjects'];
  return facts.subjects.some((row) => row.place === undefined && row.most > 0) ? ['subjects.place'] : [];
}
