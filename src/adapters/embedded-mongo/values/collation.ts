import type { Doc } from './decode.ts';
import type { StringOrder } from './compare.ts';

/** The order of strings under a `collation` document; `undefined` for none and for the locale `simple`. */
export function compileCollation(_collation: Doc | undefined): StringOrder | undefined {
  throw new Error('not yet');
}
