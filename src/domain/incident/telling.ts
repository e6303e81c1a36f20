import { Temporal } from 'temporal-polyfill';
import { may } from '../access/permissions.ts';
import { invalid, type DomainError } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Judge } from './facts.ts';
import type { Incident, NoteRef, Obligation } from './incident.ts';
import { rejudge } from './judgement.ts';
import { meet } from './obligations.ts';
import { isOpen } from './standing.ts';

/** Whom a notice or a letter of ours reaches; everybody else is told directly, and that is recorded. */
const BY_NOTICE = new Set(['authority', 'controller', 'people']);

/** Whether the duty is met by telling somebody directly: a bank, a bureau, the press, clients. */
export function isToldDirectly({ notify }: Pick<Obligation, 'notify'>): boolean {
  return !BY_NOTICE.has(notify);
}

export interface Telling {
  /** The obligation. */
  readonly key: string;
  readonly at: Temporal.Instant;
  /** Who was told, how, and by whom. */
  readonly how: NoteRef;
  readonly lateBecause?: NoteRef;
}

/**
 * Meets a duty to somebody to whom no notice is written here. Lateness is fixed at that moment, as at a filing, and
 * wants its reason.
 */
export function tellDirectly(
  incident: Incident,
  telling: Telling,
  judge: Judge,
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'notice.file')) return fail({ kind: 'not-allowed', permission: 'notice.file' });
  const { key, at, how, lateBecause } = telling;
  const obligation = incident.obligations.find((candidate) => candidate.key === key);
  if (!obligation) return fail({ kind: 'not-found', what: 'obligation', id: key });
  if (!isToldDirectly(obligation)) {
    return fail({ kind: 'wrong-state', what: 'obligation', state: 'open', key: 'obligation.needs-a-notice' });
  }
  if (!isOpen(obligation)) {
    return fail({ kind: 'wrong-state', what: 'obligation', state: 'closed', key: 'obligation.not-open' });
  }
  if (Temporal.Instant.compare(at, context.at.add({ minutes: 5 })) > 0)
    return fail(invalid('at', 'moment.in-future', { moment: at.toString() }));
  const late = obligation.dueAt !== null && Temporal.Instant.compare(at, obligation.dueAt) > 0;
  if (late && !lateBecause) return fail(invalid('lateBecause', 'filing.late-without-reason'));
  const met = { at, by: context.actor.user, notice: how.id, complete: true };
  const told = { ...incident, obligations: meet(incident.obligations, [key], met) };
  const { obligations, happenings } = rejudge(told, judge(told));
  const happening = {
    type: 'told-directly',
    data: {
      key,
      at: at.toString(),
      late,
      note: how.id,
      hash: how.hash,
      lateBecause: lateBecause?.id ?? null,
    },
  };
  return ok(settle(incident, { obligations }, [happening, ...happenings], context, undefined));
}
