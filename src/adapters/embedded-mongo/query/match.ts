import type { Doc } from '../values/decode.ts';

export interface Filter {
  readonly source: Doc;
  /** The top-level fields that the filter reads; null: the whole document. */
  readonly fields: ReadonlySet<string> | null;
  /** Whether strings are compared under a collation: then no index may be used. */
  readonly collated: boolean;
  matches(doc: Doc): boolean;
  /** The index of the array element that matched, for the positional `$`. */
  position(doc: Doc): number | undefined;
}

export interface FilterOptions {
  /** Values (not expressions) of `let`, by name, for `$expr`. */
  readonly vars?: Doc;
  readonly collation?: Doc;
}

export function compileFilter(_filter: Doc, _options: FilterOptions = {}): Filter {
  throw new Error('not yet');
}
