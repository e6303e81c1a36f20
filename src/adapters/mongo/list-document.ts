import type { NoteRef } from '../../domain/incident/incident.ts';
import type { Channel, SettlingKind } from '../../domain/people/settling.ts';
import type { DeliveryState } from '../../domain/people/person.ts';
import { Mixed, bytes, count, maybeBytes, moment, schemaOf, text } from './settings.ts';

/** The head of a list, written last. */
export interface ListDocument {
  _id: string;
  organisation: string;
  incident: string;
  notice: string;
  createdAt: Date;
  count: number;
  batches: string[];
  languages: { name: string; count: number }[];
  countries: { name: string; count: number }[];
  /** The list's own key, wrapped by the master key. Without it the people are forgotten. */
  key?: Buffer;
}

export const listSchema = schemaOf<ListDocument>({
  organisation: text,
  incident: text,
  notice: text,
  createdAt: moment,
  count,
  batches: [String],
  languages: [Mixed],
  countries: [Mixed],
  key: maybeBytes,
}).index({ organisation: 1, incident: 1 });

export interface BatchDocument {
  /** `list/batch` */
  _id: string;
  organisation: string;
  list: string;
  batch: number;
  /** gzip of the JSON of the people, sealed under the list's key. */
  sealed: Buffer;
}

export const batchSchema = schemaOf<BatchDocument>({
  organisation: text,
  list: text,
  batch: count,
  sealed: bytes,
}).index({ organisation: 1, list: 1, batch: 1 }, { unique: true });

/**
 * What happened to the letters of a batch, by position, beside the sealed people: a receipt neither rewrites nor
 * opens them. Kept as columns, since a document of a thousand rows is rewritten at every move.
 */
export interface DeliveriesDocument {
  /** `list/batch` */
  _id: string;
  organisation: string;
  list: string;
  batch: number;
  states: DeliveryState[];
  attempts: number[];
  /** When the state was last moved. */
  movedAt: (Date | null)[];
  /** Eight keyed bytes an address, one after another; gone with the people. */
  tags?: Buffer;
  /** What somebody recorded of single letters. */
  settlings?: SettlingDocument[];
  /** Addresses that were put right, each sealed under the list's key. */
  amendments?: { position: number; sealed: Buffer }[];
}

interface SettlingDocument {
  id: string;
  kind: SettlingKind;
  position: number;
  at: Date;
  by: string;
  channel?: Channel;
  note?: NoteRef;
  registered: boolean;
}

export const deliveriesSchema = schemaOf<DeliveriesDocument>({
  organisation: text,
  list: text,
  batch: count,
  states: [String],
  attempts: [Number],
  movedAt: [Date],
  tags: maybeBytes,
  settlings: [Mixed],
  amendments: [Mixed],
})
  .index({ organisation: 1, list: 1, batch: 1 }, { unique: true })
  .index({ organisation: 1, 'settlings.registered': 1 });
