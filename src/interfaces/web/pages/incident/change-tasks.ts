import { changeTask, closeStage, reopenStage } from '../../../../application/incident/tasks-and-stages.ts';
import type { DomainError } from '../../../../domain/errors.ts';
import { STAGES, type Stage, type TaskState } from '../../../../domain/playbook/types.ts';
import type { Result } from '../../../../domain/result.ts';
import { refuse } from '../../answers/errors.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showRefusedForm } from './page.ts';

const STATES: readonly string[] = ['done', 'not-needed', 'open'];

/** A task is done, not needed, or open again. */
export async function takeTask(visit: StaffVisit, form: Form): Promise<void> {
  const task = param(visit, 'task');
  const state = form.text('state');
  const done = await changeTask(
    visit.parts.house,
    visit.actor,
    {
      incident: param(visit, 'incident'),
      task,
      state: (STATES.includes(state) ? state : 'done') as TaskState,
      note: form.text('note'),
      shown: form.int('shown', 0),
    },
    form.key,
  );
  await answer(visit, done, { place: `t-${task}`, field: `note-${task}`, words: `task-${state}` });
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
  await answer(visit, done, { place: 'main', field: 'reason', words: 'stage-closed' });
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
  await answer(visit, done, { place: 'main', field: `reopen-${stage}`, words: 'stage-reopened' });
}

function stageOf(visit: StaffVisit): Stage | undefined {
  const stage = STAGES.find((known) => known === param(visit, 'stage'));
  if (!stage) refuse(visit, { kind: 'not-found', what: 'stage', id: '' });
  return stage;
}

/** Back to the incident, at the place that changed; or the page again with what was wrong. */
async function answer(
  visit: StaffVisit,
  done: Result<unknown, DomainError>,
  { place, field, words }: { readonly place: string; readonly field: string; readonly words: string },
): Promise<void> {
  if (done.ok) go(visit, `/incidents/${param(visit, 'incident')}#${place}`, words);
  else if (done.error.kind === 'invalid-input') await showRefusedForm(visit, done.error, () => field);
  else refuse(visit, done.error);
}
