import type { Doc } from '../values/decode.ts';
import type { Filter } from '../query/match.ts';
import type { CollectionIndex } from './index.ts';

export type Plan =
  | { readonly kind: 'scan'; /** `$natural: -1`: newest first. */ readonly reverse?: boolean }
  | {
      readonly kind: 'index';
      readonly index: CollectionIndex;
      readonly sorted: boolean;
      recordNumbers(): Iterable<number>;
    }
  | { readonly kind: 'union'; readonly plans: readonly Plan[]; recordNumbers(): Iterable<number> };

export interface PlanRequest {
  readonly filter: Filter;
  readonly sort?: Doc;
  readonly indexes: readonly CollectionIndex[];
  readonly hint?: string | Doc;
}

export function planQuery(_request: PlanRequest): Plan {
  throw new Error('not yet');
}
