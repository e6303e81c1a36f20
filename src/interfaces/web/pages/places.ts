import { placeOf, US_STATES } from '../../../domain/law/places.ts';
import type { Locale } from '../../shared/words.ts';

export interface PlaceName {
  readonly code: string;
  readonly name: string;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const CODES = LETTERS.flatMap((a) => LETTERS.map((b) => `${a}${b}`)).filter((code) => placeOf(code) === code);

// In the order of the domain's list of codes.
const STATE_NAMES = (
  'Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|District of Columbia|Florida|Georgia|Guam|' +
  'Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|' +
  'Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|' +
  'North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Puerto Rico|Rhode Island|South Carolina|South Dakota|Tennessee|' +
  'Texas|Utah|Vermont|Virginia|US Virgin Islands|Washington|West Virginia|Wisconsin|Wyoming'
).split('|');

const lists = new Map<Locale, readonly PlaceName[]>();

/** Every country by its name in the page's language, and the states of the US, where a part counts. */
export function placesIn(locale: Locale): readonly PlaceName[] {
  const known = lists.get(locale);
  if (known) return known;
  const names = new Intl.DisplayNames(locale === 'de' ? 'de-DE' : 'en-GB', { type: 'region' });
  const countries = CODES.map((code) => ({ code, name: names.of(code) ?? code }));
  const states = US_STATES.map((code, index) => ({ code, name: `US: ${STATE_NAMES[index] ?? code}` }));
  const list = [...countries.sort((a, b) => a.name.localeCompare(b.name, locale)), ...states];
  lists.set(locale, list);
  return list;
}

/** The name of a place; a part without a name of its own keeps its code. */
export function placeName(code: string, locale: Locale): string {
  return placesIn(locale).find((place) => place.code === code)?.name ?? code;
}

/** 'US: California', 'United States, California' and 'California, USA' all mean California. */
function withoutUs(text: string): string {
  const country = '(?:us|usa|united states)';
  return text
    .toLowerCase()
    .replace(new RegExp(`^${country}[:,]\\s*`), '')
    .replace(new RegExp(`,\\s*${country}$`), '');
}

/** The code that was typed or meant: `DE`, `de`, `Germany`, `Deutschland`, `California`; else what was typed. */
export function placeCode(typed: string): string {
  const text = typed.trim();
  const upper = text.toUpperCase();
  if (placeOf(upper) !== undefined) return upper;
  const wanted = withoutUs(text);
  for (const locale of ['en', 'de'] as const) {
    const found = placesIn(locale).find(({ name }) => withoutUs(name) === wanted);
    if (found) return found.code;
  }
  return upper;
}
