import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import {
  paceDispatch as pace,
  pauseDispatch as pause,
  resumeDispatch as resume,
  stopDispatch as stop,
} from '../../domain/incident/pausing.ts';
import { turnedAwayIn } from '../../domain/people/sending-rules.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { changeIncident, type Changing, type Command } from '../incident/change.ts';
import { findIncident } from '../incident/find.ts';
import { sealIfGiven } from '../incident/seal-note.ts';
import type { House } from '../ports/house.ts';

type Deps = Changing & Pick<House, 'lists'>;

interface Place {
  readonly incident: string;
  readonly notice: string;
}

type Steered = Promise<Result<undefined, DomainError>>;

/** Sending waits within the second; calls under way come to their end. */
export function pauseDispatch(house: Deps, actor: Actor, place: Place, key?: string): Steered {
  return steer(house, actor, place, key, (fresh, context) => pause(fresh, place.notice, 'person', context));
}

/** Sending goes on. Mails that came back so far are taken as seen. */
export async function resumeDispatch(house: Deps, actor: Actor, place: Place, key?: string): Steered {
  const allowed = allow(actor, 'letters.dispatch');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, place.incident);
  const list = incident?.notices.find(({ id }) => id === place.notice)?.list;
  if (!list) return fail({ kind: 'not-found', what: 'notice', id: place.notice });
  const turnedAway = turnedAwayIn(await house.lists.totals(actor.organisation, list.id));
  return steer(house, actor, place, key, (fresh, context) =>
    resume(fresh, place.notice, turnedAway, context),
  );
}

/** Nothing of it leaves any more, with a reason; it cannot be taken back. */
export async function stopDispatch(
  house: Deps,
  actor: Actor,
  form: Place & { readonly reason: string },
  key?: string,
): Steered {
  const allowed = allow(actor, 'letters.dispatch');
  if (!allowed.ok) return allowed;
  const note = await sealIfGiven(house, actor, { ...form, text: form.reason, path: 'reason' });
  if (!note.ok) return note;
  const sealed = note.value;
  if (!sealed) return fail(invalid('reason', 'text.missing'));
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context) => stop(fresh, form.notice, sealed.ref, context),
    key,
    [sealed],
  );
  return done.ok ? ok(undefined) : done;
}

/** How many may leave in a minute. @param perMinute null: as fast as the mail service takes them */
export function paceDispatch(
  house: Deps,
  actor: Actor,
  form: Place & { readonly perMinute: number | null },
  key?: string,
): Steered {
  return steer(house, actor, form, key, (fresh, context) =>
    pace(fresh, form.notice, form.perMinute, context),
  );
}

/** Changes how the letter is sent, and rings: whoever sends it looks at once. */
async function steer(
  house: Deps,
  actor: Actor,
  { incident, notice }: Place,
  key: string | undefined,
  command: Command<undefined>,
): Steered {
  const done = await changeIncident(house, actor, incident, command, key);
  if (!done.ok) return done;
  await house.scheduler.dispatch(actor.organisation, incident, notice);
  return ok(undefined);
}
