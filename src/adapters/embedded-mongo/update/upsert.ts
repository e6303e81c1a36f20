import type { Doc } from '../values/decode.ts';
import type { Update } from './update.ts';

export function upsertSeed(_filter: Doc, _kind: Update['kind']): Doc {
  throw new Error('not yet');
}
