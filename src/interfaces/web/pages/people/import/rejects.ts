import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { rejectsOf } from '../../../../../application/people/check-upload.ts';
import { rejectLines } from '../../../../shared/reject-lines.ts';
import { refuse } from '../../../answers/errors.ts';
import type { StaffVisit } from '../../../request/visit.ts';
import { uploadPlace } from './paths.ts';

/** Gives every row that is not taken, with the reason, as CSV to put right and send in again. */
export async function giveRejects(visit: StaffVisit): Promise<void> {
  const found = await rejectsOf(visit.parts.house, visit.actor, uploadPlace(visit));
  if (!found.ok) {
    refuse(visit, found.error);
    return;
  }
  const { response, say } = visit;
  response.attachment('not-taken.csv').type('text/csv; charset=utf-8');
  await pipeline(Readable.from(rejectLines(found.value, say)), response);
}
