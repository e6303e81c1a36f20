import { may } from '../access/permissions.ts';
import type { DomainError } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Incident, NoteRef } from './incident.ts';
import { titleProblems } from './log.ts';

/**
 * Names who leads the response: the owner, whom every clock wakes. Who logged a new incident owns it, but leads it only
 * once somebody says so.
 */
export function appointLeader(
  incident: Incident,
  change: { readonly user: string; /** The owner that the person saw. */ readonly shown: string },
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'task.assign')) return fail({ kind: 'not-allowed', permission: 'task.assign' });
  if (incident.owner !== change.shown) {
    return fail({
      kind: 'stale-version',
      subject: 'owner',
      shown: 0,
      current: incident.register.sequence,
      theirs: incident.owner,
      yours: change.user,
    });
  }
  const leader = { user: change.user, at: context.at, by: context.actor.user };
  const { restrictedTo } = incident;
  // Who leads must be able to see it.
  const seenBy =
    restrictedTo && !restrictedTo.includes(change.user)
      ? { restrictedTo: [...restrictedTo, change.user] }
      : {};
  const happening = {
    type: 'leader-appointed',
    data: { leader: change.user, formerly: incident.owner },
  };
  return ok(settle(incident, { owner: change.user, leader, ...seenBy }, [happening], context, undefined));
}

/** Gives the incident another title. A title may name people: the register holds a note of it, and its salted hash. */
export function changeTitle(
  incident: Incident,
  change: { readonly title: string; readonly note: NoteRef; /** The title seen. */ readonly shown: string },
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'fact.change')) return fail({ kind: 'not-allowed', permission: 'fact.change' });
  const problems = titleProblems(change.title);
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  if (incident.title !== change.shown) {
    return fail({
      kind: 'stale-version',
      subject: 'title',
      shown: 0,
      current: incident.register.sequence,
      theirs: incident.title,
      yours: change.title,
    });
  }
  if (change.title === incident.title) return ok({ incident, answer: undefined });
  const happening = { type: 'title-changed', data: { note: change.note.id, hash: change.note.hash } };
  return ok(settle(incident, { title: change.title }, [happening], context, undefined));
}
