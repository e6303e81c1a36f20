import type { Temporal } from 'temporal-polyfill';
import type { Attachment, Field, Party, PlaceCount, Values } from './fields.ts';
import { inLanguage } from './form.ts';
import { wordsOfCode, type Vocabulary } from './vocabulary.ts';

/** In what a value is said: the language of the pack, and the zone of its moments. */
export interface Tongue {
  readonly language: string;
  /** IANA zone. */
  readonly zone: string;
  readonly vocabulary: Vocabulary;
}

/**
 * A value of no closed list, ready to paste: free text exactly as its author wrote it, moments in the incident's
 * zone with their offset, lists one a line.
 */
export function sayValue(field: Field, values: Values, tongue: Tongue): string {
  const { 'other-parties': parties, 'subjects-by-place': places } = values;
  if (field === 'other-parties') return (parties ?? []).map((party) => sayParty(party, tongue)).join('\n');
  if (field === 'subjects-by-place') return (places ?? []).map(sayPlace).join('\n');
  const value = values[field];
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (isList(value)) return value.map((item) => sayItem(item, tongue)).join('\n');
  return sayMoment(value, tongue.zone);
}

/** `2026-11-16 07:30 (UTC+01:00)`: read the same in every country. */
export function sayMoment(at: Temporal.Instant, zone: string): string {
  const local = at.toZonedDateTimeISO(zone);
  const { offset } = local;
  const day = local.toPlainDate().toString();
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${day} ${time} (UTC${offset === '+00:00' ? '' : offset})`;
}

function isList(value: object): value is readonly (string | Party | PlaceCount | Attachment)[] {
  return Array.isArray(value);
}

function sayItem(item: string | Party | PlaceCount | Attachment, { vocabulary, language }: Tongue): string {
  if (typeof item === 'string') return item;
  if (!('kind' in item)) return '';
  return [wordsOfCode(vocabulary, 'attachment-kind', item.kind, language), item.name].join(': ');
}

function sayParty({ role, name, contact }: Party, { vocabulary, language }: Tongue): string {
  const who = [name, contact].filter((part) => part !== '').join(', ');
  return `${wordsOfCode(vocabulary, 'party-role', role, language)}: ${who}`;
}

function sayPlace({ place, count }: PlaceCount): string {
  return `${place}: ${count}`;
}

/** An approximate number where the form asks for no mode: it says so itself. */
export function sayAbout(number: string, { language, vocabulary }: Tongue): string {
  return inLanguage(vocabulary.phrases.about, language).replace('{number}', number);
}
