import type { DomainError } from '../errors.ts';
import type { Seal } from '../notice/notice.ts';
import { differs } from '../notice/seal.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Change, Context } from './change.ts';
import type { Incident } from './incident.ts';
import type { Judge } from './facts.ts';
import { rejudge } from './judgement.ts';
import { onNotice } from './notices.ts';
import { meet } from './obligations.ts';

type Outcome = Result<Change, DomainError>;

/** Starts sending the approved letter. What lies in the store is hashed anew: one changed character stops it here. */
export function startDispatch(
  incident: Incident,
  id: string,
  atHand: Omit<Seal, 'hash'>,
  context: Context,
): Outcome {
  return onNotice(incident, id, 'letters.dispatch', ['approved'], context, (notice) => {
    const approved = notice.approved;
    if (!approved || notice.kind !== 'letter') {
      return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: 'notice.not-a-letter' });
    }
    const part = differs(approved.seal, atHand);
    if (part) return fail({ kind: 'seal-broken', notice: id, part });
    const dispatch = { startedAt: context.at, by: context.actor.user };
    const happening = {
      type: 'dispatch-started',
      data: { notice: id, seal: approved.seal.hash, count: approved.seal.list?.count ?? 0 },
    };
    return ok({ notice: { ...notice, state: 'sending', dispatch }, happenings: [happening] });
  });
}

/**
 * Everybody on the list is settled: the letter is told and its obligations are met. Lets clocks behind it start. Where
 * all were told otherwise than by mail, nothing was ever sent.
 */
export function recordTold(
  incident: Incident,
  id: string,
  totals: Readonly<Record<string, number>>,
  judge: Judge,
  context: Context,
): Outcome {
  return onNotice(incident, id, 'letters.dispatch', ['approved', 'sending'], context, (notice) => {
    const dispatch = notice.dispatch ?? { startedAt: context.at, by: context.actor.user };
    const met = meet(incident.obligations, notice.obligations, {
      at: context.at,
      by: context.actor.user,
      notice: id,
      complete: true,
    });
    const { obligations, happenings } = rejudge(
      { ...incident, obligations: met },
      judge({ ...incident, obligations: met }),
    );
    const happening = { type: 'people-told', data: { notice: id, totals: { ...totals } } };
    return ok({
      notice: { ...notice, state: 'told', dispatch: { ...dispatch, toldAt: context.at } },
      happenings: [happening, ...happenings],
      changes: { obligations },
    });
  });
}
