import { may } from '../access/permissions.ts';
import type { DomainError } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Incident, NoteRef, TaskRecord } from './incident.ts';

export interface TaskChange {
  readonly id: string;
  readonly state: TaskRecord['state'];
  /** What was done, or the reason why it is not needed (then it must be given). */
  readonly note?: NoteRef;
  readonly shown: number;
}

/**
 * Marks a task done, not needed (with a reason), or open again. Tasks are never locked: nobody waits for a form
 * before pulling a cable.
 * @param known the ids of the playbook's tasks
 */
export function changeTask(
  incident: Incident,
  change: TaskChange,
  known: readonly string[],
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'task.complete')) return fail({ kind: 'not-allowed', permission: 'task.complete' });
  if (!known.includes(change.id)) return fail({ kind: 'not-found', what: 'task', id: change.id });
  const before = recordOf(incident, change.id);
  const stale = staleTask(before, change.shown, change.state);
  if (stale) return fail(stale);
  if (change.state === 'not-needed' && !change.note) {
    return fail({ kind: 'invalid-input', problems: [{ path: 'reason', key: 'text.missing' }] });
  }
  const { assignee } = before;
  const record: TaskRecord = {
    id: change.id,
    state: change.state,
    ...(assignee === undefined ? {} : { assignee }),
    at: context.at,
    by: context.actor.user,
    ...(change.note ? { note: change.note } : {}),
    revision: before.revision + 1,
  };
  const happening = {
    type: `task-${change.state === 'open' ? 'reopened' : change.state}`,
    data: { task: change.id, note: change.note?.id ?? null, hash: change.note?.hash ?? null },
  };
  return ok(settle(incident, { tasks: withRecord(incident, record) }, [happening], context, undefined));
}

/** Gives a task to a person. */
export function assignTask(
  incident: Incident,
  change: { readonly id: string; readonly assignee: string; readonly shown: number },
  known: readonly string[],
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'task.assign')) return fail({ kind: 'not-allowed', permission: 'task.assign' });
  if (!known.includes(change.id)) return fail({ kind: 'not-found', what: 'task', id: change.id });
  const before = recordOf(incident, change.id);
  const stale = staleTask(before, change.shown, change.assignee);
  if (stale) return fail(stale);
  const record = { ...before, assignee: change.assignee, revision: before.revision + 1 };
  const happening = { type: 'task-assigned', data: { task: change.id, assignee: change.assignee } };
  return ok(settle(incident, { tasks: withRecord(incident, record) }, [happening], context, undefined));
}

/** The record of a task; one that nobody touched is open, in revision 0. */
export function recordOf(incident: Incident, id: string): TaskRecord {
  return incident.tasks.find((task) => task.id === id) ?? { id, state: 'open', revision: 0 };
}

function withRecord(incident: Incident, record: TaskRecord): readonly TaskRecord[] {
  return [...incident.tasks.filter((task) => task.id !== record.id), record];
}

function staleTask(before: TaskRecord, shown: number, yours: unknown): DomainError | undefined {
  if (before.revision === shown) return undefined;
  return {
    kind: 'stale-version',
    subject: before.id,
    shown,
    current: before.revision,
    theirs: before.state,
    yours,
  };
}
