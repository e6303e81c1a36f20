import type { Doc } from '../values/decode.ts';

export type Output =
  | { readonly kind: 'out'; readonly db?: string; readonly collection: string }
  | {
      readonly kind: 'merge';
      readonly db?: string;
      readonly collection: string;
      readonly on: readonly string[];
      readonly whenMatched: 'replace' | 'keepExisting' | 'merge' | 'fail' | Doc[];
      readonly whenNotMatched: 'insert' | 'discard' | 'fail';
      readonly vars?: Doc;
    };

/** A compiled pipeline. `run` returns new documents and never mutates those that it is given. */
export interface Pipeline {
  /** The conditions of the leading `$match` stages, for the planner; `{}` when there are none. */
  readonly leadingFilter: Doc;
  /** The `$sort` that follows the leading `$match`, if there is one. */
  readonly leadingSort?: Doc;
  /** The name of the field that holds the count, when the whole pipeline does nothing but count. */
  readonly countOnly?: string;
  readonly output?: Output;
  run(docs: Iterable<Doc>, lookup: (collection: string) => Iterable<Doc>): Doc[];
}

export interface PipelineOptions {
  readonly vars?: Doc;
}

export function compilePipeline(_stages: Doc[], _options: PipelineOptions = {}): Pipeline {
  throw new Error('not yet');
}
