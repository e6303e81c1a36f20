import { Temporal } from 'temporal-polyfill';
import type { AssessmentView } from '../../../../application/incident/view-assessment.ts';
import type { Fact } from '../../../../domain/incident/incident.ts';
import { RISKS } from '../../../../domain/law/vocabulary.ts';
import { textIn } from '../../../../application/register/entries-of.ts';
import type { Entry } from '../../../../domain/register/entry.ts';
import { choices, field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { formulaWords } from './sum.ts';

/** What was typed into the decision's form when it was refused. */
export interface TypedDecision {
  readonly risk: string;
  readonly because: string;
  readonly unknown: string;
}

/** Advice and decision side by side; both are kept, and it is said when they differ. */
export function decisionModel(
  visit: StaffVisit,
  view: AssessmentView,
  errors: FormErrors,
  typed?: TypedDecision,
): object {
  const { say } = visit;
  const { incident } = view;
  const advice = incident.assessment?.advice.risk;
  const fact = incident.facts['risk'];
  const decided = riskOf(fact);
  return {
    advice: adviceModel(visit, view),
    decision: decidedModel(visit, view, fact),
    verdict: verdictWords(visit, advice, decided),
    differs: advice !== undefined && decided !== undefined && advice !== decided,
    older: isOlder(view, fact) ? say('decision-on-risk.older') : null,
    form: visit.may('risk.assess') ? formModel(visit, view, errors, typed) : null,
  };
}

export function riskOf(fact: Fact | undefined): string | undefined {
  return fact && 'value' in fact && typeof fact.value === 'string' ? fact.value : undefined;
}

function adviceModel(visit: StaffVisit, { incident, names }: AssessmentView): object {
  const { say, times } = visit;
  const { assessment } = incident;
  if (!assessment) return { risk: say('decision-on-risk.no-advice'), small: '', reason: '' };
  const name = names.get(assessment.by) ?? assessment.by;
  const formula = formulaWords(visit, assessment.advice);
  return {
    risk: say(`risk.${assessment.advice.risk}`),
    small: say('decision-on-risk.advice-small', { formula, name, when: times.short(assessment.at) }),
    reason: '',
  };
}

function decidedModel(visit: StaffVisit, view: AssessmentView, fact: Fact | undefined): object {
  const { say, times } = visit;
  if (!fact) return { risk: say('decision-on-risk.no-decision'), small: '', reason: '' };
  const note = 'unknown' in fact ? fact.unknown : fact.because;
  const name = view.names.get(fact.by) ?? fact.by;
  const decided = riskOf(fact);
  return {
    risk: decided === undefined ? say('decision-on-risk.leave-open') : say(`risk.${decided}`),
    small: say('decision-on-risk.decision-small', { name, when: times.short(fact.at) }),
    reason: note ? (view.words.get(note.id) ?? '') : '',
  };
}

function verdictWords(visit: StaffVisit, advice: string | undefined, decision: string | undefined): string {
  const { say } = visit;
  if (advice === undefined || decision === undefined) return '';
  if (advice === decision) return say('decision-on-risk.same');
  const words = { advice: say(`risk.${advice}`), decision: say(`risk.${decision}`) };
  return say('decision-on-risk.differ', words);
}

/** Decided before the calculator said what it says now. */
function isOlder({ incident }: AssessmentView, fact: Fact | undefined): boolean {
  const { assessment } = incident;
  return (
    assessment !== undefined && fact !== undefined && Temporal.Instant.compare(fact.at, assessment.at) < 0
  );
}

function formModel(
  visit: StaffVisit,
  { incident, words }: AssessmentView,
  errors: FormErrors,
  typed: TypedDecision | undefined,
): object {
  const { say } = visit;
  const fact = incident.facts['risk'];
  const because = fact?.because ? (words.get(fact.because.id) ?? '') : '';
  const risk = typed?.risk ?? riskOf(fact) ?? '';
  return {
    shown: fact?.revision ?? 0,
    risks: choices(
      'risk',
      { legend: say('decision-on-risk.legend'), kind: 'radio', columns: 'list' },
      RISKS.map((value) => ({ value, label: say(`risk.${value}`), hint: say(`risk-hint.${value}`) })),
      [risk],
      errors,
    ),
    because: field(
      'because',
      {
        label: say('decision-on-risk.because'),
        hint: say('decision-on-risk.because-hint'),
        rows: 4,
        value: typed?.because ?? because,
      },
      errors,
    ),
    unknown: field(
      'unknown',
      { label: say('decision-on-risk.open-because'), rows: 2, value: typed?.unknown ?? '' },
      errors,
    ),
    unknownOpen: errors.at('unknown') !== null || (typed?.unknown ?? '') !== '',
    primary: incident.assessment !== undefined,
  };
}

/** Earlier assessments and decisions as they stand in the register; the present ones are above. */
export function earlierModel(visit: StaffVisit, view: AssessmentView): readonly object[] {
  const { incident, entries } = view;
  const isPresent = ({ type, data }: Entry): boolean => {
    const present = type === 'assessment-recorded' ? incident.assessment : incident.facts['risk'];
    return data['revision'] === present?.revision;
  };
  return entries
    .filter((entry) => !isPresent(entry))
    .map((entry) => {
      const { at, by, type } = entry;
      const reason = [textIn(entry, 'because'), textIn(entry, 'unknown')].map(
        (id) => view.words.get(id) ?? '',
      );
      return {
        iso: at.toString(),
        when: visit.times.short(at),
        icon: type === 'assessment-recorded' ? 'doc' : 'met',
        look: '',
        words: entryWords(visit, entry),
        small: [view.names.get(by) ?? by, ...reason.filter((words) => words !== '')].join(' · '),
      };
    });
}

function entryWords(visit: StaffVisit, { type, data }: Entry): string {
  const { say } = visit;
  if (type === 'assessment-recorded') {
    const advice = data['advice'] as { readonly risk: string };
    return say('assessment.earlier-advice', { ...advice, risk: say(`risk.${advice.risk}`) });
  }
  const value = data['value'];
  return typeof value === 'string'
    ? say('assessment.earlier-decision', { risk: say(`risk.${value}`) })
    : say('assessment.earlier-open');
}
