import { Temporal } from 'temporal-polyfill';
import { invalid, type DomainError } from '../errors.ts';
import type { Seal } from '../notice/notice.ts';
import { differs } from '../notice/seal.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Change, Context } from './change.ts';
import type { Incident, NoteRef } from './incident.ts';
import type { Judge } from './facts.ts';
import { rejudge } from './judgement.ts';
import { onNotice } from './notices.ts';
import { meet } from './obligations.ts';

type Outcome = Result<Change, DomainError>;

export interface Filing {
  /** When it reached the authority or controller; not before the approval, not in the future. */
  readonly at: Temporal.Instant;
  readonly how: string;
  readonly reference?: string;
  readonly lateBecause?: NoteRef;
  /** False while items of its content are still to follow (GDPR art. 33(4)). */
  readonly complete: boolean;
  readonly atHand: Omit<Seal, 'hash'>;
}

/**
 * Records that the approved notice was filed. This meets its obligations, starts the clocks that wait for it, and
 * fixes for ever whether it was in time; a late one must say why (GDPR art. 33(1), second sentence).
 */
export function fileNotice(
  incident: Incident,
  id: string,
  filing: Filing,
  judge: Judge,
  context: Context,
): Outcome {
  return onNotice(incident, id, 'notice.file', ['approved'], context, (notice) => {
    const approved = notice.approved;
    if (!approved)
      return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: 'notice.not-approved' });
    if (notice.kind === 'letter')
      return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: 'notice.is-a-letter' });
    const part = differs(approved.seal, filing.atHand);
    if (part) return fail({ kind: 'seal-broken', notice: id, part });
    if (filing.how.trim() === '') return fail(invalid('how', 'text.missing'));
    if (Temporal.Instant.compare(filing.at, context.at.add({ minutes: 5 })) > 0) {
      return fail(invalid('at', 'moment.in-future', { moment: filing.at.toString() }));
    }
    const late = incident.obligations.some(
      ({ key, met, dueAt }) =>
        notice.obligations.includes(key) && !met && dueAt && Temporal.Instant.compare(filing.at, dueAt) > 0,
    );
    if (late && !filing.lateBecause) return fail(invalid('lateBecause', 'filing.late-without-reason'));
    const filed = {
      at: filing.at,
      by: context.actor.user,
      how: filing.how,
      ...(filing.reference ? { reference: filing.reference } : {}),
      ...(filing.lateBecause ? { lateBecause: filing.lateBecause } : {}),
    };
    const met = meet(incident.obligations, notice.obligations, {
      at: filing.at,
      by: context.actor.user,
      notice: id,
      complete: filing.complete,
    });
    const { obligations, happenings } = rejudge(
      { ...incident, obligations: met },
      judge({ ...incident, obligations: met }),
    );
    const happening = {
      type: 'notice-filed',
      data: {
        notice: id,
        at: filing.at.toString(),
        late,
        complete: filing.complete,
        seal: approved.seal.hash,
        obligations: [...notice.obligations],
        lateBecause: filing.lateBecause?.id ?? null,
      },
    };
    return ok({
      notice: { ...notice, state: 'filed', filed },
      happenings: [happening, ...happenings],
      changes: { obligations },
    });
  });
}

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
