import { changeFact } from '../../../../application/incident/change-fact.ts';
import { recordAssessment } from '../../../../application/incident/assess.ts';
import { viewAssessment } from '../../../../application/incident/view-assessment.ts';
import { allow } from '../../../../domain/access/permissions.ts';
import { invalid, type InvalidInput, type Problem } from '../../../../domain/errors.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showBoth, type VersionRow } from '../incident/both.ts';
import { showFactConflict } from '../incident/change-facts.ts';
import { answersOf, fieldOf, inputOf, savedAnswers, type Answers } from './answers.ts';
import type { TypedDecision } from './decision.ts';
import { answerRows, compute, computed, showAssessmentPage } from './page.ts';
import { formulaWords, sumModel } from './sum.ts';

/** The calculator's form: saved, or only computed and shown again where the button says so. */
export async function takeAssessment(visit: StaffVisit, form: Form): Promise<void> {
  const answers = answersOf(form);
  const shown = form.int('shown', 0);
  if (form.text('do') === 'compute') {
    await showComputed(visit, answers, shown);
    return;
  }
  const problems: Problem[] = [];
  const input = inputOf(answers, problems);
  if (problems.length > 0 && visit.may('risk.assess')) {
    await showRefused(visit, { kind: 'invalid-input', problems }, answers, shown);
    return;
  }
  const incident = param(visit, 'incident');
  const done = await recordAssessment(visit.parts.house, visit.actor, { incident, input, shown }, form.key);
  if (done.ok) go(visit, `/incidents/${incident}/assessment#decision`, 'assessed');
  else if (done.error.kind === 'invalid-input') await showRefused(visit, done.error, answers, shown);
  else if (done.error.kind === 'stale-version') await showConflict(visit, answers, form);
  else refuse(visit, done.error);
}

async function showRefused(
  visit: StaffVisit,
  error: InvalidInput,
  answers: Answers,
  shown: number,
): Promise<void> {
  await showAssessmentPage(visit, { errors: formErrors(visit, error, fieldOf), answers, shown }, 422);
}

/** The sum of what is in the form; nothing is stored. */
async function showComputed(visit: StaffVisit, answers: Answers, shown: number): Promise<void> {
  const allowed = allow(visit.actor, 'risk.assess');
  if (!allowed.ok) {
    refuse(visit, allowed.error);
    return;
  }
  const severity = compute(answers);
  if (severity.ok) await showAssessmentPage(visit, { answers, shown }, 200);
  else await showRefused(visit, severity.error, answers, shown);
}

/** The same as a piece of the page, for the script that keeps the sum up to date while somebody chooses. */
export function showSum(visit: StaffVisit, form: Form): void {
  const allowed = allow(visit.actor, 'risk.assess');
  if (allowed.ok)
    show(visit, 'assessment/sum', { title: '', sum: sumModel(visit, computed(answersOf(form))) });
  else refuse(visit, allowed.error);
}

/** Someone assessed it meanwhile: both, answer by answer, and nothing of either is lost. */
async function showConflict(visit: StaffVisit, answers: Answers, form: Form): Promise<void> {
  const view = await viewAssessment(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!view.ok || !view.value.incident.assessment) {
    refuse(visit, view.ok ? { kind: 'not-found', what: 'assessment', id: '' } : view.error);
    return;
  }
  const { incident, names } = view.value;
  const { assessment } = view.value.incident;
  const yours = computed(answers);
  const sum = {
    what: visit.say('severity-sum.heading'),
    theirs: adviceWords(visit, assessment.advice),
    yours: yours ? adviceWords(visit, yours) : '',
  };
  const page = `/incidents/${incident.id}/assessment`;
  showBoth(visit, {
    incident,
    crumb: visit.say('assessment.crumb'),
    who: names.get(assessment.by) ?? assessment.by,
    at: assessment.at,
    rows: [sum, ...rowsOfBoth(visit, savedAnswers(assessment.input), answers)],
    back: page,
    action: page,
    shown: assessment.revision,
    form,
  });
}

function adviceWords(
  visit: StaffVisit,
  advice: Parameters<typeof formulaWords>[1] & { risk: string },
): string {
  return visit.say('severity-sum.in-short', {
    formula: formulaWords(visit, advice),
    risk: visit.say(`risk.${advice.risk}`),
  });
}

/** Every question with both answers. */
function rowsOfBoth(visit: StaffVisit, theirs: Answers, yours: Answers): readonly VersionRow[] {
  const [left, right] = [answerRows(visit, theirs), answerRows(visit, yours)];
  const questions = [...new Set([...left, ...right].map(({ question }) => question))];
  const of = (rows: typeof left, question: string): string =>
    rows.find((row) => row.question === question)?.answer ?? '';
  return questions.map((what) => ({ what, theirs: of(left, what), yours: of(right, what) }));
}

/** Legal's decision: the fact `risk`, with its reason, or left open with one. */
export async function takeDecision(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const typed = { risk: form.text('risk'), because: form.text('because'), unknown: form.text('unknown') };
  const isOpen = typed.unknown.trim() !== '';
  if (!isOpen && typed.risk === '' && visit.may('risk.assess')) {
    await showRefusedDecision(visit, invalid('risk', 'fact.empty'), typed);
    return;
  }
  const given = isOpen ? { unknownBecause: typed.unknown } : { value: typed.risk };
  const done = await changeFact(
    visit.parts.house,
    visit.actor,
    { incident, name: 'risk', shown: form.int('shown', 0), ...given, because: typed.because },
    form.key,
  );
  const page = `/incidents/${incident}/assessment`;
  if (done.ok) go(visit, `${page}#decision`, 'risk-decided');
  else if (done.error.kind === 'invalid-input') await showRefusedDecision(visit, done.error, typed);
  else if (done.error.kind === 'stale-version')
    await showFactConflict(visit, 'risk', done.error, form, { back: page, action: `${page}/decision` });
  else refuse(visit, done.error);
}

async function showRefusedDecision(
  visit: StaffVisit,
  error: InvalidInput,
  decision: TypedDecision,
): Promise<void> {
  const errors = formErrors(visit, error, (path) =>
    path === 'unknownBecause' ? 'unknown' : path.replace('facts.', ''),
  );
  await showAssessmentPage(visit, { errors, decision }, 422);
}
