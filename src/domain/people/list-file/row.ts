import type { Column, Places } from './columns.ts';
import { EMAIL_LIMIT, readEmail } from './email.ts';

/** Why a row is not taken, in the order in which it is looked at. */
export const REJECT_REASONS = [
  'bad-row',
  'encoding',
  'too-long',
  'missing-contact',
  'invalid-email',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** A row as it stands in a file, cell by cell. */
export type Cells = readonly string[];

/** How a list is laid out: its columns, and how many fields its header has. */
export interface Layout {
  readonly places: Places;
  readonly header: Cells;
}

/** A field of more characters is none of a person. */
export const FIELD_LIMIT = 1000;

/** What stands where bytes could not be read: half of a surrogate pair, or a NUL. */
const UNREADABLE = /[\0\p{Cs}]/u;
const REPLACEMENT = '\ufffd';

/**
 * @param suspicion `none` where every byte of the file so far is known to be good; `replaced` where a replacement
 *   character stands for bytes that were not
 */
export type Suspicion = 'none' | 'some' | 'replaced';

/** The cell of a column, blanks at its ends gone; '' where there is no such column. */
export function cellOf(cells: Cells, { places }: Layout, column: Column): string {
  const place = places[column];
  return place === undefined ? '' : (cells[place] ?? '').trim();
}

/**
 * Looks whether a person can be read from a row.
 * @returns the reason why not, or the address as it is compared ('' where there is none: a letter on paper)
 */
export function judge(
  cells: Cells,
  layout: Layout,
  suspicion: Suspicion,
): { readonly reason: RejectReason } | { readonly email: string } {
  if (!isAsWide(cells, layout.header)) return { reason: 'bad-row' };
  if (suspicion !== 'none' && cells.some((cell) => isUnreadable(cell, suspicion)))
    return { reason: 'encoding' };
  const given = cellOf(cells, layout, 'email');
  if (isLonger(given, EMAIL_LIMIT) || hasLongField(cells, layout)) return { reason: 'too-long' };
  if (given === '') {
    const onPaper = cellOf(cells, layout, 'street') !== '' && cellOf(cells, layout, 'city') !== '';
    return onPaper ? { email: '' } : { reason: 'missing-contact' };
  }
  const email = readEmail(given);
  return email === null ? { reason: 'invalid-email' } : { email };
}

/** As many fields as the header; one empty field at the end of either is no difference. */
function isAsWide(cells: Cells, header: Cells): boolean {
  const more = cells.length - header.length;
  if (more === 0) return true;
  return (more === 1 && cells.at(-1)?.trim() === '') || (more === -1 && header.at(-1)?.trim() === '');
}

function isUnreadable(cell: string, suspicion: Suspicion): boolean {
  return UNREADABLE.test(cell) || (suspicion === 'replaced' && cell.includes(REPLACEMENT));
}

function hasLongField(cells: Cells, { places }: Layout): boolean {
  for (const place of Object.values(places))
    if (isLonger((cells[place] ?? '').trim(), FIELD_LIMIT)) return true;
  return false;
}

/** In characters: what is two units of UTF-16 counts once. */
function isLonger(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  return text.length > 2 * limit || Array.from(text).length > limit;
}
