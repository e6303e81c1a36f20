import type { Judged } from '../../application/people/check-list.ts';
import type { Cells } from '../../domain/people/list-file/row.ts';
import { csvLine } from './csv.ts';

/** Rows that are not taken as lines of CSV: number and reason, then the fields as they stand in the file. */
export async function* rejectLines(
  { header, rows }: { readonly header: Cells; readonly rows: AsyncIterable<readonly Judged[]> },
  say: (key: string) => string,
): AsyncGenerator<string> {
  yield csvLine([say('list.reject-row'), say('list.reject-reason'), ...header]);
  for await (const some of rows)
    yield some
      .map(({ row, verdict, cells }) => {
        const reason = verdict.kind === 'rejected' ? `reason.${verdict.reason}` : 'duplicate';
        return csvLine([String(row), say(`list.${reason}`), ...cells]);
      })
      .join('');
}
