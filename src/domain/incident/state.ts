import type { Temporal } from 'temporal-polyfill';
import { may } from '../access/permissions.ts';
import { invalid, type DomainError } from '../errors.ts';
import type { Happening } from '../register/entry.ts';
import { fail, ok, type Result } from '../result.ts';
import { gapProblems, momentOf, orderOfMoments } from './awareness.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Judge } from './facts.ts';
import type { Incident, IncidentState, NoteRef } from './incident.ts';
import { rejudge } from './judgement.ts';

export interface StateChange {
  readonly state: IncidentState;
  /** The state that the person saw. */
  readonly shown: IncidentState;
  readonly reason: NoteRef;
  /** When we became aware that it is a breach; needed for that where it is not known yet. */
  readonly awareAt?: Temporal.Instant;
  /** Why more than a day lies between the first sign and awareness, where it does. */
  readonly awareBecause?: NoteRef;
}

/**
 * Decides what the incident is. A near miss has no clock and stays in the breach register; what becomes a breach needs
 * the moment of awareness, from which the law counts. Every duty is judged anew.
 */
export function changeState(
  incident: Incident,
  change: StateChange,
  judge: Judge,
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'duty.decide')) return fail({ kind: 'not-allowed', permission: 'duty.decide' });
  const { state, shown } = change;
  if (incident.state !== shown) return fail(stale(incident, change));
  if (state === shown) {
    return fail({ kind: 'wrong-state', what: 'incident', state, key: 'incident.state-unchanged' });
  }
  const aware = withAwareness(incident, change, context);
  if (state === 'breach' && !momentOf(aware, 'awareAt')) {
    return fail(invalid('awareAt', 'state.needs-awareness'));
  }
  const problems = change.awareAt
    ? [...orderOfMoments(aware, context.at), ...gapProblems(aware, 'awareBecause')]
    : [];
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const next: Incident = { ...aware, state };
  const { obligations, notices, happenings } = rejudge(next, judge(next));
  const changed: Happening = {
    type: 'state-changed',
    data: {
      state,
      formerly: shown,
      reason: change.reason.id,
      hash: change.reason.hash,
      awareAt: change.awareAt?.toString() ?? null,
      awareBecause: change.awareBecause ? { ...change.awareBecause } : null,
    },
  };
  const changes = { state, facts: next.facts, obligations, notices };
  return ok(settle(incident, changes, [changed, ...happenings], context, undefined));
}

function withAwareness(incident: Incident, change: StateChange, { at, actor }: Context): Incident {
  if (!change.awareAt) return incident;
  const awareAt = {
    value: change.awareAt.toString({ smallestUnit: 'second' }),
    at,
    by: actor.user,
    ...(change.awareBecause ? { because: change.awareBecause } : {}),
    revision: (incident.facts['awareAt']?.revision ?? 0) + 1,
  };
  return { ...incident, facts: { ...incident.facts, awareAt } };
}

function stale(incident: Incident, { shown, state }: StateChange): DomainError {
  const { register, state: current } = incident;
  return {
    kind: 'stale-version',
    subject: 'state',
    shown: 0,
    current: register.sequence,
    theirs: current,
    yours: { from: shown, to: state },
  };
}
