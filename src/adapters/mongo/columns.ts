import type { Batch } from '../../domain/people/batch.ts';
import type { DeliveryState } from '../../domain/people/person.ts';
import { bytesOf } from './binary.ts';
import type { DeliveriesDocument } from './list-document.ts';

/** How a state lies in the store: one letter, for good. */
const LETTERS: Readonly<Record<DeliveryState, string>> = {
  waiting: 'w',
  sending: 's',
  accepted: 'a',
  deferred: 'd',
  delivered: 'D',
  complained: 'c',
  failed: 'f',
  refused: 'r',
  bounced: 'b',
  blocked: 'B',
  dropped: 'x',
  'no-mail': 'n',
  uncertain: 'u',
  told: 't',
  'given-up': 'g',
};
const STATES = new Map(Object.entries(LETTERS).map(([state, letter]) => [letter, state as DeliveryState]));

/** The columns of a batch as they lie in the store. */
export type Columns = Pick<
  DeliveriesDocument,
  'states' | 'attempts' | 'receipts' | 'movedAt' | 'attempt' | 'open' | 'owner' | 'leasedUntil'
>;

/** @param open whether anything may still happen by itself */
export function toColumns(batch: Batch, open: boolean): Columns {
  const { states, attempts, receipts, movedAt, attempt, lease } = batch;
  return {
    states: states.map((state) => LETTERS[state]).join(''),
    attempts: packed(Uint16Array, attempts),
    receipts: packed(Uint8Array, receipts),
    movedAt: packed(Uint32Array, movedAt),
    attempt,
    open,
    owner: lease?.owner ?? '',
    leasedUntil: new Date((lease?.until ?? 0) * 1000),
  };
}

export function fromColumns(stored: Columns): Batch {
  const { attempt, owner, leasedUntil } = stored;
  return {
    states: statesIn(stored.states),
    attempts: unpacked(Uint16Array, stored.attempts),
    receipts: unpacked(Uint8Array, stored.receipts),
    movedAt: unpacked(Uint32Array, stored.movedAt),
    attempt,
    lease: owner === '' ? null : { owner, until: leasedUntil.getTime() / 1000 },
  };
}

export function statesIn(letters: string): readonly DeliveryState[] {
  return Array.from(letters, (letter) => STATES.get(letter) ?? 'uncertain');
}

type Column = Uint8Array | Uint16Array | Uint32Array;
type ColumnOf = Uint8ArrayConstructor | Uint16ArrayConstructor | Uint32ArrayConstructor;

// Little-endian as every machine that Node runs on.
function packed(kind: ColumnOf, values: readonly number[]): Buffer {
  const column: Column = kind.from(values);
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength);
}

function unpacked(kind: ColumnOf, stored: unknown): readonly number[] {
  // Copied, so that a column begins at an even address.
  const { buffer } = Uint8Array.from(bytesOf(stored));
  return Array.from(new kind(buffer) as Column);
}
