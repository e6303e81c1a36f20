import type { Entry } from '../../domain/register/entry.ts';
import { fromStored, toStored, without, type Stored } from './convert.ts';
import { Mixed, count, moment, partOf, schemaOf, text } from './settings.ts';

const entryFields = {
  organisation: text,
  chain: text,
  sequence: count,
  at: moment,
  by: text,
  type: { type: String, required: true },
  data: { type: Mixed, required: true },
  previous: text,
  hash: text,
};

/** Where a chain stands, in the document that carries it. */
export const headFields = { sequence: count, head: text };

/** An entry in the outbox of its document. */
export const entrySchema = partOf<Stored<Entry>>(entryFields);

export interface EntryDocument extends Stored<Entry> {
  /** `chain:sequence`: copying an entry again changes nothing. */
  _id: string;
}

export const registerSchema = schemaOf<EntryDocument>(entryFields).index(
  { organisation: 1, chain: 1, sequence: 1 },
  { unique: true },
);

export function toEntryDocument(entry: Entry): EntryDocument {
  return { _id: `${entry.chain}:${entry.sequence}`, ...toStored(entry) };
}

export function toEntry(document: EntryDocument): Entry {
  return fromStored<Entry>(without(document, ['_id']));
}
