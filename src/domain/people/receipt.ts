import type { Batch } from './batch.ts';
import type { DeliveryState } from './person.ts';

/** What a mail service tells of one letter afterwards. Its order means nothing: they come as they come. */
export const RECEIPT_KINDS = [
  'processed',
  'deferred',
  'delivered',
  'bounced',
  'blocked',
  'dropped',
  'complained',
] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/** A receipt at its place in a batch. */
export interface PlacedReceipt {
  readonly position: number;
  readonly kind: ReceiptKind;
  /** The attempt that it speaks of. */
  readonly attempt: number;
}

/** The state that each leads to. */
const STATE_OF: Readonly<Record<ReceiptKind, DeliveryState>> = {
  processed: 'accepted',
  deferred: 'deferred',
  delivered: 'delivered',
  bounced: 'bounced',
  blocked: 'blocked',
  dropped: 'dropped',
  complained: 'complained',
};

/**
 * What is known better than what: a receipt moves a letter only upwards, so that their order makes no difference. A
 * bounce may come long after `delivered` (asynchronous), and who calls a letter spam has got it.
 */
const KNOWN: Readonly<Partial<Record<DeliveryState, number>>> = {
  waiting: 0,
  failed: 0,
  sending: 0,
  uncertain: 0,
  refused: 0,
  accepted: 1,
  deferred: 2,
  delivered: 3,
  dropped: 4,
  blocked: 5,
  bounced: 6,
  complained: 7,
};

/** Letters that the other side did not take: many of them say that the list is old, and cost the sender's name. */
export const TURNED_AWAY: readonly DeliveryState[] = ['bounced', 'blocked', 'dropped'];

/**
 * Takes receipts in. Each kind counts once for an attempt, however often it comes; one of an earlier attempt says
 * nothing of the present one. What a person has settled (told, given up) stays.
 */
export function receive(batch: Batch, receipts: readonly PlacedReceipt[], seconds: number): Batch {
  const states = [...batch.states];
  const seen = [...batch.receipts];
  const movedAt = [...batch.movedAt];
  for (const { position, kind, attempt } of receipts) {
    const state = states[position];
    const bit = 1 << RECEIPT_KINDS.indexOf(kind);
    if (state === undefined || batch.attempts[position] !== attempt) continue;
    if (((seen[position] ?? 0) & bit) !== 0) continue;
    seen[position] = (seen[position] ?? 0) | bit;
    const to = STATE_OF[kind];
    // Somebody has decided to write once more, and knows that the first one failed.
    if (state === 'waiting' && TURNED_AWAY.includes(to)) continue;
    const known = KNOWN[state];
    if (known === undefined || (KNOWN[to] ?? 0) <= known) continue;
    states[position] = to;
    movedAt[position] = seconds;
  }
  return { ...batch, states, receipts: seen, movedAt };
}
