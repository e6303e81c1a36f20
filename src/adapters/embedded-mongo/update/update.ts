import type { Doc } from '../values/decode.ts';
import type { Filter } from '../query/match.ts';

/** What an update needs to know of the statement that runs it. */
export interface UpdateContext {
  readonly filter: Filter;
  readonly inserting: boolean;
}

/** A compiled update: `apply` returns a new document with `_id` first and never mutates its input. */
export interface Update {
  readonly kind: 'replacement' | 'operators' | 'pipeline';
  apply(doc: Doc, context: UpdateContext): Doc;
}

export interface UpdateOptions {
  readonly arrayFilters?: Doc[];
  readonly vars?: Doc;
  readonly multi?: boolean;
}

export function compileUpdate(_update: Doc | Doc[], _options: UpdateOptions = {}): Update {
  throw new Error('not yet');
}
