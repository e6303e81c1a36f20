import type { Cells, Suspicion } from '../../domain/people/list-file/row.ts';
import type { Result } from '../../domain/result.ts';

/** A file that can be read more than once: its encoding shows only at its end. */
export interface ListSource {
  bytes(): AsyncIterable<Uint8Array>;
}

/** How a text is written, and what stands between its fields. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How a file is to be read, where a person knows it better than what was found out. */
export interface Reading {
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
}

/**
 * Why a file cannot be read as a list: no bytes or only blank lines; a binary file; no header by which anybody could be
 * reached; a spreadsheet that is too large or broken; a quotation that runs on and on.
 */
export type ListFault =
  'empty' | 'not-text' | 'no-header' | 'sheet-too-large' | 'sheet-unreadable' | 'open-quotation';

/** Rows that were read together. */
export interface Rows {
  readonly rows: readonly Cells[];
  readonly suspicion: Suspicion;
}

/** A file that is a table: its first row, and those below it, blank lines left out. */
export interface Table {
  /** `xlsx` has neither encoding nor delimiter. */
  readonly format: 'text' | 'xlsx';
  readonly encoding: Encoding | null;
  readonly delimiter: Delimiter | null;
  readonly header: Cells;
  /** @throws ListUnreadable where it turns out only then */
  rows(): AsyncIterable<Rows>;
}

/** A fault that shows only while the rows are read. */
export class ListUnreadable extends Error {
  override readonly name = 'ListUnreadable';
  readonly fault: ListFault;

  constructor(fault: ListFault) {
    super(`The list cannot be read: ${fault}.`);
    this.fault = fault;
  }
}

/** Reads lists of people as other programs write them. */
export interface ListFiles {
  open(source: ListSource, reading?: Reading): Promise<Result<Table, ListFault>>;
}
