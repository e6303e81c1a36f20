import { Mongoose, Schema, type SchemaDefinition } from 'mongoose';

/**
 * A Mongoose of our own, so that nobody else's settings reach these collections. `strictQuery: true` would drop an
 * unknown name from a filter (`deleteMany({typo})` then empties the collection): only 'throw' is safe.
 * `sanitizeFilter` makes an equality of every operator that is not marked as ours by `trusted`.
 */
export const mongoose = new Mongoose({
  strict: 'throw',
  strictQuery: 'throw',
  sanitizeFilter: true,
  runValidators: true,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  returnDocument: 'after',
});

/** Marks an operator in a filter as written by us. */
export function ours<T extends object>(operator: T): T {
  mongoose.trusted(operator);
  return operator;
}

/** For `$pull`: Mongoose's validators would take the condition for a new entry and find it incomplete. */
export const PULLING = { runValidators: false } as const;

/** Fields by name, each as Mongoose defines it. */
type Fields = Readonly<Record<string, unknown>>;

const OPTIONS = {
  strict: 'throw',
  strictQuery: 'throw',
  // Empty objects are kept: `{}` and 'nothing said' are two answers.
  minimize: false,
  versionKey: false,
  id: false,
  autoIndex: false,
  autoCreate: false,
} as const;

/** A schema of a collection; its `_id` is a string that we give. */
export function schemaOf<T>(fields: Fields): Schema<T> {
  const definition = { _id: text, ...fields } as unknown as SchemaDefinition<T>;
  return new Schema<T>(definition, OPTIONS);
}

/** A schema of a part of a document. */
export function partOf<T>(fields: Fields): Schema<T> {
  return new Schema<T>(fields, { ...OPTIONS, _id: false });
}

export const Mixed = Schema.Types.Mixed;
export const text = { type: String, required: true } as const;
/** For text that may be empty, which Mongoose's `required` refuses. */
export const words = { type: String } as const;
export const count = { type: Number, required: true } as const;
export const moment = { type: Date, required: true } as const;
export const yesNo = { type: Boolean, required: true } as const;
export const bytes = { type: Buffer, required: true } as const;
export const maybeBytes = { type: Buffer } as const;
