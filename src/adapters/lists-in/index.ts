import {
  DELIMITERS,
  ListUnreadable,
  type Delimiter,
  type Encoding,
  type ListFault,
  type ListFiles,
  type ListSource,
  type Reading,
  type Rows,
  type Table,
} from '../../application/ports/list-files.ts';
import { reachesSomebody, recognise } from '../../domain/people/list-file/columns.ts';
import type { Cells, Suspicion } from '../../domain/people/list-file/row.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { beginsAsBinary, looksBinary } from './binary.ts';
import { decode } from './decode.ts';
import { findDelimiter } from './delimiter.ts';
import { findEncoding, type Written } from './encoding.ts';
import { parseRows } from './parse.ts';
import { isSheet, openSheet } from './sheet.ts';

/** Reads lists as they come: CSV and its cousins in the encodings of the last forty years, and XLSX. */
export const listFiles: ListFiles = {
  async open(source, reading = {}) {
    try {
      const written = await findEncoding(source, reading.encoding);
      if (written.start.length === written.mark) return fail('empty');
      if (isSheet(written.start)) return ok(await openSheet(source));
      if (beginsAsBinary(written.start)) return fail('not-text');
      return await openText(source, written, reading);
    } catch (error) {
      if (error instanceof ListUnreadable) return fail(error.fault);
      throw error;
    }
  },
};

async function openText(
  source: ListSource,
  written: Written,
  reading: Reading,
): Promise<Result<Table, ListFault>> {
  const { encoding } = written;
  const top = await topOf(source, written);
  if (top === '') return fail('empty');
  const { named, below } = namedDelimiter(top);
  const delimiter = reading.delimiter ?? named ?? findDelimiter(below);
  const all = (): AsyncGenerator<Rows> => rowsOf(source, written, delimiter, named === null ? 0 : 1);
  const header = await firstOf(all());
  if (header === null) return fail('empty');
  if (!reachesSomebody(recognise(header)) && looksBinary(rawText(top, written))) return fail('not-text');
  return ok({ format: 'text', encoding, delimiter, header, rows: () => withoutFirst(all()) });
}

/** Enough of a text to hold its first row. */
const TOP = 64 * 1024;

/** The beginning of the text, without blank lines before it; '' where there is nothing else. */
async function topOf(source: ListSource, { encoding, mark }: Written): Promise<string> {
  let top = '';
  for await (const text of decode(source, encoding, mark)) {
    top = (top + text).trimStart();
    if (top.length >= TOP) break;
  }
  return top.slice(0, TOP).replace(/\r\n?/g, '\n');
}

/** What a wrong guess at UTF-16 would make letters of shows as what it is in single bytes. */
function rawText(top: string, { encoding, mark, start }: Written): string {
  const isGuess = encoding.startsWith('utf-16') && mark === 0;
  return isGuess ? Buffer.from(start).toString('latin1') : top;
}

/** `sep=;` in a line of its own, by which Excel is told the delimiter. */
function namedDelimiter(top: string): { readonly named: Delimiter | null; readonly below: string } {
  const [line = '', sign] = /^"?sep=([,;\t|])"?[,;\t|]*\n/i.exec(top) ?? [];
  const named = DELIMITERS.find((delimiter) => delimiter === sign) ?? null;
  return { named, below: top.slice(line.length).trimStart() };
}

async function* rowsOf(
  source: ListSource,
  { encoding, mark, isSound }: Written,
  delimiter: Delimiter,
  skip: number,
): AsyncGenerator<Rows> {
  let suspicion: Suspicion = 'none';
  async function* watched(): AsyncGenerator<string> {
    for await (const text of decode(source, encoding, mark)) {
      if (suspicion === 'none' && isSuspicious(text, encoding, isSound))
        suspicion = isSound || encoding.startsWith('utf-16') ? 'some' : 'replaced';
      yield text;
    }
  }
  let left = skip;
  for await (const rows of parseRows(watched(), delimiter)) {
    const kept = rows.slice(left);
    left = Math.max(0, left - rows.length);
    if (kept.length > 0) yield { rows: kept, suspicion };
  }
}

/** Whether a piece of text holds anything that bytes cannot have meant; rows are looked at one by one only then. */
function isSuspicious(text: string, encoding: Encoding, isSound: boolean): boolean {
  if (text.includes('\0')) return true;
  if (encoding.startsWith('utf-16')) return /\p{Cs}/u.test(text);
  return !isSound && text.includes('\ufffd');
}

async function firstOf(all: AsyncIterable<Rows>): Promise<Cells | null> {
  for await (const { rows } of all) {
    const [first] = rows;
    if (first) return first;
  }
  return null;
}

async function* withoutFirst(all: AsyncIterable<Rows>): AsyncGenerator<Rows> {
  let isFirst = true;
  for await (const one of all) {
    const rows = isFirst ? one.rows.slice(1) : one.rows;
    isFirst = false;
    if (rows.length > 0) yield { ...one, rows };
  }
}
