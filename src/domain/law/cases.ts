import type { DataCategory, Risk } from './vocabulary.ts';
import type { Facts, FactsInput } from './types.ts';

/**
 * The 18 examples of EDPB Guidelines 01/2021 (v2.0, 14 December 2021) in our words: what decided, and whether the
 * breach was to be documented, the authority and the people told. Read beside an incident, never in its place.
 */
export interface BreachCase {
  readonly no: number;
  readonly title: string;
  readonly decides: string;
  readonly people: number;
  readonly facts: {
    readonly data: {
      readonly categories: readonly DataCategory[];
      readonly encrypted: boolean;
      readonly keyCompromised?: boolean;
    };
    readonly breach: {
      readonly confidentiality: boolean;
      readonly integrity: boolean;
      readonly availability: boolean;
    };
    readonly malicious: boolean;
    readonly ransomware: boolean;
    readonly inadvertent: boolean;
  };
  readonly answer: { readonly document: boolean; readonly authority: boolean; readonly people: boolean };
  /** An honest input of ENISA's calculator for the case, made without looking at the answer. */
  readonly enisa: Readonly<Record<string, unknown>>;
}

type Kind = Pick<BreachCase['facts'], 'malicious' | 'ransomware' | 'inadvertent'>;

const attack: Kind = { malicious: true, ransomware: false, inadvertent: false };
const ransom: Kind = { malicious: true, ransomware: true, inadvertent: false };
const mistake: Kind = { malicious: false, ransomware: false, inadvertent: true };

const leaked = { confidentiality: true, integrity: false, availability: false };
const gone = { confidentiality: false, integrity: false, availability: true };
const both = { confidentiality: true, integrity: false, availability: true };

const open = (...categories: DataCategory[]): BreachCase['facts']['data'] => ({
  categories,
  encrypted: false,
});
const sealed = (...categories: DataCategory[]): BreachCase['facts']['data'] => ({
  categories,
  encrypted: true,
  keyCompromised: false,
});

const DOCUMENT = { document: true, authority: false, people: false };
const AUTHORITY = { document: true, authority: true, people: false };
const PEOPLE = { document: true, authority: true, people: true };

const score = (
  type: string,
  adjust: number,
  ei: string,
  circumstances: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Readonly<Record<string, unknown>> => ({ data: { type, adjust }, ei, circumstances, ...more });

export const EDPB_CASES: readonly BreachCase[] = [
  {
    no: 1,
    title: 'Ransomware with a good backup and nothing taken',
    decides: 'encrypted at rest, restored within hours, the logs show that nothing left',
    people: 50,
    facts: { data: sealed('name', 'email', 'phone'), breach: gone, ...ransom },
    answer: DOCUMENT,
    enisa: score('simple', 0, 'maximum', { availability: 0.25, malicious: true }, { unintelligible: true }),
  },
  {
    no: 2,
    title: 'Ransomware without a good backup',
    decides: 'a few dozen people, five days to restore, nothing taken',
    people: 40,
    facts: { data: open('name', 'email', 'employment-health'), breach: gone, ...ransom },
    answer: AUTHORITY,
    enisa: score('simple', 0, 'maximum', { availability: 0.25, malicious: true }),
  },
  {
    no: 3,
    title: 'Ransomware in a hospital, with a backup and nothing taken',
    decides: 'health data, operations put off, two days',
    people: 5000,
    facts: { data: open('name', 'health'), breach: gone, ...ransom },
    answer: PEOPLE,
    enisa: score('sensitive', 0, 'maximum', { availability: 0.25, malicious: true }),
  },
  {
    no: 4,
    title: 'Ransomware without a backup, and data taken',
    decides: 'a transport company, identity papers and cards, servers and backup encrypted',
    people: 5000,
    facts: { data: open('name', 'government-id', 'payment-card'), breach: both, ...ransom },
    answer: PEOPLE,
    enisa: score('financial', 1, 'maximum', { confidentiality: 0.5, availability: 0.5, malicious: true }),
  },
  {
    no: 5,
    title: 'Job applications copied from a web site',
    decides: 'malicious code for a month, about 200 applicants',
    people: 213,
    facts: { data: open('name', 'email', 'date-of-birth', 'profile'), breach: leaked, ...attack },
    answer: PEOPLE,
    enisa: score('simple', 1, 'maximum', { confidentiality: 0.5, malicious: true }),
  },
  {
    no: 6,
    title: 'Hashed passwords copied from a cooking site',
    decides: 'injection, 1,200 users, strong salted hashes, pseudonymous names',
    people: 1200,
    facts: { data: open('password-hash'), breach: leaked, ...attack },
    answer: DOCUMENT,
    enisa: score('simple', 0, 'limited', { confidentiality: 0.5, malicious: true }),
  },
  {
    no: 7,
    title: 'Credential stuffing against a bank',
    decides: '100,000 tries, 2,000 accounts opened, no payment made',
    people: 2000,
    facts: { data: open('name', 'online-credentials', 'bank-account'), breach: leaked, ...attack },
    answer: PEOPLE,
    enisa: score('financial', 0, 'maximum', { confidentiality: 0.5, malicious: true }),
  },
  {
    no: 8,
    title: 'An employee takes business contacts along',
    decides: 'leaves, and uses them for himself',
    people: 300,
    facts: { data: open('name', 'email', 'phone'), breach: leaked, ...attack },
    answer: AUTHORITY,
    enisa: score('simple', 0, 'maximum', { confidentiality: 0.25, malicious: true }),
  },
  {
    no: 9,
    title: 'A file sent by mistake to a trusted third party',
    decides:
      'an insurance agent sees the data of two dozen others, tells at once, deletes, is bound to secrecy',
    people: 24,
    facts: { data: open('name', 'economic'), breach: leaked, ...mistake },
    answer: DOCUMENT,
    enisa: score('financial', -1, 'significant', { confidentiality: 0.25 }),
  },
  {
    no: 10,
    title: 'Stolen tablets, encrypted',
    decides: 'password, wiped from afar, backup',
    people: 60,
    facts: { data: sealed('name', 'date-of-birth', 'children'), breach: both, ...attack },
    answer: DOCUMENT,
    enisa: score('simple', 2, 'maximum', { confidentiality: 0.5, malicious: true }, { unintelligible: true }),
  },
  {
    no: 11,
    title: 'A stolen notebook, not encrypted',
    decides: 'contact data of over 100,000 customers',
    people: 100_000,
    facts: { data: open('name', 'email', 'postal-address', 'date-of-birth'), breach: leaked, ...attack },
    answer: PEOPLE,
    enisa: score('simple', 0, 'maximum', { confidentiality: 0.5, malicious: true }, { individuals: 100_000 }),
  },
  {
    no: 12,
    title: 'A stolen paper register with health data',
    decides: 'a clinic for addiction, no copy',
    people: 200,
    facts: { data: open('name', 'health'), breach: both, ...attack },
    answer: PEOPLE,
    enisa: score('sensitive', 0, 'maximum', { confidentiality: 0.5, availability: 0.5, malicious: true }),
  },
  {
    no: 13,
    title: 'Two parcels swapped',
    decides: 'a shop, two customers, asked back',
    people: 2,
    facts: { data: open('name', 'postal-address', 'order-history'), breach: leaked, ...mistake },
    answer: DOCUMENT,
    enisa: score('behavioural', -1, 'maximum', { confidentiality: 0.25 }),
  },
  {
    no: 14,
    title: 'A confidential list mailed to the wrong people',
    decides: 'job seekers with their identity numbers, over 60,000',
    people: 60_000,
    facts: { data: open('name', 'email', 'postal-address', 'ssn'), breach: leaked, ...mistake },
    answer: PEOPLE,
    enisa: score('simple', 1, 'maximum', { confidentiality: 0.5 }, { individuals: 60_000 }),
  },
  {
    no: 15,
    title: 'A list of participants sent to the wrong list',
    decides: '15 former participants, what two of them cannot eat',
    people: 15,
    facts: { data: open('name', 'email', 'health'), breach: leaked, ...mistake },
    answer: DOCUMENT,
    enisa: score('sensitive', -2, 'significant', { confidentiality: 0.25 }),
  },
  {
    no: 16,
    title: 'An insurance letter with the data of another',
    decides: 'one person, data of the contract',
    people: 1,
    facts: { data: open('name', 'postal-address', 'economic'), breach: leaked, ...mistake },
    answer: AUTHORITY,
    enisa: score('financial', -1, 'maximum', { confidentiality: 0.25 }),
  },
  {
    no: 17,
    title: 'Identity theft by telephone',
    decides: 'the invoices of another sent to a new address',
    people: 1,
    facts: { data: open('name', 'economic', 'communications'), breach: leaked, ...attack },
    answer: PEOPLE,
    enisa: score('financial', 0, 'maximum', { confidentiality: 0.5, malicious: true }),
  },
  {
    no: 18,
    title: 'Mail forwarded to strangers for months',
    decides: 'a chain of supermarkets, a forwarding rule for three months, payroll data',
    people: 99,
    facts: { data: open('name', 'economic', 'bank-account'), breach: leaked, ...attack },
    answer: PEOPLE,
    enisa: score('financial', 0, 'maximum', { confidentiality: 0.5, malicious: true }),
  },
];

/** The risk that the answer of a case rests on. */
export function riskOf({ answer }: BreachCase): Risk {
  if (answer.people) return 'high';
  return answer.authority ? 'risk' : 'unlikely';
}

/** The facts of a case as the contract of facts writes them. */
export function factsOfCase(one: BreachCase): FactsInput {
  return { ...one.facts, subjects: [{ place: 'DE', count: one.people }], risk: riskOf(one) };
}

export interface NearCase {
  readonly case: BreachCase;
  /** 0 nothing in common, 1 alike in all that is known. */
  readonly likeness: number;
}

/** The cases most like an incident, by what is known of it; what is unknown neither brings near nor parts. */
export function nearestCases(facts: Facts, count = 3): readonly NearCase[] {
  return EDPB_CASES.map((one) => ({ case: one, likeness: likeness(facts, one) }))
    .sort((a, b) => b.likeness - a.likeness || a.case.no - b.case.no)
    .slice(0, count);
}

function likeness(facts: Facts, one: BreachCase): number {
  const marks: (readonly [weight: number, like: number])[] = [];
  const same = (weight: number, ours: boolean | undefined, theirs: boolean): void => {
    if (ours !== undefined) marks.push([weight, ours === theirs ? 1 : 0]);
  };
  same(3, facts.flags.ransomware, one.facts.ransomware);
  same(2, facts.flags.malicious, one.facts.malicious);
  // Closed when missing, so that only a yes says something.
  if (facts.flags.inadvertent === true) same(2, true, one.facts.inadvertent);
  same(2, facts.data.encrypted, one.facts.data.encrypted);
  for (const side of ['confidentiality', 'integrity', 'availability'] as const) {
    same(1, facts.breach[side], one.facts.breach[side]);
  }
  const ours = facts.data.categories;
  if (ours && ours.length > 0) {
    const theirs = one.facts.data.categories;
    const shared = ours.filter((category) => theirs.includes(category)).length;
    marks.push([4, shared / (ours.length + theirs.length - shared)]);
  }
  const people = (facts.subjects ?? []).reduce((sum, row) => sum + row.least, 0);
  // Tenfold more or fewer is another size; a hundredfold has nothing in common.
  if (people > 0) marks.push([1, Math.max(0, 1 - Math.abs(Math.log10(people / one.people)) / 2)]);
  const weight = marks.reduce((sum, [each]) => sum + each, 0);
  return weight === 0 ? 0 : marks.reduce((sum, [each, like]) => sum + each * like, 0) / weight;
}
