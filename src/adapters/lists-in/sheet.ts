import {
  ListUnreadable,
  type ListSource,
  type Rows,
  type Table,
} from '../../application/ports/list-files.ts';
import type { Cells } from '../../domain/people/list-file/row.ts';
import { zipDirectory } from './zip-directory.ts';

/** The library holds a sheet in memory as a whole, some 3 kB a row: larger lists come as CSV. In bytes. */
const FILE_LIMIT = 10 * 1024 * 1024;
const UNPACKED_LIMIT = 100 * 1024 * 1024;

/** Whether a file is a ZIP, as every XLSX is. */
export function isSheet(start: Uint8Array): boolean {
  return start[0] === 0x50 && start[1] === 0x4b && start[2] === 3 && start[3] === 4;
}

/**
 * Reads the first sheet of an XLSX: numbers as they are stored, dates as 2026-12-04, blank rows left out.
 * @throws ListUnreadable
 */
export async function openSheet(source: ListSource): Promise<Table> {
  const file = await wholeOf(source);
  const entries = zipDirectory(file);
  if (!entries?.some(({ name }) => name === 'xl/workbook.xml')) throw new ListUnreadable('not-text');
  if (entries.reduce((sum, { size }) => sum + size, 0) > UNPACKED_LIMIT)
    throw new ListUnreadable('sheet-too-large');
  const [header, ...below] = await sheetOf(file);
  if (!header) throw new ListUnreadable('empty');
  return { format: 'xlsx', encoding: null, delimiter: null, header, rows: () => together(below) };
}

async function wholeOf(source: ListSource): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source.bytes()) {
    size += piece.length;
    if (size > FILE_LIMIT) throw new ListUnreadable('sheet-too-large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function sheetOf(file: Buffer): Promise<readonly Cells[]> {
  // Loaded with the first spreadsheet: most lists are text.
  const { readSheet } = await import('read-excel-file/node');
  const rows = await readSheet(file, { parseNumber: (digits: string) => digits, trim: false }).catch(() => {
    throw new ListUnreadable('sheet-unreadable');
  });
  return rows.map((row) => row.map(textOf)).filter((cells) => cells.some((cell) => cell.trim() !== ''));
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, '');
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  return typeof cell === 'string' ? cell : '';
}

// eslint-disable-next-line @typescript-eslint/require-await -- the rows of a text come as they are read
async function* together(rows: readonly Cells[]): AsyncGenerator<Rows> {
  if (rows.length > 0) yield { rows, suspicion: 'none' };
}
