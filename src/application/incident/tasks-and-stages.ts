import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import type { NoteRef, TaskRecord } from '../../domain/incident/incident.ts';
import { decideNotOwed, withdrawDecision as withdraw } from '../../domain/incident/obligations.ts';
import { closeStage as close, reopenStage as reopen } from '../../domain/incident/stages.ts';
import { assignTask as assign, changeTask as change } from '../../domain/incident/tasks.ts';
import type { Stage } from '../../domain/playbook/types.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { changeIncident, type Changing, type Command } from './change.ts';
import { findIncident } from './find.ts';
import { playbookOf, stageGate } from './playbook-view.ts';

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
  const note = await noted(house, actor, form.incident, form.note);
  return run(
    house,
    actor,
    form.incident,
    (incident, context) =>
      change(
        incident,
        { id: form.task, state: form.state, shown: form.shown, ...(note ? { note } : {}) },
        known.value,
        context,
      ),
    key,
  );
}

/** Gives a task to a person of the organisation. */
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
  const known = await knownTasks(house, actor, form.incident);
  if (!known.ok) return known;
  const staff = await house.users.of(actor.organisation);
  if (!staff.some((user) => user.id === form.assignee && user.active))
    return fail(invalid('assignee', 'user.unknown'));
  return run(
    house,
    actor,
    form.incident,
    (incident, context) =>
      assign(incident, { id: form.task, assignee: form.assignee, shown: form.shown }, known.value, context),
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
  const override = await noted(house, actor, form.incident, form.reason);
  const { stage } = form;
  return run(
    house,
    actor,
    form.incident,
    (fresh, context, law) => {
      const gate = stageGate(fresh, playbook, stage, law.facts(fresh));
      return close(fresh, { stage, gate, ...(override ? { override } : {}) }, context);
    },
    key,
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
  const reason = await noted(house, actor, form.incident, form.reason);
  if (!reason) return fail(invalid('reason', 'text.missing'));
  return run(
    house,
    actor,
    form.incident,
    (incident, context) => reopen(incident, { stage: form.stage, reason }, context),
    key,
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
  const reason = await noted(house, actor, form.incident, form.reason);
  if (!reason) return fail(invalid('reason', 'text.missing'));
  return run(
    house,
    actor,
    form.incident,
    (incident, context) => decideNotOwed(incident, { key: form.obligation, reason }, context),
    key,
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
  const reason = await noted(house, actor, form.incident, form.reason);
  if (!reason) return fail(invalid('reason', 'text.missing'));
  return run(
    house,
    actor,
    form.incident,
    (incident, context) => withdraw(incident, { key: form.obligation, reason }, context),
    key,
  );
}

async function run(
  house: Deps,
  actor: Actor,
  id: string,
  command: Command<undefined>,
  key?: string,
): Outcome {
  const done = await changeIncident(house, actor, id, command, key);
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

async function noted(
  house: Deps,
  actor: Actor,
  incident: string,
  text: string | undefined,
): Promise<NoteRef | undefined> {
  const words = (text ?? '').trim();
  return words === '' ? undefined : house.notes.write(actor.organisation, incident, words);
}
