import type { Facts, SubjectRow } from '../../../law/types.ts';
import type { Values } from '../fields.ts';
import { codesOf } from '../lists.ts';
import type { Known } from './known.ts';
import { DATA, GROUPS } from './maps.ts';

/** Whose data, which data, and what the people were told. */
export function fromPeople(known: Known): Values {
  const { facts } = known;
  const categories = facts.data.categories;
  const data = categories?.flatMap((category) => DATA[category]) ?? [];
  const people = groupsOf(facts);
  return {
    ...(people.length > 0 ? { 'subject-categories': inOrder('subject-categories', people) } : {}),
    ...counts(facts.subjects ?? []),
    ...residents(known),
    ...(data.length > 0 ? { 'data-categories': inOrder('data-categories', data) } : {}),
    ...told(known),
    ...(known.othersTold.length > 0
      ? { 'others-told': 'yes', 'others-told-detail': known.othersTold.join('\n') }
      : {}),
  };
}

function groupsOf({ subjects = [], data }: Facts): readonly string[] {
  const groups = subjects.flatMap(({ groups: own = [] }) => own.map((group) => GROUPS[group]));
  return data.categories?.includes('children') ? [...groups, 'minors'] : groups;
}

function inOrder(
  list: 'subject-categories' | 'data-categories',
  codes: readonly string[],
): readonly string[] {
  return codesOf(list).filter((code) => codes.includes(code));
}

/** Only rows that give a number are counted: a range is no number, and a person says what the mode is. */
function counts(rows: readonly SubjectRow[]): Values {
  if (rows.length === 0 || !rows.every(({ counted }) => counted)) return {};
  const places = new Map<string, number>();
  for (const { place, most } of rows)
    if (place !== undefined) places.set(place, (places.get(place) ?? 0) + most);
  return {
    'subject-count-mode': 'exact',
    'subject-count': rows.reduce((sum, { most }) => sum + most, 0),
    ...(places.size > 0
      ? { 'subjects-by-place': [...places].map(([place, count]) => ({ place, count })) }
      : {}),
  };
}

/** Offices of a state of the US ask for its own residents: known where every row says its number and its state. */
function residents({ facts, authorityPlace }: Known): Values {
  if (!authorityPlace?.startsWith('US-') || !allPlacesListed(facts)) return {};
  const { subjects = [] } = facts;
  if (subjects.some(({ place }) => place === 'US')) return {};
  const rows = subjects.filter(({ place }) => place === authorityPlace);
  return { 'residents-affected': rows.reduce((sum, { most }) => sum + most, 0) };
}

/** Whether the list of places that the facts give names the place of everybody. */
export function allPlacesListed({ subjects }: Facts): boolean {
  return subjects !== undefined && subjects.every(({ place, counted }) => place !== undefined && counted);
}

function told({ told: { duty, at, sent }, facts }: Known): Values {
  if (at)
    return {
      'subjects-told': 'yes',
      'told-at': at,
      'told-means': ['individual'],
      ...(sent
        ? { 'told-count': sent.told, 'told-coverage': sent.told === sent.of ? 'all' : 'not-all' }
        : {}),
    };
  if (duty === 'applies') return { 'subjects-told': 'will-later' };
  if (duty === 'undecided') return { 'subjects-told': 'undecided' };
  return duty === 'does-not-apply' ? notTold(facts) : {};
}

/** Why the law asks no word to the people: the risk is not high, or one of the grounds of art. 34(3). */
function notTold({ risk, data, exceptions }: Facts): Values {
  if (risk !== undefined && risk !== 'high') return { 'subjects-told': 'no-not-high' };
  const ground = exceptions.riskRemoved
    ? 'risk-removed'
    : data.encrypted === true && data.keyCompromised === false
      ? 'protected'
      : exceptions.disproportionateEffort
        ? 'disproportionate'
        : undefined;
  return ground === undefined ? {} : { 'subjects-told': 'no-34-3', 'not-told-ground': ground };
}
