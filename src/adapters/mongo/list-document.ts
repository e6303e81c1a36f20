import type { DeliveryState } from '../../domain/people/person.ts';
import { Mixed, bytes, count, moment, schemaOf, text } from './settings.ts';

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
  key: Buffer;
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
  key: bytes,
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
  /** Eight keyed bytes an address, one after another. */
  tags: Buffer;
}

export const deliveriesSchema = schemaOf<DeliveriesDocument>({
  organisation: text,
  list: text,
  batch: count,
  states: [String],
  attempts: [Number],
  movedAt: [Date],
  tags: bytes,
}).index({ organisation: 1, list: 1, batch: 1 }, { unique: true });
