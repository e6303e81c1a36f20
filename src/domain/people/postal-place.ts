import { placeOf } from '../law/places.ts';
import { readCountry } from './list-file/countries.ts';

/** Codes that Europe writes before a postcode, where they are not those of ISO. */
const BEFORE_POSTCODE: Readonly<Record<string, string>> = {
  A: 'AT',
  B: 'BE',
  D: 'DE',
  F: 'FR',
  I: 'IT',
  L: 'LU',
};

const PREFIXED = /^([A-Z]{1,2})-\d{4,5}\b/;
const OF_THE_UK = /\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/i;
const OF_THE_US = /\b([A-Z]{2}) \d{5}(?:-\d{4})?$/;

/**
 * Where somebody lives, by the lines of an envelope: a last line that names the country, a postcode with the country
 * before it (`A-1010 Wien`), a state and a ZIP code, a British postcode. A letter gives other advice in other places,
 * so nothing is guessed from what could be several.
 * @returns ISO 3166-1, with the state in the US (`US-CA`); undefined where the lines do not say
 */
export function placeOfPostal(lines: readonly string[]): string | undefined {
  const [last = '', before = ''] = [...lines].reverse();
  // Two letters alone are a country only in capitals; a word must be a country's name.
  const named = /^[^\d]{3,}$|^[A-Z]{2}$/.test(last) ? readCountry(last) : null;
  if (named === 'US') return stateIn(before) ?? 'US';
  if (named !== null) return named;
  const prefix = PREFIXED.exec(last)?.[1];
  if (prefix !== undefined) return BEFORE_POSTCODE[prefix] ?? placeOf(prefix);
  return stateIn(last) ?? (OF_THE_UK.test(last) ? 'GB' : undefined);
}

function stateIn(line: string): string | undefined {
  const state = OF_THE_US.exec(line)?.[1];
  return state === undefined ? undefined : placeOf(`US-${state}`);
}
