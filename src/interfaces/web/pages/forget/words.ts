import type { Forgotten } from '../../../../domain/incident/incident.ts';
import type { StaffVisit } from '../../request/visit.ts';

/** That it was done: `forgotten on … by …`, in place of people. */
export function forgottenWords(
  { say, times }: StaffVisit,
  { at, by }: Pick<Forgotten, 'at' | 'by'>,
  names: ReadonlyMap<string, string>,
): string {
  return say('forget.done', { at: times.full(at), by: names.get(by) ?? by });
}
