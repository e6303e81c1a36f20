import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import type { TaskRecord } from '../../domain/incident/incident.ts';
import {
  decideAllNotOwed,
  decideNotOwed,
  withdrawDecision as withdraw,
} from '../../domain/incident/obligations.ts';
import { maySee } from '../../domain/incident/restriction.ts';
import { closeStage as close, reopenStage as reopen } from '../../domain/incident/stages.ts';
import { assignTask as assign, changeTask as change } from '../../domain/incident/tasks.ts';
import type { Stage } from '../../domain/playbook/types.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { SealedNote } from '../ports/stores.ts';
import { changeIncident, type Changing, type Command } from './change.ts';
import { findIncident } from './find.ts';
import { isStaff } from './lead.ts';
import { playbookOf, stageGate } from './playbook-view.ts';
import { sealIfGiven, sealNote } from './seal-note.ts';

type Deps = Changing & Pick<House, 'notes' | 'playbooks'>;
type Outcome = Promise<Result<undefined, DomainError>>;

/** Marks a task done, not needed (with a reason), or open again. */
export async function changeTask(
  house: Deps,
  actor: Actor,
  form: {
    readonly incident: string;
    readonly task: string;
    readonly state: TaskRecord['state'];
    readonly note?: string;
    readonly shown: number;
  },
  key?: string,
): Outcome {
  const known = await knownTasks(house, actor, form.incident);
  if (!known.ok) return known;
  const note = await sealIfGiven(house, actor, { ...form, text: form.note, path: 'note' });
  if (!note.ok) return note;
  const { task: id, state, shown } = form;
  return run(
    house,
    actor,
    form.incident,
    (incident, context) =>
      change(
        incident,
        { id, state, shown, ...(note.value ? { note: note.value.ref } : {}) },
        known.value,
        context,
      ),
    key,
    note.value,
  );
}

/** Gives a task to a person of the organisation who may see the incident. */
export async function assignTask(
  house: Deps & Pick<House, 'users'>,
  actor: Actor,
  form: {
    readonly incident: string;
    readonly task: string;
    readonly assignee: string;
    readonly shown: number;
  },
  key?: string,
): Outcome {
  const allowed = allow(actor, 'task.assign');
  if (!allowed.ok) return allowed;
  const known = await knownTasks(house, actor, form.incident);
  if (!known.ok) return known;
  if (!(await isStaff(house, actor.organisation, [form.assignee])))
    return fail(invalid('assignee', 'user.unknown'));
  return run(
    house,
    actor,
    form.incident,
    (incident, context) => {
      const { task: id, assignee, shown } = form;
      if (!maySee({ user: assignee }, incident)) return fail(invalid('assignee', 'user.cannot-see'));
      return assign(incident, { id, assignee, shown }, known.value, context);
    },
    key,
  );
}

/** Closes the current stage; with `reason`, over a gate that is not open. */
export async function closeStage(
  house: Deps,
  actor: Actor,
  form: { readonly incident: string; readonly stage: Stage; readonly reason?: string },
  key?: string,
): Outcome {
  const allowed = allow(actor, 'stage.close');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id: form.incident });
  const playbook = await playbookOf(house, incident);
  const override = await sealIfGiven(house, actor, { ...form, text: form.reason, path: 'reason' });
  if (!override.ok) return override;
  const { stage } = form;
  return run(
    house,
    actor,
    form.incident,
    (fresh, context, law) => {
      const gate = stageGate(fresh, playbook, stage, law.facts(fresh));
      return close(
        fresh,
        { stage, gate, ...(override.value ? { override: override.value.ref } : {}) },
        context,
      );
    },
    key,
    override.value,
  );
}

/** Opens a stage again, with a reason. */
export async function reopenStage(
  house: Deps,
  actor: Actor,
  form: { readonly incident: string; readonly stage: Stage; readonly reason: string },
  key?: string,
): Outcome {
  const allowed = allow(actor, 'stage.close');
  if (!allowed.ok) return allowed;
  const reason = await sealNote(house, actor, { ...form, text: form.reason, path: 'reason' });
  if (!reason.ok) return reason;
  return run(
    house,
    actor,
    form.incident,
    (incident, context) => reopen(incident, { stage: form.stage, reason: reason.value.ref }, context),
    key,
    reason.value,
  );
}

/** Decides that a duty is not owed although it may be, with a reason. */
export async function decideDuty(
  house: Deps,
  actor: Actor,
  form: { readonly incident: string; readonly obligation: string; readonly reason: string },
  key?: string,
): Outcome {
  const allowed = allow(actor, 'duty.decide');
  if (!allowed.ok) return allowed;
  const reason = await sealNote(house, actor, { ...form, text: form.reason, path: 'reason' });
  if (!reason.ok) return reason;
  return run(
    house,
    actor,
    form.incident,
    (incident, context) =>
      decideNotOwed(incident, { key: form.obligation, reason: reason.value.ref }, context),
    key,
    reason.value,
  );
}

/**
 * Decides of several duties of an incident, with one reason, that they are not owed: all or none. Each stands in the
 * record by itself.
 */
export async function decideDuties(
  house: Deps,
  actor: Actor,
  form: { readonly incident: string; readonly obligations: readonly string[]; readonly reason: string },
  key?: string,
): Outcome {
  const allowed = allow(actor, 'duty.decide');
  if (!allowed.ok) return allowed;
  // Asked with the reason, so that a person is told of both at once.
  const chosen = form.obligations.length > 0;
  const reason = await sealNote(house, actor, { ...form, text: form.reason, path: 'reason' });
  if (!chosen) {
    const problems = [
      { path: 'obligations', key: 'obligation.none-chosen' },
      ...(!reason.ok && reason.error.kind === 'invalid-input' ? reason.error.problems : []),
    ];
    return fail({ kind: 'invalid-input', problems });
  }
  if (!reason.ok) return reason;
  return run(
    house,
    actor,
    form.incident,
    (incident, context) =>
      decideAllNotOwed(incident, { keys: form.obligations, reason: reason.value.ref }, context),
    key,
    reason.value,
  );
}

/** Takes the decision that a duty is not owed back, with a reason. */
export async function withdrawDecision(
  house: Deps,
  actor: Actor,
  form: { readonly incident: string; readonly obligation: string; readonly reason: string },
  key?: string,
): Outcome {
  const allowed = allow(actor, 'duty.decide');
  if (!allowed.ok) return allowed;
  const reason = await sealNote(house, actor, { ...form, text: form.reason, path: 'reason' });
  if (!reason.ok) return reason;
  return run(
    house,
    actor,
    form.incident,
    (incident, context) => withdraw(incident, { key: form.obligation, reason: reason.value.ref }, context),
    key,
    reason.value,
  );
}

async function run(
  house: Deps,
  actor: Actor,
  id: string,
  command: Command<undefined>,
  key: string | undefined,
  note?: SealedNote,
): Outcome {
  const done = await changeIncident(house, actor, id, command, key, note ? [note] : []);
  return done.ok ? ok(undefined) : done;
}

async function knownTasks(
  house: Deps,
  actor: Actor,
  id: string,
): Promise<Result<readonly string[], DomainError>> {
  const incident = await findIncident(house, actor, id);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id });
  const playbook = await playbookOf(house, incident);
  return ok(playbook.stages.flatMap(({ tasks }) => tasks.map((task) => task.id)));
}
