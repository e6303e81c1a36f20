import { dutyOf } from '../facts.ts';
import { anyoneOf, atLeast, atLeastInOneState, peopleIn, peopleOf } from '../people.ts';
import { liesIn, ZONES_OF_LAW } from '../places.ts';
import type { Facts } from '../types.ts';
import type { SignificantBy } from '../vocabulary.ts';
import { unknown, type Truth } from './truth.ts';

/** What a question may ask beside the facts: which ids stand for a duty's filings (itself, its forms). */
export interface Filings {
  standsFor(dutyId: string): readonly string[];
}

/** A question of the domain: from facts, and words or numbers of the condition, to yes, no or unknown. */
export type Question = (facts: Facts, filings: Filings, word: string, n: number) => Truth;

/** A question with the types of its words as CEL writes them. */
export interface Signed {
  readonly takes: readonly ('string' | 'int')[];
  readonly ask: Question;
}

const WORD = ['string'] as const;
const NUMBER = ['int'] as const;
const BOTH = ['string', 'int'] as const;

const NO_ROLE = unknown(['role']);
const NO_SECTORS = unknown(['sectors']);
const NO_ESTABLISHMENTS = unknown(['establishments']);
const NO_CATEGORIES = unknown(['data.categories']);

/** The questions that conditions may ask, by their names; a number that stands alone comes as `n`. */
export const QUESTIONS: Readonly<Record<string, Signed>> = {
  peopleIn: { takes: WORD, ask: (facts, _, place) => peopleIn(facts, place) },
  moreThan: { takes: BOTH, ask: (facts, _, place, n) => atLeast(facts, place, n + 1) },
  atLeast: { takes: BOTH, ask: (facts, _, place, n) => atLeast(facts, place, n) },
  // For laws that say 'or the number is unknown': what is unknown counts as more.
  mayBeMoreThan: {
    takes: BOTH,
    ask: (facts, _, place, n) => (peopleOf(facts, place)?.most ?? Infinity) > n,
  },
  moreThanInOneState: { takes: NUMBER, ask: (facts, _, _word, n) => atLeastInOneState(facts, n + 1) },
  atLeastInOneState: { takes: NUMBER, ask: (facts, _, _word, n) => atLeastInOneState(facts, n) },
  group: { takes: WORD, ask: (facts, _, group) => anyoneOf(facts, group) },
  roleIs: { takes: WORD, ask: ({ role }, _, asked) => role?.some((one) => one === asked) ?? NO_ROLE },
  establishedIn: { takes: WORD, ask: (facts, _, place) => establishedIn(facts, place) },
  sector: {
    takes: WORD,
    ask: ({ sectors }, _, asked) => sectors?.some((one) => one === asked) ?? NO_SECTORS,
  },
  data: { takes: WORD, ask: (facts, _, category) => holdsData(facts, category) },
  anyData: {
    takes: [],
    ask: ({ data: { categories } }) => (categories ? categories.length > 0 : NO_CATEGORIES),
  },
  significantBy: {
    takes: WORD,
    ask: ({ significantBy, significant }, _, law) =>
      significantBy[law as SignificantBy] ?? significant ?? unknown(['significant']),
  },
  happened: {
    takes: WORD,
    ask: ({ moments }, _, moment) =>
      (moments as Record<string, unknown>)[moment] === undefined ? unknown([moment]) : true,
  },
  filed: { takes: WORD, ask: (facts, filings, duty) => filingsOf(facts, filings, duty).length > 0 },
  incomplete: {
    takes: WORD,
    ask: (facts, filings, duty) => filingsOf(facts, filings, duty).some((filing) => !filing.complete),
  },
  ordered: { takes: WORD, ask: ({ orders }, _, duty) => orders.some((order) => order.duty === duty) },
  answered: {
    takes: WORD,
    ask: ({ answered }, _, duty) => answered.get(duty) ?? unknown([`answered.${duty}`]),
  },
};

/** `owed("any-authority")`: whether any other duty to tell an authority is owed. */
export const ANY_AUTHORITY = 'any-authority';

/** Questions about other duties and about the law's own dates: the engine answers them, never CEL. */
export const ENGINE_QUESTIONS = ['owed', 'since', 'term'] as const;

/** Whether we are established in a place: our main establishment is one of them, whatever else is known. */
export function establishedIn(of: Facts, asked: string): Truth {
  if (of.mainEstablishment !== undefined && liesIn(of.mainEstablishment, asked) === 'yes') return true;
  if (of.establishments === undefined) return NO_ESTABLISHMENTS;
  const answers = of.establishments.map((place) => liesIn(place, asked));
  if (answers.includes('yes')) return true;
  return !ZONES_OF_LAW.has(asked) && answers.includes('maybe') && NO_ESTABLISHMENTS;
}

function holdsData({ data }: Facts, category: string): Truth {
  const categories: readonly string[] | undefined = data.categories;
  if (categories === undefined) return NO_CATEGORIES;
  if (categories.includes(category)) return true;
  if (category !== 'online-credentials' || !categories.includes('email')) return false;
  if (categories.includes('password-plain')) return true;
  // Whether a hash can be turned back is for a person to say, by naming the credentials or dropping the hash.
  return categories.includes('password-hash') && NO_CATEGORIES;
}

function filingsOf(
  { filed }: Facts,
  filings: Filings,
  dutyId: string,
): readonly { readonly complete: boolean }[] {
  if (filed.size === 0) return [];
  const ids = filings.standsFor(dutyId);
  return [...filed].filter(([key]) => ids.includes(dutyOf(key))).map(([, filing]) => filing);
}
