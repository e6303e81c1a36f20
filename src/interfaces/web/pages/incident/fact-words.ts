import { Temporal } from 'temporal-polyfill';
import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import type { Fact } from '../../../../domain/incident/incident.ts';
import type { Json } from '../../../../domain/register/entry.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { textsOf } from '../../words/recipients.ts';
import { placeName } from '../places.ts';
import { number } from '../wall/rows.ts';
import { NONE, optionWords, planOf } from './fact-forms.ts';

/** A fact's value in words; `unknown` with its reason. */
export function factWords(
  visit: StaffVisit,
  view: Pick<IncidentView, 'words'>,
  name: string,
  fact: Fact,
): string {
  if (!('value' in fact))
    return visit.say('facts.unknown', { reason: view.words.get(fact.unknown.id) ?? '' });
  return valueWords(visit, name, fact.value);
}

/** A value in words, by the fact's kind. */
export function valueWords(visit: StaffVisit, name: string, value: Json): string {
  const { say, locale } = visit;
  const plan = planOf(name);
  if (typeof value === 'boolean') return say(`bool.${value}`);
  if (typeof value === 'number') return number(visit, value);
  switch (plan?.kind) {
    case 'moment':
      return momentWords(visit, value);
    case 'choice':
    case 'many': {
      const texts = textsOf(value);
      const all = texts.length === 0 ? [NONE] : texts;
      return all.map((one) => optionWords(visit, plan, one)).join(', ');
    }
    case 'people':
      return peopleWords(visit, value);
    case 'places':
      return textsOf(value)
        .map((code) => placeName(code, locale))
        .join(', ');
    case 'hold':
      return holdWords(visit, value as unknown as Hold);
    case 'orders':
      return (value as unknown as readonly Order[]).map((order) => orderWords(visit, order)).join('; ');
    default:
      return typeof value === 'object' ? JSON.stringify(value) : value;
  }
}

export interface Hold {
  readonly from: string;
  readonly until?: string;
}

export interface Order {
  readonly duty: string;
  readonly at: string;
  readonly dueAt?: string;
}

function momentWords({ times }: StaffVisit, value: Json | undefined): string {
  return typeof value === 'string' ? times.full(Temporal.Instant.from(value)) : '';
}

function holdWords(visit: StaffVisit, { from, until }: Hold): string {
  return visit.say('facts.hold', {
    from: momentWords(visit, from),
    until: momentWords(visit, until),
    ends: until === undefined ? 'no' : 'yes',
  });
}

function orderWords(visit: StaffVisit, { duty, at, dueAt }: Order): string {
  return visit.say('facts.order', {
    duty: visit.parts.house.law.duty(duty)?.title ?? duty,
    at: momentWords(visit, at),
    due: momentWords(visit, dueAt),
    hasDue: dueAt === undefined ? 'no' : 'yes',
  });
}

export interface SubjectRow {
  readonly place?: string;
  readonly count?: number;
  readonly min?: number;
  readonly max?: number;
  readonly groups?: readonly string[];
}

function peopleWords(visit: StaffVisit, value: Json): string {
  if (!Array.isArray(value)) return '';
  return value.length === 0
    ? visit.say('facts.nobody')
    : (value as readonly SubjectRow[]).map((row) => subjectWords(visit, row)).join(', ');
}

function subjectWords(visit: StaffVisit, row: SubjectRow): string {
  const { say, locale } = visit;
  const many =
    row.count !== undefined
      ? number(visit, row.count)
      : row.min !== undefined && row.max !== undefined
        ? say('facts.range', { min: number(visit, row.min), max: number(visit, row.max) })
        : say('facts.number-unknown');
  const place = row.place === undefined ? say('facts.place-unknown') : placeName(row.place, locale);
  const groups = groupWords(visit, row.groups ?? []);
  return say('facts.people-row', { place, many, groups, grouped: groups === '' ? 'no' : 'yes' });
}

/** Whose data these are: `customers, children`. */
export function groupWords({ say }: StaffVisit, groups: readonly string[]): string {
  return groups.map((group) => say(`group-of.${group}`)).join(', ');
}
