import type { PersonRow } from '../../application/people/people-rows.ts';
import { csvLine } from './csv.ts';

const HEADS = ['name', 'email', 'postal', 'language', 'country', 'state', 'batch', 'position'];

/** People as CSV, line by line as they are read; the address is one cell with its lines. */
export async function* peopleCsv(rows: AsyncIterable<PersonRow>): AsyncGenerator<string> {
  yield csvLine(HEADS);
  for await (const { person, state, batch, position } of rows) {
    const { name, email, postal = [], language = '', country = '' } = person;
    const place = [String(batch), String(position)];
    yield csvLine([name, email, postal.join('\n'), language, country, state, ...place]);
  }
}
