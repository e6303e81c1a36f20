import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import { DATA_CATEGORIES, RISKS } from '../../../../domain/law/vocabulary.ts';
import type { StaffVisit } from '../../request/visit.ts';

/** How a fact is asked for. */
export type FactKind = 'moment' | 'bool' | 'categories' | 'risk' | 'people' | 'places';

export interface FactPlan {
  readonly name: string;
  readonly kind: FactKind;
}

/** The facts that every incident asks for, in the order of the page; others show once they are known. */
export const ALWAYS: readonly FactPlan[] = [
  { name: 'awareAt', kind: 'moment' },
  { name: 'detectedAt', kind: 'moment' },
  { name: 'occurredAt', kind: 'moment' },
  { name: 'occurredTo', kind: 'moment' },
  { name: 'data.categories', kind: 'categories' },
  { name: 'subjects', kind: 'people' },
  { name: 'breach.confidentiality', kind: 'bool' },
  { name: 'breach.integrity', kind: 'bool' },
  { name: 'breach.availability', kind: 'bool' },
  { name: 'data.encrypted', kind: 'bool' },
  { name: 'data.keyCompromised', kind: 'bool' },
  { name: 'risk', kind: 'risk' },
];

const BOOLS = [
  'cyber',
  'malicious',
  'ransomware',
  'inadvertent',
  'threat',
  'ongoing',
  'significant',
  'criticalImpact',
  'exploitedVulnerability',
  'paid',
  'clientsMoney',
  'idProtectionSource',
  'service.affected',
  'data.accessCode',
  'exceptions.riskRemoved',
  'exceptions.disproportionateEffort',
];

const ANSWERED = 'answered.';
const PLACES = ['establishments', 'mainEstablishment'];

/** How to ask for a fact that a duty or a gate waits for; null where no form of this page can. */
export function planOf(name: string): FactPlan | null {
  const known = ALWAYS.find((plan) => plan.name === name);
  if (known) return known;
  if (name.startsWith('subjects')) return { name: 'subjects', kind: 'people' };
  if (BOOLS.includes(name) || name.startsWith(ANSWERED) || name.startsWith('significantBy.'))
    return { name, kind: 'bool' };
  return PLACES.includes(name) ? { name, kind: 'places' } : null;
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
    return visit.say('fact-answered', { duty: visit.parts.house.law.duty(id)?.title ?? id });
  }
  const key = `fact.${name.startsWith('subjects') ? 'subjects' : name}`;
  return visit.parts.words.has('en', key) ? visit.say(key) : name;
}

export const CATEGORY_VALUES: readonly string[] = DATA_CATEGORIES;
export const RISK_VALUES: readonly string[] = RISKS;
