import { ListCheck, type Counts, type Rejected, type Verdict } from '../../domain/people/list-file/check.ts';
import {
  headersOf,
  holdsAddress,
  placesOf,
  reachesSomebody,
  readHeader,
  type Column,
} from '../../domain/people/list-file/columns.ts';
import type { Cells, Layout } from '../../domain/people/list-file/row.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import {
  ListUnreadable,
  type ListFault,
  type ListFiles,
  type ListSource,
  type Reading,
  type Table,
} from '../ports/list-files.ts';

/** How a person says that a list is to be read, where what was found out is not right. */
export interface Wish extends Reading {
  /** What each field of a row is, in order; '' is dropped. Without it the header says so. */
  readonly columns?: readonly (Column | '')[];
}

/** A list that can be read, row by row, as often as need be. */
export interface ReadableList {
  readonly table: Pick<Table, 'rows'>;
  readonly layout: Layout;
}

export interface CheckedList extends Counts {
  readonly rejected: readonly Rejected[];
  /** Canonical name -> header as written, for those that are taken. */
  readonly columns: Readonly<Partial<Record<Column, string>>>;
}

/** The columns of a table, as a person says or else as its header does. */
export function layoutOf({ header }: Pick<Table, 'header'>, { columns }: Wish): Result<Layout, 'no-header'> {
  if (!columns) {
    const read = readHeader(header);
    return read.ok ? ok({ places: read.value, header }) : read;
  }
  const places = placesOf(header.map((_, place) => columns[place] || undefined));
  return !holdsAddress(header) && reachesSomebody(places) ? ok({ places, header }) : fail('no-header');
}

/** Finds out how a file is written and what its columns are. Nothing is stored. */
export async function openList(
  files: ListFiles,
  source: ListSource,
  wish: Wish = {},
): Promise<Result<ReadableList, ListFault>> {
  const opened = await files.open(source, wish);
  if (!opened.ok) return opened;
  const layout = layoutOf(opened.value, wish);
  return layout.ok ? ok({ table: opened.value, layout: layout.value }) : layout;
}

/** A row with its number and what became of it. */
export interface Judged {
  readonly row: number;
  readonly cells: Cells;
  readonly verdict: Verdict;
}

/** Goes through the rows once; they come as they are read, many together. @throws ListUnreadable */
export async function* judgedRows(
  { table }: ReadableList,
  check: ListCheck,
): AsyncGenerator<readonly Judged[]> {
  for await (const { rows, suspicion } of table.rows())
    yield rows.map((cells) => {
      const verdict = check.take(cells, suspicion);
      return { row: check.row, cells, verdict };
    });
}

/**
 * Counts a list.
 * @param told is given each row that is rejected, and the first ones whatever became of them
 * @param shown how many are the first ones
 */
export async function countRows(
  list: ReadableList,
  told: (judged: Judged) => void,
  shown = 0,
): Promise<Result<Counts, ListFault>> {
  const check = new ListCheck(list.layout);
  try {
    for await (const { rows, suspicion } of list.table.rows())
      for (const cells of rows) {
        const verdict = check.take(cells, suspicion);
        if (verdict.kind === 'rejected' || check.row <= shown) told({ row: check.row, cells, verdict });
      }
  } catch (error) {
    if (error instanceof ListUnreadable) return fail(error.fault);
    throw error;
  }
  return ok(check.counts());
}

/** Says of a list what would be taken of it, and of every row that would not be, why. No store is touched. */
export async function checkList(
  files: ListFiles,
  source: ListSource,
  wish?: Wish,
): Promise<Result<CheckedList, ListFault>> {
  const list = await openList(files, source, wish);
  if (!list.ok) return list;
  const { places, header } = list.value.layout;
  const rejected: Rejected[] = [];
  const counts = await countRows(list.value, ({ row, verdict }) => {
    if (verdict.kind === 'rejected') rejected.push({ row, reason: verdict.reason });
  });
  return counts.ok ? ok({ ...counts.value, rejected, columns: headersOf(places, header) }) : counts;
}
