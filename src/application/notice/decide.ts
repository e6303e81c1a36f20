import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { approveNotice as approve, sendBackNotice as sendBack } from '../../domain/incident/notices.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { sealIfGiven, sealNote } from '../incident/seal-note.ts';
import { approversOf, staffOf } from './approvers.ts';
import { atHand, findNotice, type Finding } from './source.ts';

type Deps = Changing & Finding & Pick<House, 'users' | 'lists' | 'evidence' | 'passwords'>;
type Outcome = Promise<Result<undefined, DomainError>>;

export interface ApproveForm {
  readonly incident: string;
  readonly notice: string;
  /** The hash of the seal that the page showed. */
  readonly seal: string;
  /** The approver's own password again: an open browser approves nothing. */
  readonly password: string;
  /** Only for the lone approver of an own text. */
  readonly reason?: string;
}

/** Approves and seals a notice that is in review. */
export async function approveNotice(house: Deps, actor: Actor, form: ApproveForm, key?: string): Outcome {
  const found = await findNotice(house, actor, form.incident, form.notice);
  if (!found.ok) return found;
  const allowed = allow(actor, 'notice.approve');
  if (!allowed.ok) return allowed;
  const user = await house.users.byId(actor.user);
  if (!(await house.passwords.verify(user?.password ?? null, form.password)))
    return fail(invalid('password', 'password.wrong'));
  const { notice } = found.value;
  const submitted = notice.submitted?.seal;
  if (!submitted)
    return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: 'notice.not-submitted' });
  const reason = await sealIfGiven(house, actor, { ...form, text: form.reason, path: 'reason' });
  if (!reason.ok) return reason;
  const staff = await staffOf(house, actor.organisation);
  const input = {
    atHand: await atHand(house, actor.organisation, notice, submitted),
    shown: form.seal,
    ...(reason.value ? { reason: reason.value.ref } : {}),
  };
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) => {
      const approvers = approversOf(incident, staff).map(({ user: id }) => id);
      return approve(incident, form.notice, { ...input, approvers }, context);
    },
    key,
    reason.value ? [reason.value] : [],
  );
  return done.ok ? ok(undefined) : done;
}

/** Sends a notice back to its author, with a reason. */
export async function sendBackNotice(
  house: Deps,
  actor: Actor,
  form: { readonly incident: string; readonly notice: string; readonly reason: string },
  key?: string,
): Outcome {
  const allowed = allow(actor, 'notice.approve');
  if (!allowed.ok) return allowed;
  const reason = await sealNote(house, actor, { ...form, text: form.reason, path: 'reason' });
  if (!reason.ok) return reason;
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) => sendBack(incident, form.notice, reason.value.ref, context),
    key,
    [reason.value],
  );
  return done.ok ? ok(undefined) : done;
}
