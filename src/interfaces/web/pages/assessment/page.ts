import { viewAssessment, type AssessmentView } from '../../../../application/incident/view-assessment.ts';
import { severityOf, type Severity } from '../../../../domain/law/severity.ts';
import type { InvalidInput, Problem } from '../../../../domain/errors.ts';
import { fail, type Result } from '../../../../domain/result.ts';
import { choices, field, type Choices } from '../../answers/fields.ts';
import { refuse } from '../../answers/errors.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show, type Shown } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { ofIncident } from '../incident/of-incident.ts';
import { inputOf, proposedAnswers, savedAnswers, type Answers } from './answers.ts';
import { casesModel } from './cases.ts';
import { decisionModel, earlierModel, riskOf, type TypedDecision } from './decision.ts';
import { inARow, questionsOf, type Question } from './questions.ts';
import { sumModel } from './sum.ts';

/** What a refused or computed form puts into the page in place of what is saved. */
export interface Shown422 {
  readonly errors?: FormErrors;
  readonly answers?: Answers;
  readonly decision?: TypedDecision;
  readonly shown?: number;
}

export async function showAssessment(visit: StaffVisit): Promise<void> {
  await showAssessmentPage(visit, {}, 200);
}

/** The page of an incident's severity: calculator and sum, cases like it, advice and decision. */
export async function showAssessmentPage(visit: StaffVisit, given: Shown422, status: number): Promise<void> {
  const view = await viewAssessment(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (view.ok) show(visit, 'assessment/assessment', pageModel(visit, view.value, given), status);
  else refuse(visit, view.error);
}

function pageModel(visit: StaffVisit, view: AssessmentView, given: Shown422): Shown {
  const { say } = visit;
  const { incident, names } = view;
  const { assessment } = incident;
  const errors = given.errors ?? NO_ERRORS;
  const may = visit.may('risk.assess');
  const answers = given.answers ?? (assessment ? savedAnswers(assessment.input) : undefined);
  return {
    title: `${say('assessment.crumb')} · ${incident.reference}`,
    section: 'incidents',
    errors: errors.summary,
    id: incident.id,
    of: ofIncident(incident, say('assessment.crumb')),
    heading: headingWords(visit, view),
    calculator: may ? calculatorModel(visit, view, given) : null,
    readOnly: may || !answers ? null : answerRows(visit, answers),
    sum: sumModel(visit, answers ? computed(answers) : null),
    last: assessment
      ? say('assessment.last', {
          name: names.get(assessment.by) ?? assessment.by,
          when: visit.times.short(assessment.at),
        })
      : null,
    cases: casesModel(visit, view),
    decision: decisionModel(visit, view, errors, given.decision),
    earlier: earlierModel(visit, view),
  };
}

function headingWords({ say }: StaffVisit, { incident }: AssessmentView): string {
  const fact = incident.facts['risk'];
  const decided = riskOf(fact);
  if (decided !== undefined) return say('assessment.decided', { risk: say(`risk.${decided}`) });
  if (fact) return say('assessment.left-open');
  const advice = incident.assessment?.advice.risk;
  return advice === undefined
    ? say('assessment.none')
    : say('assessment.advised', { risk: say(`risk.${advice}`) });
}

/** Reads the answers and computes; every fault at once, at the paths of the calculator. */
export function compute(answers: Answers): Result<Severity, InvalidInput> {
  const problems: Problem[] = [];
  const input = inputOf(answers, problems);
  const severity = severityOf(input);
  if (problems.length === 0) return severity;
  return fail({
    kind: 'invalid-input',
    problems: [...problems, ...(severity.ok ? [] : severity.error.problems)],
  });
}

export function computed(answers: Answers): Severity | null {
  const severity = compute(answers);
  return severity.ok ? severity.value : null;
}

function calculatorModel(visit: StaffVisit, view: AssessmentView, given: Shown422): object {
  const { say } = visit;
  const { assessment } = view.incident;
  const errors = given.errors ?? NO_ERRORS;
  const saved = assessment ? savedAnswers(assessment.input) : proposedAnswers(view.proposal);
  const answers = given.answers ?? saved;
  const questions = questionsOf(visit);
  const asked = (question: Question, columns: Choices['columns']): Choices =>
    choices(
      question.name,
      { legend: question.legend, kind: 'radio', columns },
      question.answers.map(({ score, ...answer }) => ({
        ...answer,
        score: score === null ? null : say('assessment.score-of', { score }),
      })),
      [answers[question.name] ?? ''],
      errors,
    );
  return {
    action: `/incidents/${view.incident.id}/assessment`,
    proposed: assessment === undefined && given.answers === undefined,
    primary: assessment === undefined,
    shown: given.shown ?? assessment?.revision ?? 0,
    first: asked(questions.first, 'flow'),
    data: questions.data.map((question) => asked(question, 'list')),
    ease: asked(questions.ease, 'list'),
    circumstances: questions.circumstances.map((question) => asked(question, 'list')),
    flags: questions.flags.map((question) => asked(question, 'list')),
    individuals: field(
      'individuals',
      {
        label: say('question.individuals'),
        hint: say('question.individuals-hint'),
        value: answers['individuals'] ?? '',
        inputmode: 'numeric',
        autocomplete: 'off',
      },
      errors,
    ),
  };
}

export interface AnswerRow {
  readonly question: string;
  readonly answer: string;
}

/** Question and answer in words, with the score of each, for whoever only reads. */
export function answerRows(visit: StaffVisit, answers: Answers): readonly AnswerRow[] {
  const { say } = visit;
  const all = inARow(questionsOf(visit));
  const people = answers['individuals'] ?? '';
  return [
    // Where no data of people are affected, nothing else was asked.
    ...(answers['personalData'] === 'no' ? all.slice(0, 1) : all).map(({ name, legend, answers: known }) => {
      const value = answers[name] ?? '';
      const found = known.find((answer) => answer.value === value);
      const label = found?.label ?? (value === '' ? say('facts.not-answered') : value);
      const score = found?.score ?? null;
      return {
        question: legend,
        answer: score === null ? label : say('assessment.answer-scored', { answer: label, score }),
      };
    }),
    ...(people === '' ? [] : [{ question: say('question.individuals'), answer: people }]),
  ];
}
