import { looseFields, type LooseFields } from './loose-ends.ts';
import { bytes, count, moment, schemaOf, text } from './settings.ts';

/** Shared by all organisations: who can name the hash has the words already. */
export interface TextDocument {
  /** SHA-256 of the words. */
  _id: string;
  text: string;
}

export const textSchema = schemaOf<TextDocument>({ text: { type: String } });

export interface NoteDocument extends LooseFields {
  _id: string;
  organisation: string;
  incident: string;
  /** JSON of salt and text, sealed. */
  sealed: Buffer;
}

export const noteSchema = schemaOf<NoteDocument>({
  organisation: text,
  incident: text,
  sealed: bytes,
  ...looseFields,
}).index({ organisation: 1, tied: 1 });

export interface DraftDocument {
  /** `incident/notice` */
  _id: string;
  organisation: string;
  incident: string;
  notice: string;
  revision: number;
  at: Date;
  by: string;
  /** JSON of content and follows, sealed for this revision. */
  sealed: Buffer;
}

export const draftSchema = schemaOf<DraftDocument>({
  organisation: text,
  incident: text,
  notice: text,
  revision: count,
  at: moment,
  by: text,
  sealed: bytes,
});
