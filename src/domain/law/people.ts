import { unknown, type Truth } from './conditions/truth.ts';
import { countryOf, liesIn } from './places.ts';
import type { Facts, SubjectRow } from './types.ts';

/** How many people: from least to most, and the facts that would make it exact. */
export interface PeopleRange {
  readonly least: number;
  readonly most: number;
  readonly missing: readonly string[];
}

/** The people of ours in a place, a group of places, or anywhere (`*`); undefined where the list is unknown. */
export function peopleOf(facts: Facts, asked: string): PeopleRange | undefined {
  if (facts.subjects === undefined) return undefined;
  let least = 0;
  let most = 0;
  const missing = new Set<string>();
  for (const row of facts.subjects) {
    const inside = row.place === undefined ? (asked === '*' ? 'yes' : 'maybe') : liesIn(row.place, asked);
    if (inside === 'no') continue;
    most += row.most;
    if (inside === 'yes') least += row.least;
    else if (row.most > 0) missing.add('subjects.place');
    if (row.least !== row.most) missing.add(countName(row));
  }
  return { least, most, missing: [...missing] };
}

function countName(row: SubjectRow): string {
  return row.place === undefined ? 'subjects.count' : `subjects[${row.place}].count`;
}

const NO_LIST = unknown(['subjects']);

function compare(range: PeopleRange | undefined, atLeast: number): Truth {
  if (range === undefined) return NO_LIST;
  if (range.least >= atLeast) return true;
  return range.most < atLeast ? false : unknown(range.missing);
}

/** Whether anyone of ours is there. */
export function peopleIn(facts: Facts, asked: string): Truth {
  return compare(peopleOf(facts, asked), 1);
}

/** Whether at least `n` of ours are there, summed over all rows. */
export function atLeast(facts: Facts, asked: string, n: number): Truth {
  return compare(peopleOf(facts, asked), n);
}

/** The US states and territories that the rows name. */
export function statesNamed(facts: Facts): readonly string[] {
  const states = new Set<string>();
  for (const row of facts.subjects ?? []) {
    if (row.place !== undefined && row.place !== 'US' && countryOf(row.place) === 'US') states.add(row.place);
  }
  return [...states].sort();
}

/** Whether at least `n` of ours are in one US state or territory. */
export function atLeastInOneState(facts: Facts, n: number): Truth {
  if (facts.subjects === undefined) return NO_LIST;
  const missing = new Set<string>();
  let possible = false;
  for (const state of statesNamed(facts)) {
    const answer = atLeast(facts, state, n);
    if (answer === true) return true;
    if (answer === false) continue;
    possible = true;
    for (const name of answer.missing) missing.add(name);
  }
  // People of whom only 'US', or no place at all, is known may all live in a state that no row names.
  const placeless = facts.subjects.filter((row) => row.place === undefined || row.place === 'US');
  if (placeless.reduce((sum, row) => sum + row.most, 0) >= n) {
    possible = true;
    missing.add('subjects.place');
    for (const row of placeless) if (row.least !== row.most) missing.add(countName(row));
  }
  return possible && unknown([...missing]);
}

/** Whether anyone of ours belongs to a group; rows that name no groups leave it open. */
export function anyoneOf(facts: Facts, group: string): Truth {
  if (facts.subjects === undefined) return NO_LIST;
  const rows = facts.subjects.filter((row) => row.most > 0);
  if (rows.some((row) => row.least > 0 && row.groups?.some((named) => named === group))) return true;
  const open = rows.some((row) => row.groups === undefined);
  const uncounted = rows.filter((row) => row.groups?.some((named) => named === group));
  if (!open && uncounted.length === 0) return false;
  return unknown([...(open ? ['subjects.groups'] : []), ...uncounted.map(countName)]);
}
