import { fail, ok, type Result } from '../../result.ts';
import { readEmail } from './email.ts';
import { folded } from './fold.ts';
import { BESIDE, HEADERS } from './headers.ts';

/** What is taken from a list, by our names for it; everything else that stands in it is dropped. */
export const COLUMNS = [
  'email',
  'name',
  'firstName',
  'lastName',
  'language',
  'country',
  'street',
  'postcode',
  'city',
  'region',
  'birthDate',
  'id',
] as const;
export type Column = (typeof COLUMNS)[number];

/** At which place of a row each column stands, from 0. */
export type Places = Readonly<Partial<Record<Column, number>>>;

const KNOWN: ReadonlyMap<string, Column> = new Map(
  COLUMNS.flatMap((column) => namesIn(HEADERS[column]).map((name) => [name, column] as const)),
);
const DEPENDING = BESIDE.flatMap((one) => namesIn(one.headers).map((name) => ({ ...one, name })));

function namesIn(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map(folded)
    .filter((name) => name !== '');
}

/** Finds the columns by their headers, as they stand in ten languages. Where two mean the same, the first is taken. */
export function recognise(header: readonly string[]): Places {
  const names = header.map(folded);
  const meant = names.map((name) => KNOWN.get(name));
  const columns = names.map((name, place) => {
    const depends = DEPENDING.find((one) => one.name === name);
    if (!depends) return meant[place];
    return meant.includes(depends.beside) ? depends.then : depends.else;
  });
  return placesOf(columns);
}

/** Where each column stands, by what a person or the header says of each place; the first of its name is taken. */
export function placesOf(columns: readonly (Column | undefined)[]): Places {
  const places: Partial<Record<Column, number>> = {};
  columns.forEach((column, place) => {
    if (column !== undefined) places[column] ??= place;
  });
  return places;
}

/** The recognised columns by the headers as they are written. */
export function headersOf(
  places: Places,
  header: readonly string[],
): Readonly<Partial<Record<Column, string>>> {
  return Object.fromEntries(
    COLUMNS.flatMap((column) => {
      const place = places[column];
      return place === undefined ? [] : [[column, header[place] ?? '']];
    }),
  );
}

/** Whether anybody of such a list could be reached: by e-mail, or on paper by street and city. */
export function reachesSomebody(places: Places): boolean {
  return places.email !== undefined || (places.street !== undefined && places.city !== undefined);
}

/** Whether a row holds an e-mail address: then it is a person, and no header. */
export function holdsAddress(cells: readonly string[]): boolean {
  return cells.some((cell) => readEmail(cell.trim()) !== null);
}

/**
 * Reads the first row of a list as its header.
 * @returns `no-header` where it holds an e-mail address, or names no column by which anybody could be reached
 */
export function readHeader(header: readonly string[]): Result<Places, 'no-header'> {
  if (holdsAddress(header)) return fail('no-header');
  const places = recognise(header);
  return reachesSomebody(places) ? ok(places) : fail('no-header');
}
