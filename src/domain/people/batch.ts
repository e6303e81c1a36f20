import { firstState, mayBeWritten, type DeliveryState, type Person } from './person.ts';

/**
 * Where the people of one batch stand, by position: what is written down before a call and after it. A worker holds the
 * batch by a lease; what a dead one left in flight is in doubt.
 */
export interface Batch {
  readonly states: readonly DeliveryState[];
  /** The attempt by which each was last written to; 0: never. */
  readonly attempts: readonly number[];
  /** Kinds of receipts that came in for that attempt, as bits: what comes again has no effect. */
  readonly receipts: readonly number[];
  /** When each state was last moved, in seconds of the epoch; 0: never. */
  readonly movedAt: readonly number[];
  /** The last attempt of any call for this batch. */
  readonly attempt: number;
  readonly lease: Lease | null;
}

interface Lease {
  readonly owner: string;
  /** In seconds of the epoch. */
  readonly until: number;
}

/** How long a worker holds a batch without a sign of life, in seconds. */
export const LEASE_SECONDS = 30;

export function newBatch(people: readonly Pick<Person, 'email'>[]): Batch {
  const none = people.map(() => 0);
  return {
    states: people.map(firstState),
    attempts: none,
    receipts: none,
    movedAt: none,
    attempt: 0,
    lease: null,
  };
}

/** Something may still happen by itself: somebody is to be written to, or is being written to. */
export function isOpen({ states }: Pick<Batch, 'states'>): boolean {
  return states.some((state) => mayBeWritten(state) || state === 'sending');
}

/** Positions to write to; who was turned away before comes last, so that nobody waits behind a mailbox that is full. */
export function toWrite({ states }: Pick<Batch, 'states'>): readonly number[] {
  const at = (wanted: DeliveryState): number[] =>
    states.flatMap((state, position) => (state === wanted ? [position] : []));
  return [...at('waiting'), ...at('failed')];
}

/** Moves these positions, those of them that are in one of `from`. */
export function move(
  batch: Batch,
  positions: readonly number[],
  from: readonly DeliveryState[],
  to: DeliveryState,
  seconds: number,
): Batch {
  const moved = positions.filter((position) => {
    const state = batch.states[position];
    return state !== undefined && from.includes(state);
  });
  if (moved.length === 0) return batch;
  return {
    ...batch,
    states: replaced(batch.states, moved, () => to),
    movedAt: replaced(batch.movedAt, moved, () => seconds),
  };
}

/**
 * Begins an attempt for these positions; those that were told or written to meanwhile are left out.
 * @returns the batch and the positions that are to be called for; none if the lease is somebody else's by now
 */
export function begin(
  batch: Batch,
  positions: readonly number[],
  { owner, seconds }: { readonly owner: string; readonly seconds: number },
): { readonly batch: Batch; readonly attempt: number; readonly begun: readonly number[] } {
  const attempt = batch.attempt + 1;
  const { lease } = batch;
  const isHeld = lease?.owner === owner && lease.until > seconds;
  const begun = isHeld ? positions.filter((position) => mayBeWritten(batch.states[position] ?? 'told')) : [];
  if (begun.length === 0) return { batch, attempt: batch.attempt, begun };
  const moved = move(batch, begun, ['waiting', 'failed'], 'sending', seconds);
  return {
    batch: {
      ...moved,
      attempt,
      attempts: replaced(batch.attempts, begun, () => attempt),
      receipts: replaced(batch.receipts, begun, () => 0),
    },
    attempt,
    begun,
  };
}

/**
 * Ends an attempt as its answer says. What a receipt or a person has settled meanwhile stays; an answer that comes after
 * the attempt was given up for dead still counts, since it says what happened.
 */
export function end(
  batch: Batch,
  attempt: number,
  outcomes: ReadonlyMap<number, DeliveryState>,
  seconds: number,
): Batch {
  const states = [...batch.states];
  const movedAt = [...batch.movedAt];
  for (const [position, to] of outcomes) {
    const state = states[position];
    if (batch.attempts[position] !== attempt || (state !== 'sending' && state !== 'uncertain')) continue;
    states[position] = to;
    movedAt[position] = seconds;
  }
  return { ...batch, states, movedAt };
}

/**
 * What a worker left in flight that gave no sign of life: nobody knows how it ended. Where writing again is the same
 * letter (a file of the outbox) it is simply written again.
 */
export function giveUp(batch: Batch, exact: boolean, seconds: number): Batch {
  const all = batch.states.map((_, position) => position);
  return move(batch, all, ['sending'], exact ? 'failed' : 'uncertain', seconds);
}

/** Gives the batch free, if it is still held by this owner. */
export function release(batch: Batch, owner: string): Batch {
  return batch.lease?.owner === owner ? { ...batch, lease: null } : batch;
}

function replaced<T>(column: readonly T[], positions: readonly number[], by: (old: T) => T): readonly T[] {
  const next = [...column];
  for (const position of positions) next[position] = by(next[position] as T);
  return next;
}
