import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { takeOverPlaybook as takeOver } from '../../domain/incident/take-over-playbook.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { changeIncident, type Changing } from './change.ts';
import { findIncident } from './find.ts';

/**
 * Goes on by the playbook as it is installed now, or by another one where it turned out to be another kind of breach.
 * Done tasks stay done, answers stay given.
 * @param form.shown the hash of the text that the page showed in use
 * @param form.playbook the id of another playbook; without it a newer text of the same one
 */
export async function takeOverPlaybook(
  house: Changing & Pick<House, 'playbooks'>,
  actor: Actor,
  form: { readonly incident: string; readonly shown: string; readonly playbook?: string },
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'task.assign');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id: form.incident });
  const id = form.playbook ?? incident.playbook.id;
  const installed = house.playbooks.byId(id);
  if (!installed) return fail(invalid('playbook', 'playbook.unknown', { value: id }));
  await house.texts.put([installed.text]);
  const playbook = { id, version: installed.version, hash: installed.hash };
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context) => takeOver(fresh, { playbook, shown: form.shown }, context),
    key,
  );
  return done.ok ? ok(undefined) : done;
}
