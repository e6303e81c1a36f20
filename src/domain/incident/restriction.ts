import { may } from '../access/permissions.ts';
import type { Actor } from '../access/roles.ts';
import type { DomainError } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Incident } from './incident.ts';

/** Tocsin itself: clocks and jobs work on every incident. */
const HOUSE = 'tocsin';

/** Whether the person may know of the incident at all; for anybody else there is no such incident. */
export function maySee(actor: Pick<Actor, 'user'>, of: Pick<Incident, 'restrictedTo'>): boolean {
  return of.restrictedTo === undefined || actor.user === HOUSE || of.restrictedTo.includes(actor.user);
}

/**
 * Restricts the incident to these people, or with `null` opens it to the whole organisation. Its owner and who
 * restricts it are always among them: nobody locks out the person who must act, or themselves.
 * @param shown who could see it on the page from which this comes; another list meanwhile is a conflict
 */
export function restrict(
  incident: Incident,
  to: readonly string[] | null,
  context: Context,
  shown?: readonly string[] | null,
): Result<Change, DomainError> {
  if (!may(context.actor, 'incident.restrict')) {
    return fail({ kind: 'not-allowed', permission: 'incident.restrict' });
  }
  const { restrictedTo: before, ...open } = incident;
  if (shown !== undefined && keyOf(shown) !== keyOf(before)) {
    return fail({
      kind: 'stale-version',
      subject: 'restriction',
      shown: 0,
      current: incident.register.sequence,
      theirs: before ?? null,
      yours: to,
    });
  }
  const people = to && [...new Set([incident.owner, context.actor.user, ...to])].sort();
  if (keyOf(people) === keyOf(before)) return ok({ incident, answer: undefined });
  const happening = { type: 'restricted', data: { to: people, formerly: before ? [...before] : null } };
  return ok(settle(open, people ? { restrictedTo: people } : {}, [happening], context, undefined));
}

function keyOf(people: readonly string[] | null | undefined): string | null {
  return people ? [...people].sort().join() : null;
}
