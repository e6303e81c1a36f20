import type { Temporal } from 'temporal-polyfill';
import { GENESIS, hashOf, type Entry, type Happening } from './entry.ts';

/** Where a chain stands: how many entries it has and the hash of the last. Carried by the document it belongs to. */
export interface ChainHead {
  readonly sequence: number;
  readonly head: string;
}

export const EMPTY_CHAIN: ChainHead = { sequence: 0, head: GENESIS };

export interface ChainOf {
  readonly organisation: string;
  readonly chain: string;
}

/** Chains what happened behind `head`: the entries in order, and where the chain stands then. */
export function chain(
  head: ChainHead,
  of: ChainOf,
  happenings: readonly Happening[],
  when: { readonly at: Temporal.Instant; readonly by: string },
): { readonly head: ChainHead; readonly entries: readonly Entry[] } {
  const entries: Entry[] = [];
  let { sequence, head: previous } = head;
  for (const { type, data } of happenings) {
    sequence += 1;
    const entry = { ...of, sequence, ...when, type, data, previous };
    previous = hashOf(entry);
    entries.push({ ...entry, hash: previous });
  }
  return { head: { sequence, head: previous }, entries };
}
