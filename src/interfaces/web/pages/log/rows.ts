import type { Form } from '../../request/form.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { textsOf } from '../../words/recipients.ts';
import { placeCode, placeName } from '../places.ts';
import type { Typed } from './typed.ts';

/** Where a shop's customers usually live, offered at one press beside where the organisation itself is. */
const USUAL = ['DE', 'AT', 'CH', 'FR', 'NL', 'GB'];
const OFFERED = 6;

/** The form with a place more or less, if a button for that was pressed; null if none was. */
export function changeRows(typed: Typed, form: Form): Typed | null {
  if (form.has('more-places')) return { ...typed, spare: typed.spare + 2 };
  if (form.has('add-place'))
    return { ...typed, rows: [...typed.rows, { place: form.text('add-place'), people: '' }] };
  if (!form.has('remove-place')) return null;
  const gone = form.int('remove-place', -1);
  return { ...typed, rows: typed.rows.filter((_row, index) => index !== gone) };
}

/** Places that can be added at one press: those of the organisation first, none that is there already. */
export function quickPlaces(visit: StaffVisit, typed: Typed): readonly { readonly name: string }[] {
  const { profile } = visit.organisation;
  const own = [...textsOf(profile['mainEstablishment']), ...textsOf(profile['establishments'])];
  const there = new Set(typed.rows.map(({ place }) => placeCode(place)));
  const countries = [...own.map((code) => code.slice(0, 2)), ...USUAL];
  return [...new Set(countries)]
    .filter((code) => !there.has(code))
    .slice(0, OFFERED)
    .map((code) => ({ name: placeName(code, visit.locale) }));
}
