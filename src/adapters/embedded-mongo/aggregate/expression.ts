import type { Doc } from '../values/decode.ts';

export function evaluate(_expression: unknown, _doc: Doc, _vars?: Doc): unknown {
  throw new Error('not yet');
}
