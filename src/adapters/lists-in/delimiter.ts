import Papa from 'papaparse';
import { DELIMITERS, type Delimiter } from '../../application/ports/list-files.ts';
import { reachesSomebody, recognise } from '../../domain/people/list-file/columns.ts';
import type { Cells } from '../../domain/people/list-file/row.ts';

/**
 * The delimiter under which the header names a way to reach people, and under which most of its columns are known; of
 * those, the one that makes most fields. What stands between the fields of a header says more than what is counted below it: addresses are full of commas.
 */
export function findDelimiter(text: string): Delimiter {
  const tried = DELIMITERS.map((delimiter) => {
    const header = firstRow(text, delimiter);
    const places = recognise(header);
    const score = [Number(reachesSomebody(places)), Object.keys(places).length, header.length] as const;
    return { delimiter, score };
  });
  const [best] = tried.sort(({ score: a }, { score: b }) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2]);
  return best?.delimiter ?? ',';
}

function firstRow(text: string, delimiter: Delimiter): Cells {
  const { data } = new Papa.Parser({ delimiter, newline: '\n', preview: 1 }).parse(text, 0, false) as {
    readonly data: readonly Cells[];
  };
  return data[0] ?? [];
}
