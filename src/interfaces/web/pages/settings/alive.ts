import { declareAlive } from '../../../../application/installation/declare-alive.ts';
import { refuse } from '../../answers/errors.ts';
import { go } from '../../answers/show.ts';
import type { StaffVisit } from '../../request/visit.ts';

/** Says that this installation lives, not the one that it was copied from. */
export async function takeAlive(visit: StaffVisit): Promise<void> {
  const done = await declareAlive(visit.parts.house, visit.actor);
  if (done.ok) go(visit, '/', 'alive');
  else refuse(visit, done.error);
}
