import { answerQuestion, askQuestion, ownQuestion } from '../../../../application/incident/questions.ts';
import type { DomainError } from '../../../../domain/errors.ts';
import type { Result } from '../../../../domain/result.ts';
import { viewIncident } from '../../../../application/incident/view-incident.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showBoth } from '../incident/both.ts';
import { showQuestionsPage, type Typed } from './page.ts';

/** An authority asked something. */
export async function takeAsk(visit: StaffVisit, form: Form): Promise<void> {
  const [text, owner] = [form.text('text'), form.text('owner')];
  const done = await askQuestion(
    visit.parts.house,
    visit.actor,
    { incident: param(visit, 'incident'), text, ...(owner === '' ? {} : { owner }) },
    form.key,
  );
  await answer(visit, done, form, { field: 'text', text, owner }, 'asked');
}

/** Gives a question to a person. */
export async function takeOwner(visit: StaffVisit, form: Form): Promise<void> {
  const question = param(visit, 'question');
  const owner = form.text('owner');
  const done = await ownQuestion(
    visit.parts.house,
    visit.actor,
    { incident: param(visit, 'incident'), question, owner, shown: form.int('shown', 0) },
    form.key,
  );
  await answer(visit, done, form, { field: `owner-${question}`, text: '', owner }, 'question-owned');
}

/** The authority has its answer. */
export async function takeAnswer(visit: StaffVisit, form: Form): Promise<void> {
  const question = param(visit, 'question');
  const text = form.text('note');
  const done = await answerQuestion(
    visit.parts.house,
    visit.actor,
    { incident: param(visit, 'incident'), question, note: text, shown: form.int('shown', 0) },
    form.key,
  );
  await answer(visit, done, form, { field: `answer-${question}`, text }, 'question-answered');
}

async function answer(
  visit: StaffVisit,
  done: Result<unknown, DomainError>,
  form: Form,
  typed: Typed,
  words: string,
): Promise<void> {
  if (done.ok) go(visit, `/incidents/${param(visit, 'incident')}/questions`, words);
  else if (done.error.kind === 'invalid-input') {
    const named = (path: string): string =>
      path === 'owner' && typed.field === 'text' ? 'owner' : typed.field;
    await showQuestionsPage(visit, formErrors(visit, done.error, named), 422, typed);
  } else if (done.error.kind === 'stale-version') await showConflict(visit, form, typed, done.error.current);
  else refuse(visit, done.error);
}

/** Somebody gave or answered the question meanwhile: what stands now, and what was typed here. */
async function showConflict(visit: StaffVisit, form: Form, typed: Typed, shown: number): Promise<void> {
  const view = await viewIncident(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!view.ok) {
    refuse(visit, view.error);
    return;
  }
  const { say } = visit;
  const { incident, names, words } = view.value;
  const question = incident.questions.find(({ id }) => id === param(visit, 'question'));
  const nameOf = (id: string | undefined): string =>
    id === undefined ? say('authority.nobody') : (names.get(id) ?? id);
  const page = `/incidents/${incident.id}/questions`;
  const isOwner = typed.owner !== undefined;
  const note = question?.answered?.note ? (words.get(question.answered.note.id) ?? '') : '';
  const given = question?.answered ? say('authority.is-answered', { note }) : say('authority.not-answered');
  showBoth(visit, {
    incident,
    crumb: say('authority.crumb'),
    rows: [
      {
        what: say('authority.owner'),
        theirs: nameOf(question?.owner),
        yours: isOwner ? nameOf(typed.owner) : nameOf(question?.owner),
      },
      {
        what: say('authority.note'),
        theirs: given,
        yours: isOwner ? given : say('authority.is-answered', { note: typed.text }),
      },
    ],
    back: page,
    action: `${page}/${param(visit, 'question')}/${isOwner ? 'owner' : 'answer'}`,
    shown,
    form,
  });
}
