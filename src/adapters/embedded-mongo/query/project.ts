import type { Doc } from '../values/decode.ts';
import type { Filter } from './match.ts';

export function compileProjection(_spec: Doc, _filter?: Filter, _vars?: Doc): (doc: Doc) => Doc {
  throw new Error('not yet');
}
