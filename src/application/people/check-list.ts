import { ListCheck, type Counts, type Rejected, type Verdict } from '../../domain/people/list-file/check.ts';
import {
  headersOf,
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
  readonly table: Table;
  readonly layout: Layout;
}

export interface CheckedList extends Counts {
  readonly rejected: readonly Rejected[];
  /** Canonical name -> header as written, for those that are taken. */
  readonly columns: Readonly<Partial<Record<Column, string>>>;
}

/** Finds out how a file is written and what its columns are. Nothing is stored. */
export async function openList(
  files: ListFiles,
  source: ListSource,
  wish: Wish = {},
): Promise<Result<ReadableList, ListFault>> {
  const opened = await files.open(source, wish);
  if (!opened.ok) return opened;
  const table = opened.value;
  const { header } = table;
  if (wish.columns) {
    const places = placesOf(header.map((_, place) => wish.columns?.[place] || undefined));
    return reachesSomebody(places) ? ok({ table, layout: { places, header } }) : fail('no-header');
  }
  const read = readHeader(header);
  return read.ok ? ok({ table, layout: { places: read.value, header } }) : read;
}

/**
 * Goes through the rows once.
 * @param told is given each row with what became of it
 */
export async function checkRows(
  { table, layout }: ReadableList,
  told: (verdict: Verdict, cells: Cells, row: number) => void,
  isKnown?: (email: string) => boolean,
): Promise<Result<Counts, ListFault>> {
  const check = new ListCheck(layout, isKnown);
  try {
    for await (const { rows, suspicion } of table.rows())
      for (const cells of rows) told(check.take(cells, suspicion), cells, check.row);
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
  const counts = await checkRows(list.value, (verdict, _cells, row) => {
    if (verdict.kind === 'rejected') rejected.push({ row, reason: verdict.reason });
  });
  return counts.ok ? ok({ ...counts.value, rejected, columns: headersOf(places, header) }) : counts;
}
