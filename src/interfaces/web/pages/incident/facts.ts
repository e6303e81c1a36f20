import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import { factPermission, factWantsReason, NARRATIVE } from '../../../../domain/incident/facts.ts';
import type { Fact } from '../../../../domain/incident/incident.ts';
import { field, type Field } from '../../answers/fields.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placesIn } from '../places.ts';
import { factFields } from './fact-fields.ts';
import {
  factAnchor,
  factLabel,
  factOf,
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
 * Prose first; then what decides something now; then what is usual or known, by what it is about. Every other fact
 * that a law can ask stands on the page of all facts: a hundred forms would make this one heavy. One that was refused
 * stands here, with what is wrong.
 */
export function factsModel(visit: StaffVisit, view: IncidentView, errors: FormErrors): object {
  const { leading, later, shown, rest } = heapsOf(view);
  const wrong = [...later, ...rest].filter(({ name }) => isWrong(errors, name));
  return {
    prose: NARRATIVE.map((name) => proseModel(visit, view, name, errors)),
    deciding: lightened(view, rowsOf(visit, view, [...leading, ...wrong], errors)),
    groups: groupedRows(visit, view, shown, errors).map(({ heading, rows }) => ({
      heading,
      rows: lightened(view, rows),
    })),
    more: later.length + rest.length,
    moreHref: `/incidents/${view.incident.id}/facts`,
    zone: zoneWords(visit, view),
  };
}

/** Every fact of the incident, each with its form: first what laws wait for. */
export function allFactsModel(visit: StaffVisit, view: IncidentView): object {
  const { leading, later, shown, rest } = heapsOf(view);
  return {
    deciding: rowsOf(visit, view, [...leading, ...later], NO_ERRORS),
    groups: groupedRows(visit, view, shown, NO_ERRORS),
    rest: groupedRows(visit, view, rest, NO_ERRORS),
    places: placesIn(visit.locale),
    zone: zoneWords(visit, view),
  };
}

/** Where a fact is given: at its place on the incident's page, or on its own. */
export function factHref(view: IncidentView, name: string): string {
  const { later, rest } = heapsOf(view);
  const page = `/incidents/${view.incident.id}`;
  const away = isHeavy(factOf(name)) || [...later, ...rest].some((plan) => plan.name === factOf(name));
  return away ? `${page}/facts/${encodeURIComponent(factOf(name))}` : `${page}#${factAnchor(name)}`;
}

interface Heaps {
  /** For these the most urgent duties wait. */
  readonly leading: readonly FactPlan[];
  /** Usual, or known. */
  readonly shown: readonly FactPlan[];
  /** For these other duties wait. */
  readonly later: readonly FactPlan[];
  readonly rest: readonly FactPlan[];
}

function heapsOf(view: IncidentView): Heaps {
  const deciding = openQuestions(view).flatMap(({ name }) => decidingPlan(name));
  const leading = deciding.slice(0, LEADING);
  const others = PLANS.filter((plan) => !leading.includes(plan));
  const shown = others.filter((plan) => isUsual(plan) || view.incident.facts[plan.name] !== undefined);
  const later = deciding.filter((plan) => !leading.includes(plan) && !shown.includes(plan));
  return {
    leading,
    shown,
    later,
    rest: others.filter((plan) => !shown.includes(plan) && !later.includes(plan)),
  };
}

function zoneWords(visit: StaffVisit, view: IncidentView): string {
  return `${view.incident.zone.replaceAll('_', ' ')} (${visit.times.zoneName(view.now)})`;
}

type Row = ReturnType<typeof factModel>;

/** Forms with a row for each of forty countries, or all places of the world to choose from. */
const HEAVY: ReadonlySet<FactPlan['kind']> = new Set(['people', 'places', 'orders']);

function isHeavy(name: string): boolean {
  const plan = planOf(name);
  return plan !== null && HEAVY.has(plan.kind);
}

/** Heavy forms stand on the page of their fact, and here a link; one that was refused stands here. */
function lightened(view: IncidentView, rows: readonly Row[]): readonly Row[] {
  return rows.map((row) =>
    isHeavy(row.name) && !row.open
      ? { ...row, away: `/incidents/${view.incident.id}/facts/${encodeURIComponent(row.name)}` }
      : row,
  );
}

function rowsOf(
  visit: StaffVisit,
  view: IncidentView,
  plans: readonly FactPlan[],
  errors: FormErrors,
): readonly Row[] {
  const waiting = new Map(openQuestions(view).map((question) => [question.name, question]));
  return plans.map((plan) => {
    const question = waiting.get(plan.name);
    const waits = question ? waitingWords(visit, question) : null;
    return { ...factModel(visit, view, plan, errors), waits };
  });
}

function groupedRows(
  visit: StaffVisit,
  view: IncidentView,
  plans: readonly FactPlan[],
  errors: FormErrors,
): readonly { readonly heading: string; readonly rows: readonly Row[] }[] {
  return GROUPS.flatMap((group) => {
    const own = plans.filter((plan) => plan.group === group);
    if (own.length === 0) return [];
    return [{ heading: visit.say(`facts.group.${group}`), rows: rowsOf(visit, view, own, errors) }];
  });
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
): FactRow & Readonly<Record<string, unknown>> & { readonly open: boolean } {
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
  readonly name: string;
  /** Where it is changed, if not here. */
  readonly away: string | null;
  /** The language of the label, where it is another than the page's. */
  readonly lang: string | null;
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
    name,
    away: null,
    lang: null,
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
