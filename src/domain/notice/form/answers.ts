import { Temporal } from 'temporal-polyfill';
import { parseMoment } from '../../law/moments.ts';
import { nearestPlace, placeOf } from '../../law/places.ts';
import type { Problem } from '../../errors.ts';
import {
  FIELD_NAMES,
  isField,
  ruleOf,
  type Field,
  type Party,
  type PlaceCount,
  type Value,
  type Values,
} from './fields.ts';
import { codesOf, TBD } from './lists.ts';
import { isOwn, type OwnAnswers, type OwnName } from './own.ts';

/** What a person typed into the fields of a notice, by field; an empty one takes an answer back. */
export type Answers = Readonly<Record<string, string>>;

export interface ReadAnswers {
  readonly values: Values;
  /** Fields of which 'to be determined' was said and whose own list has no such value. */
  readonly follows: readonly Field[];
  /** Answers to questions that only the notice's form asks. */
  readonly own: OwnAnswers;
  readonly problems: readonly Problem[];
}

type Read = { readonly value: Value } | { readonly key: string; readonly values?: Problem['values'] };

/** Reads answers as they were typed; moments without an offset are local in the zone. */
export function readAnswers(answers: Answers, zone: string): ReadAnswers {
  const values: Partial<Record<Field, Value>> = {};
  const follows: Field[] = [];
  const own: Record<OwnName, string> = {};
  const problems: Problem[] = [];
  for (const [name, text] of Object.entries(answers)) {
    if (isOwn(name) && text.trim() !== '') own[name] = text;
    if (!isField(name) || text.trim() === '') continue;
    if (text.trim() === TBD && !hasTbd(name)) {
      follows.push(name);
      continue;
    }
    const read = readOne(name, text, zone);
    if ('value' in read) values[name] = read.value;
    else
      problems.push({ path: `form.${name}`, key: read.key, ...(read.values ? { values: read.values } : {}) });
  }
  return { values: values as Values, follows, own, problems };
}

function hasTbd(field: Field): boolean {
  const { list } = ruleOf(field);
  return list !== undefined && codesOf(list).includes(TBD);
}

function readOne(field: Field, text: string, zone: string): Read {
  const { type, list } = ruleOf(field);
  switch (type) {
    case 'one':
    case 'many': {
      const codes = type === 'one' ? [text.trim()] : wordsIn(text);
      const wrong = codes.find((code) => list !== undefined && !codesOf(list).includes(code));
      if (wrong !== undefined) return { key: 'form.value', values: { given: wrong } };
      return { value: type === 'one' ? text.trim() : codes };
    }
    case 'number':
      return /^\d{1,12}$/.test(text.trim()) ? { value: Number(text.trim()) } : { key: 'form.number' };
    case 'moment': {
      const parsed = parseMoment(text.trim(), zone);
      return parsed.ok ? { value: parsed.value.instant } : { key: 'form.moment' };
    }
    case 'states':
      return placesRead(wordsIn(text));
    case 'places':
      return linesRead(text, placeRead);
    case 'parties':
      return linesRead(text, partyRead);
    case 'files':
      return { value: linesIn(text).map((name) => ({ kind: 'other', name })) };
    default:
      return { value: text };
  }
}

function placesRead(codes: readonly string[]): Read {
  const wrong = codes.find((code) => placeOf(code) === undefined);
  return wrong === undefined ? { value: codes } : misplaced(wrong);
}

function misplaced(given: string): { readonly key: string; readonly values: NonNullable<Problem['values']> } {
  return { key: 'form.place', values: { given, nearest: nearestPlace(given) ?? '–' } };
}

/** `DE: 17900`, one a line. */
function placeRead(line: string): PlaceCount | ReturnType<typeof misplaced> | { readonly key: string } {
  const [, place = '', count = ''] = /^([A-Z]{2}(?:-[A-Z0-9]{1,4})?)\s*:?\s+(\d{1,12})$/.exec(line) ?? [];
  if (place === '') return { key: 'form.place-line' };
  return placeOf(place) === undefined ? misplaced(place) : { place, count: Number(count) };
}

/** `processor: Host One BV, soc@host.example`, one a line. */
function partyRead(line: string): Party | { readonly key: string } {
  const [, role = '', name = '', contact = ''] = /^([a-z-]+):\s*([^,]+)(?:,\s*(.+))?$/.exec(line) ?? [];
  return codesOf('party-role').includes(role)
    ? { role, name: name.trim(), contact: contact.trim() }
    : { key: 'form.party-line' };
}

type Line = Party | PlaceCount | { readonly key: string; readonly values?: Problem['values'] };

function linesRead(text: string, read: (line: string) => Line): Read {
  const rows: (Party | PlaceCount)[] = [];
  for (const line of linesIn(text)) {
    const row = read(line);
    if ('key' in row) return { key: row.key, values: { ...row.values, line } };
    rows.push(row);
  }
  return { value: rows as readonly Party[] | readonly PlaceCount[] };
}

function linesIn(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function wordsIn(text: string): readonly string[] {
  return text
    .split(/[\s,]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** The answer as it would be typed, so that what was filled can be changed; reading it gives the value again. */
export function typedOf(field: Field, values: Values, zone: string): string {
  const value: unknown = values[field];
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (value instanceof Temporal.Instant) {
    return value.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
  }
  const { 'subjects-by-place': places = [], 'other-parties': parties = [] } = values;
  if (field === 'subjects-by-place') return places.map(({ place, count }) => `${place}: ${count}`).join('\n');
  if (field === 'other-parties') {
    return parties
      .map(
        ({ role, name, contact }) => `${role}: ${[name, contact].filter((part) => part !== '').join(', ')}`,
      )
      .join('\n');
  }
  const items = value as readonly (string | { readonly name: string })[];
  return items.map((item) => (typeof item === 'string' ? item : item.name)).join(isText(items) ? ', ' : '\n');
}

function isText(items: readonly unknown[]): boolean {
  return items.every((item) => typeof item === 'string');
}

/** The fields that elements of the law's list stand for and that may follow. */
export function fieldsThatFollow(elements: readonly string[]): readonly Field[] {
  return FIELD_NAMES.filter((field) => {
    const { element, later } = ruleOf(field);
    return later === 'tbd' && element !== null && elements.includes(element);
  });
}
