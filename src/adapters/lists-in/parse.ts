import Papa from 'papaparse';
import { ListUnreadable } from '../../application/ports/list-files.ts';
import type { Cells } from '../../domain/people/list-file/row.ts';

/** A row of more characters is none: a quotation was opened and never closed. */
const ROW_LIMIT = 32 * 1024 * 1024;
/** A line break of an old Mac. */
const LONE_RETURN = /\r(?!\n)/;

interface Parsed {
  readonly data: string[][];
  readonly meta: { readonly cursor: number };
}

/**
 * Cuts text into rows with papaparse's own parser, a piece at a time. A row that goes on is read again only when as
 * much text again has come, so that a field of many megabytes costs twice its length and not its square.
 */
export async function* parseRows(
  texts: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<readonly Cells[]> {
  const parser = new Papa.Parser({ delimiter, newline: '\n' });
  const parse = (text: string, isLast: boolean): Parsed => parser.parse(text, 0, !isLast) as Parsed;
  let rest = '';
  let more: string[] = [];
  let length = 0;
  for await (const text of unbroken(texts)) {
    more.push(text);
    length += text.length;
    if (length < rest.length && rest.length + length <= ROW_LIMIT) continue;
    const all = rest + more.join('');
    const { data, meta } = parse(all, false);
    rest = all.slice(meta.cursor);
    if (rest.length > ROW_LIMIT) throw new ListUnreadable('open-quotation');
    more = [];
    length = 0;
    if (data.length > 0) yield filled(data);
  }
  const { data } = parse(rest + more.join(''), true);
  if (data.length > 0) yield filled(data);
}

/** Text whose lines end in \n or \r\n; a \r at the end of a piece waits for what follows. */
async function* unbroken(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const text of texts) {
    const all = held + text;
    held = all.endsWith('\r') ? '\r' : '';
    const now = held === '' ? all : all.slice(0, -1);
    if (now !== '') yield LONE_RETURN.test(now) ? now.replace(/\r\n?/g, '\n') : now;
  }
  if (held !== '') yield '\n';
}

/** Without blank lines, and without the \r that papaparse leaves at the end of a line. */
function filled(rows: readonly string[][]): readonly Cells[] {
  const kept: Cells[] = [];
  for (const row of rows) {
    const end = row.length - 1;
    const last = row[end] ?? '';
    if (last.endsWith('\r')) row[end] = last.slice(0, -1);
    if (end > 0 || last.trim() !== '') kept.push(row);
  }
  return kept;
}
