import { EEA } from '../law/places.ts';

/**
 * What differs between readers of one letter, by where they live: the form that California or Massachusetts prescribe,
 * the information that the US want, the authority of Europe or the UK, or the advice that holds everywhere. `us-unknown`
 * lives in the US and nobody said in which state, so that no state's own form can be given.
 */
export type Variant =
  'california' | 'massachusetts' | 'us' | 'us-unknown' | 'eea' | 'uk' | 'elsewhere' | 'general';

const STATES_WITH_A_FORM: Readonly<Record<string, Variant>> = {
  'US-CA': 'california',
  'US-MA': 'massachusetts',
};

/** @param place ISO 3166 as it stands on the list; '' where it does not say */
export function variantFor(place: string): Variant {
  if (place === '') return 'general';
  if (place === 'US') return 'us-unknown';
  if (place.startsWith('US-')) return STATES_WITH_A_FORM[place] ?? 'us';
  const [country = ''] = place.split('-');
  if (EEA.includes(country)) return 'eea';
  return country === 'GB' ? 'uk' : 'elsewhere';
}

/** How many of a list get which variant. @param count of everybody, with those whose place is not known */
export function variantsOf(
  countries: Readonly<Record<string, number>>,
  count: number,
): ReadonlyMap<Variant, number> {
  const found = new Map<Variant, number>();
  const add = (variant: Variant, people: number): void => {
    if (people > 0) found.set(variant, (found.get(variant) ?? 0) + people);
  };
  let placed = 0;
  for (const [place, people] of Object.entries(countries)) {
    add(variantFor(place), people);
    placed += people;
  }
  // The head of a list counts nobody twice, and under '' nobody whose place is not known.
  add('general', count - placed);
  return found;
}
