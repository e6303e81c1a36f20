import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import {
  DATA_CATEGORIES,
  MOMENTS,
  RISKS,
  ROLES,
  SECTORS,
  SIGNIFICANT_BY,
} from '../../../../domain/law/vocabulary.ts';
import type { StaffVisit } from '../../request/visit.ts';

/**
 * How a fact is asked for: a moment; yes or no; one or several of a list; the people; places; a number; a short text;
 * from when to when an agency asked to wait; what authorities ordered.
 */
export type FactKind =
  'moment' | 'bool' | 'choice' | 'many' | 'people' | 'places' | 'number' | 'text' | 'hold' | 'orders';

/** What the facts are about, in the order of the page. */
export const GROUPS = ['when', 'data', 'people', 'how', 'risk', 'service', 'agency', 'ours'] as const;
export type FactGroup = (typeof GROUPS)[number];

export interface FactPlan {
  readonly name: string;
  readonly kind: FactKind;
  readonly group: FactGroup;
  /** Of a choice: its values, and the key below which their words stand. */
  readonly options?: readonly string[];
  readonly words?: string;
}

type Choice = Pick<FactPlan, 'options' | 'words'>;

const plan = (group: FactGroup, kind: FactKind, name: string, choice: Choice = {}): FactPlan => ({
  name,
  kind,
  group,
  ...choice,
});
const bools = (group: FactGroup, ...names: readonly string[]): readonly FactPlan[] =>
  names.map((name) => plan(group, 'bool', name));

/** The moments in the order in which they usually matter: awareness starts most clocks. */
const FIRST: readonly string[] = ['awareAt', 'detectedAt'];
const moments = [...FIRST, ...MOMENTS.filter((name) => !FIRST.includes(name))];

/** The one value of a list that means 'none of these': not the same as saying nothing, which is unknown. */
export const NONE = 'none';

/** Every fact of the contract that an incident can hold, but what is filed and what a single duty asks. */
export const PLANS: readonly FactPlan[] = [
  ...moments.map((name) => plan('when', 'moment', name)),
  plan('data', 'many', 'data.categories', { options: [...DATA_CATEGORIES, NONE], words: 'category' }),
  ...bools('data', 'breach.confidentiality', 'breach.integrity', 'breach.availability'),
  ...bools('data', 'data.encrypted', 'data.keyCompromised', 'data.accessCode'),
  plan('data', 'choice', 'data.medium', { options: ['electronic', 'paper', 'both'], words: 'option.medium' }),
  plan('people', 'people', 'subjects'),
  ...bools('how', 'cyber', 'malicious', 'ransomware', 'inadvertent', 'threat', 'exploitedVulnerability'),
  ...bools('how', 'ongoing', 'paid'),
  plan('risk', 'choice', 'risk', { options: RISKS, words: 'risk' }),
  ...bools('risk', 'exceptions.riskRemoved', 'exceptions.disproportionateEffort'),
  ...bools('service', 'service.affected'),
  plan('service', 'number', 'service.hours'),
  ...bools('service', 'criticalImpact', 'clientsMoney'),
  plan('service', 'number', 'directLoss.amount'),
  plan('service', 'text', 'directLoss.currency'),
  ...bools('service', 'idProtectionSource', 'significant'),
  ...bools('service', ...SIGNIFICANT_BY.map((law) => `significantBy.${law}`)),
  plan('agency', 'hold', 'lawEnforcementHold'),
  plan('agency', 'orders', 'orders'),
  plan('ours', 'many', 'role', { options: ROLES, words: 'profile-role' }),
  plan('ours', 'places', 'establishments'),
  plan('ours', 'places', 'mainEstablishment'),
  plan('ours', 'many', 'sectors', { options: [...SECTORS, NONE], words: 'sector' }),
  ...bools('ours', 'listed'),
  plan('ours', 'choice', 'firmSize', { options: ['larger', 'smaller'], words: 'option.firm' }),
  plan('ours', 'number', 'turnoverAud'),
  plan('ours', 'choice', 'databaseLevel', { options: ['basic', 'medium', 'high'], words: 'option.database' }),
  ...bools('ours', 'cyberInsurance', 'doraExcepted'),
];

const BY_NAME = new Map(PLANS.map((one) => [one.name, one]));

/** Facts that every incident shows, known or not; the others show once they are known or decide something. */
const USUAL: ReadonlySet<string> = new Set([
  'awareAt',
  'detectedAt',
  'occurredAt',
  'occurredTo',
  'data.categories',
  'subjects',
  'breach.confidentiality',
  'breach.integrity',
  'breach.availability',
  'data.encrypted',
  'data.keyCompromised',
  'risk',
]);

export function isUsual({ name }: FactPlan): boolean {
  return USUAL.has(name);
}

/** Facts of the organisation's profile (facts.md, marked *o*): asked in the settings, and here where one case differs. */
export function isOfProfile(name: string): boolean {
  return BY_NAME.get(name)?.group === 'ours';
}

const ANSWERED = 'answered.';

/** How to ask for a fact that a duty or a gate waits for; null where no form of these pages can. */
export function planOf(name: string): FactPlan | null {
  if (name.startsWith(ANSWERED)) return plan('how', 'bool', name);
  return BY_NAME.get(factOf(name)) ?? null;
}

/** The fact in which a missing piece lies: `subjects[US-CA].count` and `subjects.place` are both `subjects`. */
export function factOf(name: string): string {
  const known = ['subjects', 'lawEnforcementHold', 'orders'].find(
    (whole) => name.startsWith(`${whole}.`) || name.startsWith(`${whole}[`),
  );
  return known ?? name;
}

/** What the page calls a fact, an answer or a matter of the incident. */
export function factLabel(
  visit: StaffVisit,
  { playbook }: Pick<IncidentView, 'playbook'>,
  name: string,
): string {
  if (name.startsWith('answers.')) {
    const id = name.slice('answers.'.length);
    return playbook.asks.find((ask) => ask.id === id)?.ask ?? id;
  }
  if (name.startsWith(ANSWERED)) {
    const id = name.slice(ANSWERED.length);
    const duty = visit.parts.house.law.duty(id);
    // The law file's own question; a title alone would not say what is to be answered.
    return duty?.ask ?? visit.say('fact-answered', { duty: duty?.title ?? id });
  }
  const key = `fact.${factOf(name)}`;
  return visit.parts.words.has('en', key) ? visit.say(key) : name;
}

/** A value of a list as the page calls it; sectors are the law's own words where nobody gave them others. */
export function optionWords({ say, parts }: StaffVisit, { words }: FactPlan, value: string): string {
  const key = value === NONE && words !== 'risk' ? `option.none.${words ?? ''}` : `${words ?? ''}.${value}`;
  return parts.words.has('en', key) ? say(key) : value.replaceAll('-', ' ');
}

/** Where a fact stands on the incident's page. */
export function factAnchor(name: string): string {
  return `x-${factOf(name).replace(/[^\w-]+/g, '-')}`;
}
