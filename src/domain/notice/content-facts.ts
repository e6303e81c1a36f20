import { Temporal } from 'temporal-polyfill';
import type { Fact, Incident, Supplier } from '../incident/incident.ts';
import { liesIn } from '../law/places.ts';
import { MOMENTS, type MomentName } from '../law/vocabulary.ts';
import type { Json } from '../register/entry.ts';

const BREACH_KINDS = ['confidentiality', 'integrity', 'availability'] as const;
type BreachKind = (typeof BREACH_KINDS)[number];

/** How many people: from `least` to `most`; null where there is no upper bound yet. */
export interface PeopleCount {
  readonly least: number;
  readonly most: number | null;
}

/** What notices and letters are written from, read from the incident's facts; what is unknown is empty. */
export interface NoticeFacts {
  readonly breach: readonly BreachKind[];
  readonly categories: readonly string[];
  readonly groups: readonly string[];
  readonly people: PeopleCount | null;
  /** ISO 3166 of every row of people; null if a row has none, since then nobody can say where all of them are. */
  readonly places: readonly string[] | null;
  readonly moments: Readonly<Partial<Record<MomentName, Temporal.Instant>>>;
  /** Names of facts of which a person said 'unknown, because …'. */
  readonly unknown: ReadonlySet<string>;
  readonly supplier?: Supplier;
  /** A person said that it happened at no supplier of ours. */
  readonly withoutSupplier: boolean;
}

type Facts = Pick<Incident, 'facts'> & Partial<Pick<Incident, 'supplier' | 'answers'>>;

/** Reads what notices need. Facts stand under dotted names (`data.categories`) or whole (`data`): both are read. */
export function noticeFacts(incident: Facts): NoticeFacts {
  const rows = rowsOf(valueOf(incident, 'subjects'));
  const moments = MOMENTS.flatMap((name) => {
    const instant = instantOf(valueOf(incident, name));
    return instant ? [[name, instant] as const] : [];
  });
  return {
    breach: BREACH_KINDS.filter((kind) => valueOf(incident, `breach.${kind}`) === true),
    categories: textsOf(valueOf(incident, 'data.categories')),
    groups: [...new Set((rows ?? []).flatMap((row) => textsOf(row['groups'])))],
    people: rows && countOf(rows),
    places: rows && placesOf(rows),
    moments: Object.fromEntries(moments),
    unknown: new Set(
      Object.entries(incident.facts).flatMap(([name, fact]) => ('unknown' in fact ? [name] : [])),
    ),
    ...(incident.supplier ? { supplier: incident.supplier } : {}),
    withoutSupplier: !incident.supplier && known(incident.answers?.['supplierInvolved']) === false,
  };
}

/** How many people live in a place or its parts, or null where the facts have no row of it. */
export function peopleIn(incident: Facts, place: string): PeopleCount | null {
  const there = (rowsOf(valueOf(incident, 'subjects')) ?? []).filter((row) => {
    const home = row['place'];
    return typeof home === 'string' && liesIn(home, place) === 'yes';
  });
  return there.length === 0 ? null : countOf(there);
}

function valueOf({ facts }: Facts, name: string): Json | undefined {
  const whole = known(facts[name]);
  if (whole !== undefined) return whole;
  const dot = name.indexOf('.');
  const parent = dot < 0 ? undefined : known(facts[name.slice(0, dot)]);
  return isRecord(parent) ? parent[name.slice(dot + 1)] : undefined;
}

function known(fact: Fact | undefined): Json | undefined {
  return fact && 'value' in fact ? fact.value : undefined;
}

type Row = Readonly<Record<string, Json>>;

function isRecord(value: Json | undefined): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rowsOf(value: Json | undefined): readonly Row[] | null {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isRecord) : null;
}

function textsOf(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).filter((item): item is string => typeof item === 'string');
}

function placesOf(rows: readonly Row[]): readonly string[] | null {
  const places = rows.map((row) => row['place']);
  return places.every((place): place is string => typeof place === 'string') ? [...new Set(places)] : null;
}

function countOf(rows: readonly Row[]): PeopleCount {
  let least = 0;
  let most: number | null = 0;
  for (const row of rows) {
    const exact = numberOf(row['count']);
    // A row without a number says that there are people: at least one.
    least += exact ?? numberOf(row['min']) ?? (numberOf(row['max']) === undefined ? 1 : 0);
    const top = exact ?? numberOf(row['max']);
    most = most === null || top === undefined ? null : most + top;
  }
  return { least, most };
}

function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function instantOf(value: Json | undefined): Temporal.Instant | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return Temporal.Instant.from(value);
  } catch {
    // Facts are checked before they are taken over; a day without a time is no instant and is not guessed.
    return undefined;
  }
}
