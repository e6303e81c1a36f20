import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { startDispatch as start } from '../../domain/incident/sending.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import { changeIncident } from '../incident/change.ts';
import { atHand } from '../notice/source.ts';
import type { Deps, Worker } from './dispatch/ground.ts';
import { runDispatch, type Run } from './dispatch/run.ts';

/** Starts sending an approved letter. The seal is checked here and again before each batch. */
export async function startDispatch(
  house: Deps,
  actor: Actor,
  form: { readonly incident: string; readonly notice: string },
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'letters.dispatch');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  const notice = incident?.notices.find(({ id }) => id === form.notice);
  if (!notice) return fail({ kind: 'not-found', what: 'notice', id: form.notice });
  const seal = notice.approved?.seal;
  if (!seal)
    return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: 'notice.not-approved' });
  const now = await atHand(house, actor.organisation, notice, seal);
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context) => start(fresh, form.notice, now, context),
    key,
  );
  if (!done.ok) return done;
  await house.scheduler.dispatch(actor.organisation, form.incident, form.notice);
  return ok(undefined);
}

/** Sends what can be sent of a letter now; by a worker of its own, if none is given. */
export function dispatchLetters(
  house: Deps,
  organisation: string,
  incident: string,
  notice: string,
  worker: Worker = { owner: house.ids.id(), lanes: 1, stopping: () => false },
): Promise<Result<Run, DomainError>> {
  return runDispatch(house, organisation, incident, notice, worker);
}
