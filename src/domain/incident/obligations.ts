import type { Temporal } from 'temporal-polyfill';
import { may } from '../access/permissions.ts';
import { invalid, type DomainError } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Incident, NoteRef, Obligation } from './incident.ts';
import { isOpen } from './standing.ts';

/** Decides against the computed answer that a duty is not owed. Not telling is a decision: it has a reason and a name. */
export function decideNotOwed(
  incident: Incident,
  input: { readonly key: string; readonly reason: NoteRef },
  context: Context,
): Result<Change, DomainError> {
  return decideAllNotOwed(incident, { keys: [input.key], reason: input.reason }, context);
}

/**
 * The same for several duties with one reason: all of them or none, and each is an entry of its own in the chain, so
 * that each can be taken back by itself.
 */
export function decideAllNotOwed(
  incident: Incident,
  input: { readonly keys: readonly string[]; readonly reason: NoteRef },
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'duty.decide')) return fail({ kind: 'not-allowed', permission: 'duty.decide' });
  const keys = new Set(input.keys);
  if (keys.size === 0) return fail(invalid('obligations', 'obligation.none-chosen'));
  const known = new Map(incident.obligations.map((obligation) => [obligation.key, obligation]));
  for (const key of keys) {
    const obligation = known.get(key);
    if (!obligation) return fail({ kind: 'not-found', what: 'obligation', id: key });
    if (!isOpen(obligation)) {
      return fail({ kind: 'wrong-state', what: 'obligation', state: 'closed', key: 'obligation.not-open' });
    }
  }
  const { reason } = input;
  const decided = { as: 'not-owed' as const, at: context.at, by: context.actor.user, reason };
  const obligations = incident.obligations.map((one) => (keys.has(one.key) ? { ...one, decided } : one));
  const happenings = [...keys].map((key) => ({
    type: 'obligation-decided',
    data: {
      key,
      as: 'not-owed',
      computed: known.get(key)?.decision ?? null,
      approver: context.actor.user,
      reason: reason.id,
      hash: reason.hash,
    },
  }));
  return ok(settle(incident, { obligations }, happenings, context, undefined));
}

/** Takes such a decision back, with a reason: the computed answer counts again. */
export function withdrawDecision(
  incident: Incident,
  input: { readonly key: string; readonly reason: NoteRef },
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'duty.decide')) return fail({ kind: 'not-allowed', permission: 'duty.decide' });
  const obligation = incident.obligations.find(({ key }) => key === input.key);
  if (!obligation) return fail({ kind: 'not-found', what: 'obligation', id: input.key });
  const { decided, ...open } = obligation;
  if (!decided) {
    return fail({ kind: 'wrong-state', what: 'obligation', state: 'open', key: 'obligation.not-decided' });
  }
  const happening = {
    type: 'decision-withdrawn',
    data: {
      key: input.key,
      computed: obligation.decision,
      approver: context.actor.user,
      reason: input.reason.id,
      hash: input.reason.hash,
    },
  };
  return ok(
    settle(incident, { obligations: withObligation(incident, open) }, [happening], context, undefined),
  );
}

/**
 * Marks obligations met by a filing or a telling at `at`. The first one is the anchor: what is met already keeps
 * its moment, and the deadline as it stood then.
 */
export function meet(
  obligations: readonly Obligation[],
  keys: readonly string[],
  met: {
    readonly at: Temporal.Instant;
    readonly by: string;
    /** None where somebody was told directly. */
    readonly notice?: string;
    readonly complete: boolean;
  },
): readonly Obligation[] {
  return obligations.map((obligation) =>
    keys.includes(obligation.key) ? { ...obligation, met: metBy(obligation, met) } : obligation,
  );
}

/** The first filing is the anchor for ever; a follow-up that completes it only ends the wait for the rest. */
function metBy(
  { met: first, dueAt }: Obligation,
  met: Omit<NonNullable<Obligation['met']>, 'dueAt'>,
): NonNullable<Obligation['met']> {
  if (!first) return { ...met, dueAt };
  return met.complete && !first.complete ? { ...first, complete: true } : first;
}

export function withObligation(incident: Incident, changed: Obligation): readonly Obligation[] {
  return incident.obligations.map((obligation) => (obligation.key === changed.key ? changed : obligation));
}
