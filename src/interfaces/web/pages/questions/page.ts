import { viewColleagues, type Colleague } from '../../../../application/access/colleagues.ts';
import { viewIncident, type IncidentView } from '../../../../application/incident/view-incident.ts';
import type { Question } from '../../../../domain/incident/incident.ts';
import { field, select, type OptionWords } from '../../answers/fields.ts';
import { refuse } from '../../answers/errors.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show, type Shown } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { ofIncident } from '../incident/of-incident.ts';

/** What was typed into a refused form: which one, and its words. */
export interface Typed {
  readonly field: string;
  readonly text: string;
  readonly owner?: string;
}

export async function showQuestions(visit: StaffVisit): Promise<void> {
  await showQuestionsPage(visit, NO_ERRORS, 200);
}

/** What authorities asked of an incident, who sees to each answer, and what was answered. */
export async function showQuestionsPage(
  visit: StaffVisit,
  errors: FormErrors,
  status: number,
  typed?: Typed,
): Promise<void> {
  const { house } = visit.parts;
  const view = await viewIncident(house, visit.actor, param(visit, 'incident'));
  if (!view.ok) {
    refuse(visit, view.error);
    return;
  }
  const staff = await viewColleagues(house, visit.actor);
  const colleagues = staff.ok ? staff.value : [];
  show(visit, 'questions/questions', pageModel(visit, view.value, colleagues, { errors, typed }), status);
}

interface Given {
  readonly errors: FormErrors;
  readonly typed: Typed | undefined;
}

function pageModel(visit: StaffVisit, view: IncidentView, staff: readonly Colleague[], given: Given): Shown {
  const { say } = visit;
  const { incident } = view;
  const open = incident.questions.filter(({ answered }) => !answered);
  const answered = incident.questions.filter((question) => question.answered);
  const may = visit.may('task.assign');
  const people = mayBeAsked(view, staff);
  return {
    title: `${say('authority.crumb')} · ${incident.reference}`,
    section: 'incidents',
    of: ofIncident(incident, say('authority.crumb')),
    errors: given.errors.summary,
    heading: say('authority.heading', { open: open.length, answered: answered.length }),
    open: open.map((question) => questionModel(visit, view, question, people, given)),
    answered: answered.map((question) => questionModel(visit, view, question, people, given)),
    ask: may ? askModel(visit, people, given) : null,
    action: `/incidents/${incident.id}/questions`,
  };
}

/** Of a restricted incident only those who may know of it. */
function mayBeAsked({ incident }: IncidentView, staff: readonly Colleague[]): readonly OptionWords[] {
  const { restrictedTo } = incident;
  return staff
    .filter(({ id }) => restrictedTo === undefined || restrictedTo.includes(id))
    .map(({ id, name }) => ({ value: id, label: name }));
}

function questionModel(
  visit: StaffVisit,
  { incident, names, words }: IncidentView,
  question: Question,
  people: readonly OptionWords[],
  { errors, typed }: Given,
): object {
  const { say, times } = visit;
  const { id, owner, answered, askedAt, revision } = question;
  const nameOf = (user: string): string => names.get(user) ?? user;
  const may = visit.may('task.assign') && !answered;
  const answerField = `answer-${id}`;
  return {
    id: `q-${id}`,
    text: words.get(question.text.id) ?? '',
    asked: say('authority.asked', { when: times.full(askedAt) }),
    owner: owner === undefined ? say('authority.nobody') : say('authority.owned', { name: nameOf(owner) }),
    owned: owner !== undefined,
    answered: answered
      ? say('authority.answered', { name: nameOf(answered.by), when: times.full(answered.at) })
      : null,
    note: answered?.note ? (words.get(answered.note.id) ?? '') : null,
    base: may ? `/incidents/${incident.id}/questions/${id}` : null,
    shown: revision,
    give: {
      ...select(`owner-${id}`, { label: say('authority.owner') }, people, owner ?? '', errors),
      name: 'owner',
    },
    answer: {
      ...field(
        answerField,
        {
          label: say('authority.note'),
          hint: say('authority.note-hint'),
          rows: 3,
          value: typed?.field === answerField ? typed.text : '',
        },
        errors,
      ),
      name: 'note',
    },
    open: errors.at(answerField) !== null || errors.at(`owner-${id}`) !== null,
  };
}

function askModel(visit: StaffVisit, people: readonly OptionWords[], { errors, typed }: Given): object {
  const { say } = visit;
  const own = typed?.field === 'text' ? typed : undefined;
  return {
    text: field(
      'text',
      { label: say('authority.text'), hint: say('authority.text-hint'), rows: 4, value: own?.text ?? '' },
      errors,
    ),
    owner: select(
      'owner',
      { label: say('authority.owner') },
      [{ value: '', label: say('authority.later') }, ...people],
      own?.owner ?? '',
      errors,
    ),
  };
}
