import type { InvalidInput, Problem } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { readCountry } from './list-file/countries.ts';
import type { Person } from './person.ts';
import { placeOfPostal } from './postal-place.ts';

export const BATCH_SIZE = 1000;
const NAME_LIMIT = 200;
const ADDRESS_LIMIT = 254;

/** Deliberately plain: one @, no spaces or control characters, a dot in the domain. What is deliverable only a mail server knows. */
const ADDRESS = /^[^\s@<>,;"\p{Cc}]{1,64}@[^\s@<>,;"\p{Cc}]+\.[^\s@<>,;"\p{Cc}.]{2,}$/u;
const POSTAL_LINES = 6;
const POSTAL_LINE_LIMIT = 100;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/**
 * A person as typed; a postal address has its lines apart by line breaks or commas. `otherwise` is the country where
 * neither the row nor its address says one.
 */
export type PersonRow = Partial<Record<keyof Person | 'otherwise', string>>;

/**
 * People typed or pasted in; each can be reached by e-mail, by post, or both. Every fault is told with its place
 * (`people[2].email`); an address that stands twice is a fault, since each person gets one letter.
 * @param known whether a code is a country or one of its parts (ISO 3166)
 */
export function readPeople(
  rows: readonly PersonRow[],
  known: (country: string) => boolean,
): Result<readonly Person[], InvalidInput> {
  const problems: Problem[] = [];
  const people: Person[] = [];
  const seen = new Map<string, number>();
  if (rows.length === 0) problems.push({ path: 'people', key: 'people.none' });
  rows.forEach((row, index) => {
    const person = readPerson(row, `people[${index}]`, known, problems);
    const twin = seen.get(person.email.toLowerCase());
    if (twin !== undefined && person.email !== '') {
      problems.push({ path: `people[${index}].email`, key: 'people.twice', values: { row: twin + 1 } });
    }
    seen.set(person.email.toLowerCase(), index);
    people.push(person);
  });
  return problems.length > 0 ? fail({ kind: 'invalid-input', problems }) : ok(people);
}

function readPerson(
  row: PersonRow,
  path: string,
  known: (country: string) => boolean,
  problems: Problem[],
): Person {
  const name = tidy(row.name);
  const email = tidy(row.email);
  const language = tidy(row.language);
  if (name === '') problems.push({ path: `${path}.name`, key: 'people.name-missing' });
  if (name.length > NAME_LIMIT)
    problems.push({ path: `${path}.name`, key: 'text.too-long', values: { limit: NAME_LIMIT } });
  const postal = postalLines(row.postal);
  const country = countryOf(tidy(row.country), postal, known) || tidy(row.otherwise);
  if (email === '' && postal.length === 0) problems.push({ path: `${path}.email`, key: 'people.no-address' });
  else if (email !== '' && (email.length > ADDRESS_LIMIT || !ADDRESS.test(email)))
    problems.push({ path: `${path}.email`, key: 'email.invalid' });
  if (postal.length > POSTAL_LINES || postal.some((line) => line.length > POSTAL_LINE_LIMIT))
    problems.push({
      path: `${path}.postal`,
      key: 'postal.too-long',
      values: { lines: POSTAL_LINES, limit: POSTAL_LINE_LIMIT },
    });
  if (language !== '' && !LANGUAGE.test(language)) {
    problems.push({ path: `${path}.language`, key: 'language.invalid' });
  }
  if (country !== '' && !known(country)) {
    problems.push({ path: `${path}.country`, key: 'place.unknown', values: { value: country } });
  }
  return {
    name,
    email,
    ...(language ? { language } : {}),
    ...(country ? { country } : {}),
    ...(postal.length > 0 ? { postal } : {}),
  };
}

/** As typed, by code or by name; where nothing was typed, as the envelope says. */
function countryOf(typed: string, postal: readonly string[], known: (country: string) => boolean): string {
  if (typed === '') return placeOfPostal(postal) ?? '';
  const code = typed.toUpperCase();
  return known(code) ? code : (readCountry(typed) ?? code);
}

/** The lines of an envelope: those that were typed, or the parts between commas of a single one. */
function postalLines(text: string | undefined): readonly string[] {
  const lines = (text ?? '').split(/\r\n|[\n\r\u2028\u2029]/u);
  const parts = lines.filter((line) => line.trim() !== '').length > 1 ? lines : lines.join(' ').split(',');
  return parts.map(tidy).filter((line) => line !== '');
}

/** What a million names mostly have none of: looked for first, since it is dear to take away. */
const UNTIDY = /[\p{Cc}\p{Zl}\p{Zp}]| {2}|^\s|\s$/u;

/** Spaces folded, control characters and line breaks gone: a name must never become a second mail header. */
export function tidy(text: string | undefined): string {
  if (text === undefined || !UNTIDY.test(text)) return text ?? '';
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
