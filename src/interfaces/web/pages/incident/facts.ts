import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import { factPermission, factWantsReason, NARRATIVE } from '../../../../domain/incident/facts.ts';
import type { Fact } from '../../../../domain/incident/incident.ts';
import { field, type Field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placesIn } from '../places.ts';
import { factFields } from './fact-fields.ts';
import {
  factAnchor,
  factLabel,
  GROUPS,
  isOfProfile,
  isUsual,
  planOf,
  PLANS,
  type FactPlan,
} from './fact-forms.ts';
import { factWords, valueWords } from './fact-words.ts';
import { openQuestions, waitingWords } from './open-questions.ts';

/** So many questions stand in full; what decides less, or later, folds. */
const LEADING = 5;

/**
 * Prose first; then what decides something now; then what is known, by what it is about; and folded away every other
 * fact that a law can ask.
 */
export function factsModel(visit: StaffVisit, view: IncidentView, errors: FormErrors): object {
  const { facts } = view.incident;
  const waiting = new Map(openQuestions(view).map((question) => [question.name, question]));
  const deciding = [...waiting.keys()].flatMap((name) => decidingPlan(name));
  const asked = new Set(deciding.map(({ name }) => name));
  const others = PLANS.filter(({ name }) => !asked.has(name));
  const shown = others.filter((plan) => isUsual(plan) || facts[plan.name] !== undefined);
  const rest = others.filter((plan) => !shown.includes(plan));
  const row = (plan: FactPlan): object => {
    const question = waiting.get(plan.name);
    const words = question ? waitingWords(visit, question) : null;
    return { ...factModel(visit, view, plan, errors), waits: words };
  };
  const grouped = (plans: readonly FactPlan[]): readonly object[] =>
    GROUPS.flatMap((group) => {
      const own = plans.filter((plan) => plan.group === group);
      return own.length === 0 ? [] : [{ heading: visit.say(`facts.group.${group}`), rows: own.map(row) }];
    });
  const wrong = (plans: readonly FactPlan[]): boolean => plans.some(({ name }) => isWrong(errors, name));
  return {
    prose: NARRATIVE.map((name) => proseModel(visit, view, name, errors)),
    deciding: deciding.slice(0, LEADING).map(row),
    moreDeciding: deciding.slice(LEADING).map(row),
    moreDecidingOpen: wrong(deciding.slice(LEADING)),
    groups: grouped(shown),
    rest: grouped(rest),
    restCount: rest.length,
    restOpen: wrong(rest),
    places: placesIn(visit.locale),
    zone: `${view.incident.zone.replaceAll('_', ' ')} (${visit.times.zoneName(view.now)})`,
  };
}

/** What a single duty asks is answered on its own page, and the profile in the settings. */
function decidingPlan(name: string): readonly FactPlan[] {
  const plan = name.startsWith('answered.') || isOfProfile(name) ? null : planOf(name);
  return plan ? [plan] : [];
}

/** The forms of the facts that a duty waits for, as far as they are given in the incident. */
export function missingFactsModel(
  visit: StaffVisit,
  view: IncidentView,
  missing: readonly string[],
  errors: FormErrors,
): readonly object[] {
  const plans = missing.flatMap((name) => planOf(name) ?? []).filter(({ name }) => !isOfProfile(name));
  const once = plans.filter((plan, index) => plans.findIndex(({ name }) => name === plan.name) === index);
  return once.map((plan) => factModel(visit, view, plan, errors));
}

function proseModel(visit: StaffVisit, view: IncidentView, name: string, errors: FormErrors): object {
  const { incident, words } = view;
  const note = incident.narrative[name];
  const text = note ? (words.get(note.id) ?? '') : '';
  return {
    id: `x-${name}`,
    label: visit.say(`narrative.${name}`),
    text,
    shown: note?.id ?? '',
    action: `/incidents/${incident.id}/narrative/${name}`,
    mayChange: visit.may('fact.change'),
    open: errors.at(`${name}-text`) !== null,
    area: field(`${name}-text`, { label: visit.say(`narrative.${name}`), value: text, rows: 5 }, errors),
  };
}

/** One fact with who said so and when, and the form that changes it. */
export function factModel(
  visit: StaffVisit,
  view: IncidentView,
  plan: FactPlan,
  errors: FormErrors,
): FactRow & Readonly<Record<string, unknown>> {
  const { incident, words } = view;
  const { name } = plan;
  const fact = incident.facts[name];
  const because = fact?.because ? (words.get(fact.because.id) ?? '') : '';
  return {
    ...factRow(visit, view, name, fact),
    value: fact ? factWords(visit, view, name, fact) : unsetWords(visit, view, name),
    known: fact !== undefined && 'value' in fact,
    because: because === '' ? null : because,
    mayChange: visit.may(factPermission(name)),
    form: factFields(visit, incident, plan, fact, errors),
    // A breach has a moment of awareness; a suspicion may say why it is not fixed yet.
    mayBeUnknown: name !== 'awareAt' || incident.state !== 'breach',
    wantsReason: factWantsReason(name) || EXPLAINED.has(name),
    unknown: unknownField(visit, name, errors),
    reason: {
      ...field(`${name}-because`, reasonWords(visit, name, fact, because), errors),
      name: 'because',
    },
    open: isWrong(errors, name),
  };
}

/** Moments about which an authority will ask why they lie where they lie. */
const EXPLAINED: ReadonlySet<string> = new Set(['awareAt', 'detectedAt', 'determinedAt']);

/** Why awareness was fixed so is no reason to correct it: each correction has words of its own, and both are kept. */
function reasonWords(
  { say }: StaffVisit,
  name: string,
  fact: Fact | undefined,
  because: string,
): { readonly label: string; readonly rows: number; readonly value: string } {
  const corrects = name === 'awareAt' && fact !== undefined && 'value' in fact;
  return corrects
    ? { label: say('awareness.because'), rows: 2, value: '' }
    : { label: say('facts.because'), rows: 2, value: because };
}

/** Not known, or as the organisation's profile has it. */
function unsetWords(visit: StaffVisit, { organisation }: IncidentView, name: string): string {
  const own = isOfProfile(name) ? organisation.profile[name] : undefined;
  return own === undefined
    ? visit.say('facts.not-known')
    : visit.say('facts.from-settings', { value: valueWords(visit, name, own) });
}

/** What every row has: where it stands, who said so and when, and the way to what was said before. */
export interface FactRow {
  readonly id: string;
  readonly label: string;
  readonly shown: number;
  readonly action: string;
  readonly small: string;
  readonly because: string | null;
  readonly waits: string | null;
  readonly earlier: string | null;
}

export function factRow(
  visit: StaffVisit,
  view: IncidentView,
  name: string,
  fact: Fact | undefined,
): FactRow {
  const path = `/incidents/${view.incident.id}/facts/${encodeURIComponent(name)}`;
  return {
    id: factAnchor(name),
    label: factLabel(visit, view, name),
    shown: fact?.revision ?? 0,
    action: path,
    small: fact ? [view.names.get(fact.by) ?? fact.by, visit.times.short(fact.at)].join(', ') : '',
    because: null,
    waits: null,
    earlier: fact && fact.revision > 1 ? path : null,
  };
}

export function unknownField(visit: StaffVisit, name: string, errors: FormErrors): Field {
  return {
    ...field(`${name}-unknown`, { label: visit.say('facts.unknown-because'), rows: 2 }, errors),
    name: 'unknown',
  };
}

export function isWrong(errors: FormErrors, name: string): boolean {
  const rows = ['subjects', 'orders', 'lawEnforcementHold'].includes(name);
  const inRows = rows && errors.summary.some(({ href }) => href.startsWith(`#f-${name}-`));
  return inRows || errors.at(name) !== null || errors.at(`${name}-because`) !== null;
}
