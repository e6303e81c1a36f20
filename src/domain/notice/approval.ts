import { Temporal } from 'temporal-polyfill';
import type { NotAllowed } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Notice } from './notice.ts';

/** How long the only approver must let an own text rest before approving it. */
export const PAUSE = Temporal.Duration.from({ minutes: 10 });

export interface Approval {
  readonly approver: string;
  /** Every active person of the organisation who may approve. */
  readonly approvers: readonly string[];
  /** Whether a reason was given for approving an own text. */
  readonly reasonGiven: boolean;
  readonly at: Temporal.Instant;
}

/**
 * Whether this person may approve this notice: not the author, unless nobody else could; then after a pause and
 * with a reason, because a shop of one must be able to send. `ownText` tells the two apart.
 */
export function mayApprove(
  notice: Notice,
  approval: Approval,
): Result<{ readonly ownText: boolean }, NotAllowed> {
  const { approver, approvers, reasonGiven, at } = approval;
  if (!notice.authors.includes(approver)) return ok({ ownText: false });
  const others = approvers.filter((person) => person !== approver);
  if (others.length > 0) return refuse('author');
  const rested = notice.submitted?.at.add(PAUSE);
  if (rested && Temporal.Instant.compare(at, rested) < 0)
    return refuse('pause', { until: rested.toString() });
  if (!reasonGiven) return refuse('reason');
  return ok({ ownText: true });
}

function refuse(reason: string, values?: Record<string, unknown>): Result<never, NotAllowed> {
  return fail({ kind: 'not-allowed', permission: 'notice.approve', reason, ...(values ? { values } : {}) });
}
