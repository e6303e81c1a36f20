import { decideDoubt } from '../../../../application/people/doubt.ts';
import {
  paceDispatch,
  pauseDispatch,
  resumeDispatch,
  stopDispatch,
} from '../../../../application/people/steer-dispatch.ts';
import type { DomainError } from '../../../../domain/errors.ts';
import type { Result } from '../../../../domain/result.ts';
import { refuse } from '../../answers/errors.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showRefused } from '../notice/page.ts';
import { noticePath } from '../notice/paths.ts';

function place(visit: StaffVisit): { readonly incident: string; readonly notice: string } {
  return { incident: param(visit, 'incident'), notice: param(visit, 'notice') };
}

/** Back to the letter, or its page again with what is wrong. */
async function answer(visit: StaffVisit, done: Result<unknown, DomainError>, words: string): Promise<void> {
  if (done.ok) go(visit, `${noticePath(visit)}#dispatch`, words);
  else if (done.error.kind === 'invalid-input')
    await showRefused(visit, done.error, (path) => (path === 'reason' ? 'stop-reason' : path));
  else refuse(visit, done.error);
}

export async function takePause(visit: StaffVisit, form: Form): Promise<void> {
  await answer(visit, await pauseDispatch(visit.parts.house, visit.actor, place(visit), form.key), 'paused');
}

export async function takeResume(visit: StaffVisit, form: Form): Promise<void> {
  await answer(
    visit,
    await resumeDispatch(visit.parts.house, visit.actor, place(visit), form.key),
    'resumed',
  );
}

/** An empty field means: as fast as the mail service takes them. */
export async function takePace(visit: StaffVisit, form: Form): Promise<void> {
  const typed = form.text('perMinute').trim();
  const perMinute = typed === '' ? null : form.int('perMinute', -1);
  const asked = { ...place(visit), perMinute };
  await answer(visit, await paceDispatch(visit.parts.house, visit.actor, asked, form.key), 'paced');
}

export async function takeStop(visit: StaffVisit, form: Form): Promise<void> {
  const asked = { ...place(visit), reason: form.text('stop-reason') };
  await answer(visit, await stopDispatch(visit.parts.house, visit.actor, asked, form.key), 'stopped');
}

export async function takeDoubt(visit: StaffVisit, form: Form): Promise<void> {
  const asked = { ...place(visit), decision: form.text('decision') };
  await answer(visit, await decideDoubt(visit.parts.house, visit.actor, asked, form.key), 'doubt-decided');
}
