import { placeOf } from '../../law/places.ts';
import type { Person } from '../person.ts';
import { tidy } from '../typed-list.ts';
import { NO_COUNTRY, UNDETERMINED, type Reader } from './check.ts';
import type { Column } from './columns.ts';
import { writableEmail } from './email.ts';
import { folded } from './fold.ts';
import { cellOf, type Cells, type Layout } from './row.ts';

/**
 * The person of a row that was accepted: what a letter needs, and nothing else of it. The date of birth and the number
 * of the customer are recognised, and left out: no letter needs them.
 */
export function personOfRow(cells: Cells, layout: Layout, { email, language, country }: Reader): Person {
  const cell = (column: Column): string => tidy(cellOf(cells, layout, column));
  const postal = postalOf(cells, layout, country);
  const place = country === NO_COUNTRY ? undefined : placeIn(country, cell('region'));
  return {
    name: nameOf(cell('name'), cell('firstName'), cell('lastName')),
    email: email === '' ? '' : writableEmail(cellOf(cells, layout, 'email'), email),
    ...(language === UNDETERMINED ? {} : { language }),
    ...(place === undefined ? {} : { country: place }),
    ...(postal.length > 0 ? { postal } : {}),
  };
}

/** `Vorname; Name` has the family name under `Name`; a whole name stands for itself. */
function nameOf(name: string, first: string, last: string): string {
  if (name === '') return [first, last].filter((part) => part !== '').join(' ');
  return first === '' || last !== '' || name.includes(first) ? name : `${first} ${name}`;
}

/** Where the line of the town is written the American way, with the state in it. */
const STATE_IN_LINE = ['US', 'CA', 'AU'];
/** Where the postcode has a line of its own. */
const CODE_BELOW = ['GB', 'IE'];

/** Lines below the name, as an envelope has them. */
function postalOf(cells: Cells, layout: Layout, country: string): readonly string[] {
  if (layout.places.street === undefined || layout.places.city === undefined) return [];
  const cell = (column: Column): string => tidy(cellOf(cells, layout, column));
  const street = cellOf(cells, layout, 'street')
    .split(/[\r\n]+/)
    .map(tidy);
  const [city, code, region] = [cell('city'), cell('postcode'), cell('region')];
  if (city === '' || street.every((line) => line === '')) return [];
  const spaced = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
  const town = STATE_IN_LINE.includes(country)
    ? [spaced(region === '' ? city : `${city},`, region, code)]
    : CODE_BELOW.includes(country)
      ? [city, code]
      : [spaced(code, city)];
  return [...street, ...town].filter((line) => line !== '');
}

/** States whose law may differ stand behind the country: `US-TX`, by code or by name. */
function placeIn(country: string, region: string): string | undefined {
  if (region === '') return placeOf(country);
  const state = country === 'US' ? (STATES[folded(region)] ?? region) : region;
  const part = STATE_IN_LINE.includes(country) ? placeOf(`${country}-${state.toUpperCase()}`) : undefined;
  return part ?? placeOf(country);
}

const STATES: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'Alabama AL, Alaska AK, Arizona AZ, Arkansas AR, California CA, Colorado CO, Connecticut CT, Delaware DE, ' +
    'District of Columbia DC, Washington DC DC, Florida FL, Georgia GA, Hawaii HI, Idaho ID, Illinois IL, Indiana IN, ' +
    'Iowa IA, Kansas KS, Kentucky KY, Louisiana LA, Maine ME, Maryland MD, Massachusetts MA, Michigan MI, ' +
    'Minnesota MN, Mississippi MS, Missouri MO, Montana MT, Nebraska NE, Nevada NV, New Hampshire NH, New Jersey NJ, ' +
    'New Mexico NM, New York NY, North Carolina NC, North Dakota ND, Ohio OH, Oklahoma OK, Oregon OR, Pennsylvania PA, ' +
    'Rhode Island RI, South Carolina SC, South Dakota SD, Tennessee TN, Texas TX, Utah UT, Vermont VT, Virginia VA, ' +
    'Washington WA, West Virginia WV, Wisconsin WI, Wyoming WY, Puerto Rico PR, Guam GU'
  )
    .split(', ')
    .map((state) => [folded(state.slice(0, -3)), state.slice(-2)]),
);
