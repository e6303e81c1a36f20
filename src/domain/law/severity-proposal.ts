import type { DataType } from './severity.ts';
import type { Facts } from './types.ts';
import type { DataCategory } from './vocabulary.ts';

/** What the calculator can be told from the facts alone; a key that is missing was not said by them. */
export interface SeverityProposal {
  readonly data: readonly { readonly type: DataType; readonly adjust: number }[];
  readonly confidentiality?: number;
  readonly integrity?: number;
  readonly availability?: number;
  readonly malicious?: boolean;
  readonly unintelligible?: boolean;
  readonly lost?: boolean;
  readonly individuals?: number;
}

/** The types of ENISA's table; whatever is in none of these lists is simple data. */
const TYPES: Readonly<Record<Exclude<DataType, 'simple'>, readonly DataCategory[]>> = {
  behavioural: ['location', 'behavioural', 'profile', 'order-history', 'communications'],
  financial: ['payment-card', 'bank-account', 'bank-credentials', 'credit-data', 'economic'],
  sensitive: [
    'health',
    'health-insurance',
    'employment-health',
    'biometric',
    'genetic',
    'political',
    'ethnic',
    'belief',
    'union',
    'sex-life',
    'criminal',
  ],
};

/**
 * A start for the assessment, so that nobody types twice what the incident knows: the types of data without any
 * adjustment, and the circumstances on the cautious side. How easily people are identified is never proposed, and a
 * person looks at every answer before it is saved.
 */
export function proposeSeverity(facts: Facts): SeverityProposal {
  const { breach, data, flags, moments } = facts;
  const recovered = moments.recoveredAt !== undefined;
  const away = breach.availability;
  return {
    data: dataOf(facts),
    ...given('confidentiality', degree(breach.confidentiality, flags.inadvertent === true)),
    ...given('integrity', degree(breach.integrity, recovered)),
    ...given('availability', degree(away, recovered)),
    ...given('malicious', flags.malicious),
    ...given('unintelligible', unintelligible(data)),
    ...given('lost', away === undefined ? undefined : away && !recovered),
    ...given('individuals', individualsOf(facts)),
  };
}

function given<K extends keyof SeverityProposal>(
  key: K,
  value: SeverityProposal[K] | undefined,
): Partial<SeverityProposal> {
  return value === undefined ? {} : { [key]: value };
}

function dataOf(facts: Facts): SeverityProposal['data'] {
  const { categories } = facts.data;
  if (!categories) return [];
  const types = new Set(categories.map(typeOf));
  // 'Bears on a person's safety (minors …)' is ENISA's highest step of simple data.
  const minors =
    categories.includes('children') || facts.subjects?.some(({ groups }) => groups?.includes('minors'));
  return (['simple', 'behavioural', 'financial', 'sensitive'] as const)
    .filter((type) => types.has(type))
    .map((type) => ({ type, adjust: type === 'simple' && minors === true ? 3 : 0 }));
}

function typeOf(category: DataCategory): DataType {
  const found = (Object.keys(TYPES) as (keyof typeof TYPES)[]).find((type) => TYPES[type].includes(category));
  return found ?? 'simple';
}

/** A quarter where the harm is bounded (known recipients, data recovered), a half where it is not. */
function degree(happened: boolean | undefined, bounded: boolean): number | undefined {
  if (happened === undefined) return undefined;
  if (!happened) return 0;
  return bounded ? 0.25 : 0.5;
}

function unintelligible({ encrypted, keyCompromised }: Facts['data']): boolean | undefined {
  if (encrypted === false || keyCompromised === true) return false;
  return encrypted === true && keyCompromised === false ? true : undefined;
}

/** The most people that the list allows; not known where nothing bounds it. */
function individualsOf({ subjects }: Facts): number | undefined {
  if (!subjects || subjects.some(({ most }) => most === Infinity)) return undefined;
  return subjects.reduce((sum, { most }) => sum + most, 0);
}
