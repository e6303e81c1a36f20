import type { NoteRef } from '../../domain/incident/incident.ts';
import type { Channel, SettlingKind } from '../../domain/people/settling.ts';
import { looseFields, type LooseFields } from './loose-ends.ts';
import { Mixed, bytes, count, maybeBytes, moment, schemaOf, text, words, yesNo } from './settings.ts';

/** The head of a list, written last. */
export interface ListDocument extends LooseFields {
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
  ...looseFields,
})
  .index({ organisation: 1, incident: 1 })
  .index({ organisation: 1, tied: 1 });

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
 * opens them. Kept as columns of few bytes a person, since the document is written anew with every call.
 */
export interface DeliveriesDocument {
  /** `list/batch` */
  _id: string;
  organisation: string;
  list: string;
  batch: number;
  /** One letter a person: see `columns.ts`. */
  states: string;
  /** Two bytes a person: the attempt that last wrote to each. */
  attempts: Buffer;
  /** One byte a person: the kinds of receipts that came for that attempt. */
  receipts: Buffer;
  /** Four bytes a person: when the state was last moved, in seconds of the epoch. */
  movedAt: Buffer;
  /** The last attempt of any call. */
  attempt: number;
  /** Rises with every change of the columns: who changes them says which he saw. */
  version: number;
  /** Whether anybody is still to be written to, or is in flight. */
  open: boolean;
  /** The worker that holds the batch; '' where nobody does. */
  owner: string;
  leasedUntil: Date;
  /** Eight keyed bytes an address, one after another; gone with the people. */
  tags?: Buffer;
  /** What somebody recorded of single letters. */
  settlings?: SettlingDocument[];
  /** Addresses that were put right, each sealed under the list's key, with the tag of its e-mail address. */
  amendments?: { position: number; sealed: Buffer; tag: Buffer }[];
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
  states: words,
  attempts: bytes,
  receipts: bytes,
  movedAt: bytes,
  attempt: count,
  version: count,
  open: yesNo,
  owner: words,
  leasedUntil: moment,
  tags: maybeBytes,
  settlings: [Mixed],
  amendments: [Mixed],
})
  .index({ organisation: 1, list: 1, batch: 1 }, { unique: true })
  .index({ organisation: 1, list: 1, open: 1, leasedUntil: 1 })
  .index({ organisation: 1, 'settlings.registered': 1 });
