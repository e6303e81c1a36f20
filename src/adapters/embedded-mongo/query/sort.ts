import type { Doc } from '../values/decode.ts';

export interface Sort {
  readonly fields: ReadonlySet<string>;
  compare(a: Doc, b: Doc): number;
}

export function compileSort(_spec: Doc, _options: { readonly collation?: Doc } = {}): Sort {
  throw new Error('not yet');
}
