import { isOpen } from '../../domain/incident/standing.ts';
import { peopleOf } from '../../domain/law/people.ts';
import { liesIn } from '../../domain/law/places.ts';
import type { Facts } from '../../domain/law/types.ts';
import { factsOf } from '../law/facts-of.ts';
import type { IncidentView, ObligationView } from './view-incident.ts';

/** A place, or the places of one law, where at most so many of our people are, with the duties open there. */
export interface PlaceWithFew {
  /** ISO 3166, as the law names them. */
  readonly places: readonly string[];
  /** The most people of ours who may be there. */
  readonly people: number;
  readonly obligations: readonly ObligationView[];
}

/**
 * The open duties of laws that apply for no other reason than a few people in their place: we are not established
 * there, and at most `upTo` of ours may be there. The place with the nearest deadline first, and so within each.
 */
export function placesWithFew(view: IncidentView, upTo: number): readonly PlaceWithFew[] {
  const facts = factsOf(view.incident, view.organisation);
  const found = new Map<string, PlaceWithFew>();
  for (const one of [...view.obligations].sort((a, b) => rank(a) - rank(b))) {
    const places = one.duty?.where?.people ?? [];
    if (!isOpen(one.obligation) || places.length === 0) continue;
    const people = mostIn(facts, places);
    if (people === undefined || people < 1 || people > upTo) continue;
    if (mayBeEstablished(facts, places)) continue;
    const key = places.join();
    const before = found.get(key)?.obligations ?? [];
    found.set(key, { places, people, obligations: [...before, one] });
  }
  return [...found.values()];
}

function rank({ obligation: { dueAt } }: ObligationView): number {
  return dueAt?.epochMilliseconds ?? Infinity;
}

/** Undefined where the list of people is not known, or a number is open upwards. */
function mostIn(facts: Facts, places: readonly string[]): number | undefined {
  let most = 0;
  for (const place of places) {
    const range = peopleOf(facts, place);
    if (range === undefined) return undefined;
    most += range.most;
  }
  return Number.isFinite(most) ? most : undefined;
}

function mayBeEstablished({ establishments }: Facts, places: readonly string[]): boolean {
  if (establishments === undefined) return true;
  return establishments.some((own) => places.some((place) => liesIn(own, place) !== 'no'));
}
