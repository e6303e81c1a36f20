import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { appointLeader as appoint, changeTitle as entitle } from '../../domain/incident/leader.ts';
import { restrict } from '../../domain/incident/restriction.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { changeIncident, type Changing } from './change.ts';
import { sealNote } from './seal-note.ts';

type Deps = Changing & Pick<House, 'users' | 'notes'>;
type Outcome = Promise<Result<undefined, DomainError>>;

/** Names who leads the response: the owner from here on. Also how the present owner is confirmed. */
export async function appointLeader(
  house: Deps,
  actor: Actor,
  form: { readonly incident: string; readonly user: string; /** The owner seen. */ readonly shown: string },
  key?: string,
): Outcome {
  const allowed = allow(actor, 'task.assign');
  if (!allowed.ok) return allowed;
  if (!(await isStaff(house, actor.organisation, [form.user]))) return fail(invalid('user', 'user.unknown'));
  const { user, shown } = form;
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) => appoint(incident, { user, shown }, context),
    key,
  );
  return done.ok ? ok(undefined) : done;
}

/** Restricts an incident to the named people, with its owner and the acting person; `to: null` opens it again. */
export async function restrictIncident(
  house: Deps,
  actor: Actor,
  form: {
    readonly incident: string;
    readonly to: readonly string[] | null;
    /** Who could see it on the page from which this comes; left out, the last word counts. */
    readonly shown?: readonly string[] | null;
  },
  key?: string,
): Outcome {
  const allowed = allow(actor, 'incident.restrict');
  if (!allowed.ok) return allowed;
  if (!(await isStaff(house, actor.organisation, form.to ?? []))) return fail(invalid('to', 'user.unknown'));
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) => restrict(incident, form.to, context, form.shown),
    key,
  );
  return done.ok ? ok(undefined) : done;
}

/** Gives the incident another title. */
export async function changeTitle(
  house: Deps,
  actor: Actor,
  form: { readonly incident: string; readonly title: string; /** The title seen. */ readonly shown: string },
  key?: string,
): Outcome {
  const allowed = allow(actor, 'fact.change');
  if (!allowed.ok) return allowed;
  const title = form.title.trim();
  const note = await sealNote(house, actor, { incident: form.incident, text: title, path: 'title' });
  if (!note.ok) return note;
  const { shown } = form;
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) => entitle(incident, { title, note: note.value.ref, shown }, context),
    key,
    [note.value],
  );
  return done.ok ? ok(undefined) : done;
}

/** Whether all of these are active people of the organisation. */
export async function isStaff(
  house: Pick<House, 'users'>,
  organisation: string,
  ids: readonly string[],
): Promise<boolean> {
  const staff = await house.users.of(organisation);
  return ids.every((id) => staff.some((user) => user.id === id && user.active));
}
