import type { Temporal } from 'temporal-polyfill';
import type { Delivery, DeliveryState, Person } from '../../domain/people/person.ts';

/** A list of people affected: batches of up to 1,000, each sealed under the list's own key. */
export interface ListHead {
  readonly id: string;
  readonly organisation: string;
  readonly incident: string;
  readonly notice: string;
  readonly createdAt: Temporal.Instant;
  readonly count: number;
  /** SHA-256 of each batch's sealed blob, in order. */
  readonly batches: readonly string[];
  readonly languages: Readonly<Record<string, number>>;
  readonly countries: Readonly<Record<string, number>>;
}

export interface Lists {
  /** Seals and stores the people: batches first, the head last, so that a list without a head is nothing. */
  create(
    of: {
      readonly id: string;
      readonly organisation: string;
      readonly incident: string;
      readonly notice: string;
      readonly at: Temporal.Instant;
    },
    people: readonly Person[],
  ): Promise<ListHead>;
  head(organisation: string, id: string): Promise<ListHead | null>;
  /** The digests of the batches as they lie in the store now, computed anew over the sealed bytes. */
  digests(organisation: string, id: string): Promise<readonly string[]>;
  /** Opens a batch. @throws if its bytes were altered or its key is gone. */
  open(organisation: string, id: string, batch: number): Promise<readonly Person[]>;
  deliveries(organisation: string, id: string, batch: number): Promise<readonly Delivery[]>;
  /** Moves one person's letter from a state to another, if it still is in `from`; false if it was not. */
  move(
    organisation: string,
    id: string,
    batch: number,
    position: number,
    from: readonly DeliveryState[],
    to: DeliveryState,
    at: Temporal.Instant,
  ): Promise<boolean>;
  totals(organisation: string, id: string): Promise<Readonly<Record<DeliveryState, number>>>;
}
