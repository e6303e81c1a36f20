import type { Doc } from '../values/decode.ts';

export interface IndexSpec {
  name: string;
  key: readonly (readonly [path: string, direction: 1 | -1])[];
  unique: boolean;
  sparse: boolean;
  partial?: Doc;
  hidden?: boolean;
  ttlSeconds?: number;
  /** The specification as the client gave it, for `listIndexes`. */
  raw: Doc;
  /** Recorded only: geo, text and hashed indexes hold no entries and serve no query. */
  noop?: boolean;
}

export class CollectionIndex {
  readonly spec: IndexSpec;
  readonly size = 0;
  constructor(spec: IndexSpec) {
    this.spec = spec;
  }
  fits(_doc: Doc): boolean {
    throw new Error('not yet');
  }
  keysOf(_doc: Doc): string[] {
    throw new Error('not yet');
  }
  conflict(_keys: string[], _self: number | undefined): { keyValue: Doc } | undefined {
    throw new Error('not yet');
  }
  add(_recordNumber: number, _doc: Doc): void {
    throw new Error('not yet');
  }
  remove(_recordNumber: number, _doc: Doc): void {
    throw new Error('not yet');
  }
  clear(): void {
    throw new Error('not yet');
  }
  isMultikey(_field: string): boolean {
    throw new Error('not yet');
  }
}
