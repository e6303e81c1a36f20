import type { Temporal } from 'temporal-polyfill';
import type { Delivery, DeliveryState, Person, Totals } from '../../domain/people/person.ts';
import type { Channel, Settling } from '../../domain/people/settling.ts';
import type { LooseEnds } from './stores.ts';

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

/** Where a person can be reached. */
export type Address = Pick<Person, 'email' | 'postal'>;

export interface Unregistered {
  readonly list: string;
  readonly incident: string;
  readonly notice: string;
  readonly settling: Settling;
}

/** A list with whether its people can still be opened: its key is there. */
export interface KeptList extends ListHead {
  readonly kept: boolean;
}

/** People who are put on a list; who needs no letter any more keeps the state that says so. */
export interface NewBatch {
  readonly people: readonly Person[];
  /** By position; without them everybody begins. */
  readonly states?: readonly DeliveryState[];
}

export interface Lists extends LooseEnds {
  /** Seals and stores the people: batches first, the head last, so that a list without a head is nothing. */
  create(
    of: Pick<ListHead, 'id' | 'organisation' | 'incident' | 'notice'> & { readonly at: Temporal.Instant },
    people: readonly Person[],
  ): Promise<ListHead>;
  /** The same of people who come in batches of up to 1,000. Where that throws, what was written has no head. */
  write(
    of: Pick<ListHead, 'id' | 'organisation' | 'incident' | 'notice'> & { readonly at: Temporal.Instant },
    batches: AsyncIterable<NewBatch>,
  ): Promise<ListHead>;
  /** Takes away all of a list that nothing names: its head with the key first. */
  discard(organisation: string, id: string): Promise<void>;
  /**
   * Whether an address (as addresses are compared) is on a list, by its keyed tags: nobody's data is opened.
   * @param states only of people whose letters stand so
   */
  holds(
    organisation: string,
    id: string,
    states: readonly DeliveryState[] | 'any',
  ): Promise<(email: string) => boolean>;
  head(organisation: string, id: string): Promise<ListHead | null>;
  /** The digests of the batches as they lie in the store now, computed anew over the sealed bytes. */
  digests(organisation: string, id: string): Promise<readonly string[]>;
  /** Opens a batch, with the addresses that were put right since. @throws if its bytes were altered or its key is gone. */
  open(organisation: string, id: string, batch: number): Promise<readonly Person[]>;
  /** The same with the digest of the very bytes that were opened: what is sent can be compared with what was approved. */
  read(
    organisation: string,
    id: string,
    batch: number,
  ): Promise<{ readonly people: readonly Person[]; readonly digest: string }>;
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
  /**
   * Moves one person's letter by what somebody recorded of it, and keeps that beside it as not yet in the register;
   * false if the letter is not in `from`.
   */
  settle(
    organisation: string,
    id: string,
    settling: Settling,
    move: { readonly from: readonly DeliveryState[]; readonly to: DeliveryState },
  ): Promise<boolean>;
  /** What was recorded of a batch, in order; `registered` when the register has it. */
  settlings(
    organisation: string,
    id: string,
    batch: number,
  ): Promise<readonly (Settling & { readonly registered: boolean })[]>;
  registered(organisation: string, id: string, settling: Pick<Settling, 'id' | 'batch'>): Promise<void>;
  /** What was recorded on any list and is not in the register yet. */
  unregistered(organisation: string): Promise<readonly Unregistered[]>;
  /** Puts an address right, sealed beside the list, whose own bytes and digest stay as they were approved. */
  amend(organisation: string, id: string, batch: number, position: number, address: Address): Promise<void>;
  totals(organisation: string, id: string): Promise<Totals>;
  /** How many people are told by each of the ways that somebody records. */
  channels(organisation: string, id: string): Promise<Readonly<Record<Channel, number>>>;
  /** Every list of an incident, also those that others took the place of. */
  ofIncident(organisation: string, incident: string): Promise<readonly KeptList[]>;
  /** Deletes the list's key: nobody opens its people again. Counts, states and the digests of its batches stay. */
  destroyKey(organisation: string, id: string): Promise<void>;
  /** Clears away what a list sealed whose key is gone; no letter of it can begin to be sent any more. */
  clear(organisation: string, id: string): Promise<void>;
}
