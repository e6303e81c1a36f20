import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { takeOverPlaybook as takeOver } from '../../domain/incident/take-over-playbook.ts';
import { playbookChanges, type PlaybookChanges } from '../../domain/playbook/changes.ts';
import type { Playbook } from '../../domain/playbook/types.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { changeIncident, type Changing } from './change.ts';
import { findIncident } from './find.ts';
import { playbookOf } from './playbook-view.ts';

export interface PlaybookOffer {
  /** The text in use. */
  readonly from: Playbook;
  /** The text that can be taken over: as installed now. The same as `from` where there is nothing new. */
  readonly to: Playbook;
  readonly changes: PlaybookChanges;
}

/**
 * What would change if the incident went on by the installed text of its playbook, or of another one. Changes nothing.
 * @param form.playbook the id of another playbook
 */
export async function viewPlaybookChanges(
  house: Pick<House, 'incidents' | 'playbooks'>,
  actor: Actor,
  form: { readonly incident: string; readonly playbook?: string },
): Promise<Result<PlaybookOffer, DomainError>> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id: form.incident });
  const from = await playbookOf(house, incident);
  const id = form.playbook ?? incident.playbook.id;
  const to = house.playbooks.byId(id) ?? (id === from.id ? from : null);
  if (!to) return fail(invalid('playbook', 'playbook.unknown', { value: id }));
  return ok({ from, to, changes: playbookChanges(from, to) });
}

/**
 * Goes on by the playbook as it is installed now, or by another one where it turned out to be another kind of breach.
 * Done tasks stay done, answers stay given.
 * @param form.shown the hash of the text that the page showed in use
 * @param form.seen the hash of the text whose changes the person saw; another one installed meanwhile is a conflict
 * @param form.playbook the id of another playbook; without it a newer text of the same one
 */
export async function takeOverPlaybook(
  house: Changing & Pick<House, 'playbooks'>,
  actor: Actor,
  form: {
    readonly incident: string;
    readonly shown: string;
    readonly seen?: string;
    readonly playbook?: string;
  },
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'task.assign');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id: form.incident });
  const id = form.playbook ?? incident.playbook.id;
  const installed = house.playbooks.byId(id);
  if (!installed) return fail(invalid('playbook', 'playbook.unknown', { value: id }));
  if (form.seen !== undefined && form.seen !== installed.hash) {
    const revisions = { shown: 0, current: installed.version, theirs: installed.hash, yours: form.seen };
    return fail({ kind: 'stale-version', subject: 'playbook', ...revisions });
  }
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
