import {
  assignTask,
  changeTask,
  closeStage,
  reopenStage,
} from '../../../../application/incident/tasks-and-stages.ts';
import { viewIncident } from '../../../../application/incident/view-incident.ts';
import type { DomainError } from '../../../../domain/errors.ts';
import { recordOf } from '../../../../domain/incident/tasks.ts';
import { STAGES, type Stage, type TaskState } from '../../../../domain/playbook/types.ts';
import type { Result } from '../../../../domain/result.ts';
import { refuse } from '../../answers/errors.ts';
import { formError, formErrors } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showIncidentPage, showRefusedForm } from './page.ts';
import { showTaskPage, type TypedTask } from './task-page.ts';
import { taskHref } from './tasks.ts';

const STATES: readonly string[] = ['done', 'not-needed', 'open'];

/** A task is done, not needed, or open again. */
export async function takeTask(visit: StaffVisit, form: Form): Promise<void> {
  const task = param(visit, 'task');
  const incident = param(visit, 'incident');
  const state = form.text('state');
  const note = form.text('note');
  const done = await changeTask(
    visit.parts.house,
    visit.actor,
    {
      incident,
      task,
      state: (STATES.includes(state) ? state : 'done') as TaskState,
      note,
      shown: form.int('shown', 0),
    },
    form.key,
  );
  const back = form.text('back') === 'task' ? taskHref(incident, task) : `/incidents/${incident}#t-${task}`;
  await answerTask(visit, done, { back, words: `task-${state}`, field: `note-${task}`, typed: { note } });
}

/** A task is given to somebody. */
export async function takeAssignee(visit: StaffVisit, form: Form): Promise<void> {
  const task = param(visit, 'task');
  const incident = param(visit, 'incident');
  const assignee = form.text('assignee');
  const given = { incident, task, assignee, shown: form.int('shown', 0) };
  const done = await assignTask(visit.parts.house, visit.actor, given, form.key);
  const back = taskHref(incident, task);
  await answerTask(visit, done, { back, words: 'task-assigned', field: 'assignee', typed: { assignee } });
}

interface TaskAnswer {
  readonly back: string;
  readonly words: string;
  readonly field: string;
  readonly typed: TypedTask;
}

/** Back to where it came from; or the task's page with what was typed still in it, and what stands in its way. */
async function answerTask(
  visit: StaffVisit,
  done: Result<unknown, DomainError>,
  { back, words, field, typed }: TaskAnswer,
): Promise<void> {
  if (done.ok) go(visit, back, words);
  else if (done.error.kind === 'invalid-input')
    await showTaskPage(
      visit,
      formErrors(visit, done.error, () => field),
      422,
      typed,
    );
  else if (done.error.kind === 'stale-version')
    await showTaskPage(visit, formError(field, await fasterWords(visit)), 409, typed);
  else refuse(visit, done.error);
}

/** What somebody else made of the task meanwhile. */
async function fasterWords(visit: StaffVisit): Promise<string> {
  const view = await viewIncident(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!view.ok) return visit.say('tasks.faster.open', { name: '' });
  const { incident, names } = view.value;
  const { state, by, assignee } = recordOf(incident, param(visit, 'task'));
  const what = state === 'open' && assignee !== undefined ? 'assigned' : state;
  return visit.say(`tasks.faster.${what}`, {
    name: names.get(by ?? '') ?? '',
    assignee: names.get(assignee ?? '') ?? '',
  });
}

export async function takeClose(visit: StaffVisit, form: Form): Promise<void> {
  const stage = stageOf(visit);
  if (!stage) return;
  const reason = form.text('reason');
  const done = await closeStage(
    visit.parts.house,
    visit.actor,
    { incident: param(visit, 'incident'), stage, ...(reason.trim() === '' ? {} : { reason }) },
    form.key,
  );
  if (!done.ok && done.error.kind === 'stage-gate-closed') {
    // The page says below for what the gate waits: somebody may have opened a task again meanwhile.
    const { tasks, facts } = done.error;
    const words = visit.say('tasks.gate-closed', {
      stage: visit.say(`stage.${stage}`),
      count: tasks.length + facts.length,
    });
    await showIncidentPage(visit, { at: () => null, summary: [{ href: '#close', words }] }, 409);
  } else await answer(visit, done, { field: 'reason', words: 'stage-closed' });
}

export async function takeReopen(visit: StaffVisit, form: Form): Promise<void> {
  const stage = stageOf(visit);
  if (!stage) return;
  const done = await reopenStage(
    visit.parts.house,
    visit.actor,
    { incident: param(visit, 'incident'), stage, reason: form.text('reason') },
    form.key,
  );
  await answer(visit, done, { field: `reopen-${stage}`, words: 'stage-reopened' });
}

function stageOf(visit: StaffVisit): Stage | undefined {
  const stage = STAGES.find((known) => known === param(visit, 'stage'));
  if (!stage) refuse(visit, { kind: 'not-found', what: 'stage', id: '' });
  return stage;
}

/** Back to the incident; or the page again with what was wrong. */
async function answer(
  visit: StaffVisit,
  done: Result<unknown, DomainError>,
  { field, words }: { readonly field: string; readonly words: string },
): Promise<void> {
  if (done.ok) go(visit, `/incidents/${param(visit, 'incident')}#main`, words);
  else if (done.error.kind === 'invalid-input') await showRefusedForm(visit, done.error, () => field);
  else refuse(visit, done.error);
}
