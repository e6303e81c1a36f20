import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportPeople } from '../../../../application/people/view-people.ts';
import { peopleCsv } from '../../../shared/people-csv.ts';
import { refuse } from '../../answers/errors.ts';
import { query } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placeOf } from './page.ts';

/** Gives the people of a letter, all or those in one state, as CSV, line by line; that it was taken is recorded. */
export async function givePeopleCsv(visit: StaffVisit): Promise<void> {
  const asked = { ...placeOf(visit), state: query(visit, 'state') };
  const rows = await exportPeople(visit.parts.house, visit.actor, asked);
  if (!rows.ok) {
    refuse(visit, rows.error);
    return;
  }
  const { response } = visit;
  response.attachment('people.csv').type('text/csv; charset=utf-8');
  await pipeline(Readable.from(peopleCsv(rows.value)), response);
}
