import type { Obligation } from './incident.ts';
import { isOpen } from './standing.ts';

/** Duties of which nobody knows whether they apply, and of which no person decided. */
export function undecidedDuties(obligations: readonly Obligation[]): readonly Obligation[] {
  return obligations.filter(
    ({ decision, decided, met }) => decision === 'undecided' && decided === undefined && met === undefined,
  );
}

/**
 * Duties that apply and are neither met nor decided otherwise. A clock that has not started settles nothing and holds
 * up nothing; what our own record meets is met by it.
 */
export function unmetDuties(obligations: readonly Obligation[]): readonly Obligation[] {
  return obligations.filter((obligation) => {
    const { decision, notify, waitsFor } = obligation;
    const waits = waitsFor !== undefined && waitsFor !== 'aware';
    return isOpen(obligation) && decision === 'applies' && !waits && notify !== 'record';
  });
}
