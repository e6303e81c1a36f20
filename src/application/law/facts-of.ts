import { Temporal } from 'temporal-polyfill';
import { FACT_NAMES } from '../../domain/law/facts-shape.ts';
import { parseFacts } from '../../domain/law/facts.ts';
import { nearest } from '../../domain/law/nearest.ts';
import type { Facts } from '../../domain/law/types.ts';
import { MOMENTS } from '../../domain/law/vocabulary.ts';
import { invalid, type InvalidInput, type Problem } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Json } from '../../domain/register/entry.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Organisation } from '../ports/staff.ts';

type Named = Readonly<Record<string, unknown>>;

/**
 * The facts of an incident over its organisation's profile, as the law engine reads them. What was met stands in
 * `filed`; a near miss or what is unknown is simply absent.
 * @throws if stored facts no longer parse: they were checked when they were given, so that would be a bug
 */
export function factsOf(incident: Incident, organisation: Pick<Organisation, 'profile' | 'zone'>): Facts {
  const known: Record<string, unknown> = {};
  for (const [name, fact] of Object.entries(incident.facts)) if ('value' in fact) known[name] = fact.value;
  const input = {
    zone: incident.zone,
    ...nest({ ...organisation.profile, ...known }),
    filed: filedOf(incident),
  };
  const facts = parseFacts(input);
  if (!facts.ok)
    throw new Error(`facts of incident ${incident.id} do not parse: ${JSON.stringify(facts.error)}`);
  return facts.value;
}

/**
 * Checks facts as a person gives them, by their dotted names (`data.categories`), and puts moments into one form
 * (UTC, whole seconds) so that what is stored has one meaning wherever it is read.
 */
export function readFacts(
  given: Named,
  zone: string | undefined,
): Result<Readonly<Record<string, Json>>, InvalidInput> {
  const problems: Problem[] = Object.keys(given).flatMap((name) => misnamed(name));
  const parsed = parseFacts({ ...(zone === undefined ? {} : { zone }), ...nest(given) });
  if (!parsed.ok) problems.push(...parsed.error.problems);
  if (problems.length > 0 || !parsed.ok) {
    return fail({
      kind: 'invalid-input',
      problems: problems.map((problem) => ({ ...problem, path: `facts.${problem.path}` })),
    });
  }
  const facts: Record<string, Json> = {};
  for (const [name, value] of Object.entries(given)) facts[name] = stored(name, value, parsed.value);
  return ok(facts);
}

/** The fact as it is kept: as it was given, its moments as instants. */
function stored(name: string, value: unknown, { moments, lawEnforcementHold, orders }: Facts): Json {
  if ((MOMENTS as readonly string[]).includes(name)) {
    const moment = moments[name as (typeof MOMENTS)[number]];
    return moment ? iso(moment) : (value as Json);
  }
  if (name === 'lawEnforcementHold' && lawEnforcementHold) {
    const { from, until } = lawEnforcementHold;
    return { from: iso(from), ...(until ? { until: iso(until) } : {}) };
  }
  if (name === 'orders')
    return orders.map(({ duty, at, dueAt }) => ({
      duty,
      at: iso(at),
      ...(dueAt ? { dueAt: iso(dueAt) } : {}),
    }));
  return value as Json;
}

function iso(moment: Temporal.Instant): string {
  return moment.toString({ smallestUnit: 'second' });
}

/** A single moment, by the same rules as a fact: with an offset, or local in the zone. */
export function readMoment(
  text: string,
  zone: string | undefined,
  path: string,
): Result<Temporal.Instant, InvalidInput> {
  const read = readFacts({ detectedAt: text }, zone);
  if (!read.ok)
    return fail({
      kind: 'invalid-input',
      problems: read.error.problems.map((problem) => ({ ...problem, path })),
    });
  const value = read.value['detectedAt'];
  return typeof value === 'string' ? ok(Temporal.Instant.from(value)) : fail(invalid(path, 'bad-moment'));
}

const PARENTS = [
  'data',
  'breach',
  'service',
  'significantBy',
  'exceptions',
  'directLoss',
  'lawEnforcementHold',
  'answered',
];

function misnamed(name: string): Problem[] {
  const parent = name.split('.')[0] ?? name;
  if (FACT_NAMES.includes(parent)) return [];
  const meant = nearest(name, FACT_NAMES);
  return [
    {
      path: name,
      key: 'unknown-key',
      values: meant === undefined ? { given: name } : { given: name, nearest: meant },
    },
  ];
}

/** `{'data.encrypted': true}` -> `{data: {encrypted: true}}`. */
function nest(flat: Named): Record<string, unknown> {
  const nested: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(flat)) {
    const dot = name.indexOf('.');
    const parent = name.slice(0, Math.max(dot, 0));
    if (!PARENTS.includes(parent)) nested[name] = value;
    else nested[parent] = { ...(nested[parent] as Named | undefined), [name.slice(dot + 1)]: value };
  }
  return nested;
}

function filedOf(incident: Incident): Record<string, { at: string; complete: boolean }> {
  return Object.fromEntries(
    incident.obligations.flatMap(({ key, met }) =>
      met ? [[key, { at: met.at.toString({ smallestUnit: 'second' }), complete: met.complete }]] : [],
    ),
  );
}
