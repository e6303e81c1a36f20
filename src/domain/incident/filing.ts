import { Temporal } from 'temporal-polyfill';
import { invalid, type DomainError } from '../errors.ts';
import type { FilingWay, Notice, Seal } from '../notice/notice.ts';
import { differs } from '../notice/seal.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Change, Context } from './change.ts';
import type { Judge } from './facts.ts';
import type { Incident, NoteRef } from './incident.ts';
import { rejudge } from './judgement.ts';
import { onNotice } from './notices.ts';
import { meet } from './obligations.ts';

type Outcome = Result<Change, DomainError>;

export interface Filing {
  /** When it reached its recipient; not in the future. */
  readonly at: Temporal.Instant;
  readonly way?: FilingWay;
  /** Which form, which address; may be empty where the way says it. */
  readonly how: string;
  readonly reference?: string;
  readonly lateBecause?: NoteRef;
  /** False while items of its content are still to follow (GDPR art. 33(4)). */
  readonly complete: boolean;
  /** A follow-up that takes the notice back. */
  readonly withdraws?: true;
  /** The evidence that proves it. */
  readonly receipt?: string;
  readonly atHand: Omit<Seal, 'hash'>;
}

/** Clocks of two machines need not agree to the second. */
const SKEW = { minutes: 5 };

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
    const { approved } = notice;
    if (!approved)
      return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: 'notice.not-approved' });
    const late = isLateAt(incident, notice, filing.at);
    const fault = faultOf(notice, approved.seal, filing, late, context.at);
    if (fault) return fail(fault);
    const { at, complete, lateBecause } = filing;
    const by = context.actor.user;
    const met = meet(incident.obligations, notice.obligations, { at, by, notice: id, complete });
    const { obligations, happenings } = rejudge(
      { ...incident, obligations: met },
      judge({ ...incident, obligations: met }),
    );
    const happening = {
      type: 'notice-filed',
      data: {
        notice: id,
        at: at.toString(),
        late,
        complete,
        ...(filing.withdraws ? { withdraws: true } : {}),
        seal: approved.seal.hash,
        obligations: [...notice.obligations],
        lateBecause: lateBecause?.id ?? null,
        receipt: filing.receipt ?? null,
      },
    };
    return ok({
      notice: { ...notice, state: 'filed', filed: filedOf(filing, by) },
      happenings: [happening, ...happenings],
      changes: { obligations },
    });
  });
}

function faultOf(
  { id, kind, state }: Notice,
  sealed: Seal,
  filing: Filing,
  late: boolean,
  now: Temporal.Instant,
): DomainError | null {
  if (kind === 'letter') return { kind: 'wrong-state', what: 'notice', state, key: 'notice.is-a-letter' };
  const part = differs(sealed, filing.atHand);
  if (part) return { kind: 'seal-broken', notice: id, part };
  if (filing.how.trim() === '' && filing.way === undefined) return invalid('how', 'text.missing');
  if (isFuture(filing.at, now)) return invalid('at', 'moment.in-future', { moment: filing.at.toString() });
  return late && !filing.lateBecause ? invalid('lateBecause', 'filing.late-without-reason') : null;
}

function filedOf(filing: Filing, by: string): NonNullable<Notice['filed']> {
  const { at, way, how, reference, lateBecause, complete, withdraws, receipt } = filing;
  return {
    at,
    by,
    ...(way ? { way } : {}),
    how,
    ...(reference ? { reference } : {}),
    ...(lateBecause ? { lateBecause } : {}),
    complete,
    ...(withdraws ? { withdraws } : {}),
    ...(receipt ? { receipt } : {}),
  };
}

/** Whether a filing at this moment is later than an obligation allows that nothing has met yet. */
export function isLateAt(
  { obligations }: Pick<Incident, 'obligations'>,
  notice: Pick<Notice, 'obligations'>,
  at: Temporal.Instant,
): boolean {
  return obligations.some(
    ({ key, met, dueAt }) =>
      notice.obligations.includes(key) && !met && dueAt && Temporal.Instant.compare(at, dueAt) > 0,
  );
}

export interface Acknowledgement {
  /** The number that the recipient gave; left out, the one that is known stays. */
  readonly reference?: string;
  readonly receipt?: string;
  readonly acknowledgedAt?: Temporal.Instant;
}

/**
 * Adds to a filed notice what came back: its number, the receipt, the day of the confirmation. Nothing else of the
 * filing moves, neither its moment nor whether it was in time.
 */
export function acknowledgeFiling(
  incident: Incident,
  id: string,
  given: Acknowledgement,
  context: Context,
): Outcome {
  return onNotice(incident, id, 'notice.file', ['filed'], context, (notice) => {
    const { filed } = notice;
    if (!filed)
      return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: 'notice.not-filed' });
    const { reference, receipt, acknowledgedAt } = given;
    if (!reference && !receipt && !acknowledgedAt) return fail(invalid('reference', 'filing.nothing-came'));
    if (acknowledgedAt && isFuture(acknowledgedAt, context.at))
      return fail(invalid('acknowledgedAt', 'moment.in-future', { moment: acknowledgedAt.toString() }));
    const happening = {
      type: 'filing-acknowledged',
      data: {
        notice: id,
        numbered: Boolean(reference),
        receipt: receipt ?? null,
        at: acknowledgedAt?.toString() ?? null,
      },
    };
    const next: Notice['filed'] = {
      ...filed,
      ...(reference ? { reference } : {}),
      ...(receipt ? { receipt } : {}),
      ...(acknowledgedAt ? { acknowledgedAt } : {}),
    };
    return ok({ notice: { ...notice, filed: next }, happenings: [happening] });
  });
}

function isFuture(at: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(at, now.add(SKEW)) > 0;
}
