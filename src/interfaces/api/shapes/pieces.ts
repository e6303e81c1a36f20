import Joi from 'joi';
import type { Temporal } from 'temporal-polyfill';

/** An answer's object: every field is there unless it is marked `.optional()`, and there is no other. */
export function shape(fields: Readonly<Record<string, Joi.Schema>>): Joi.ObjectSchema {
  return Joi.object(
    Object.fromEntries(
      Object.entries(fields).map(([name, schema]) => [
        name,
        schema.$_getFlag('presence') === undefined ? schema.required() : schema,
      ]),
    ),
  );
}

export const text = Joi.string().allow('');
export const id = Joi.string();
export const bool = Joi.boolean();
export const count = Joi.number().integer().min(0);
export const moment = Joi.string().isoDate().description('An instant in UTC, ISO 8601.');
export const texts = Joi.array().items(text);
export const anyJson = Joi.any();

/** A value, or null where there is none. */
export function maybe(schema: Joi.Schema): Joi.Schema {
  return schema.allow(null);
}

export function list(items: Joi.Schema): Joi.ArraySchema {
  return Joi.array().items(items);
}

/** By name: the names are data. */
export function record(items: Joi.Schema): Joi.ObjectSchema {
  return Joi.object().pattern(Joi.string().allow(''), items);
}

export const person = shape({ id, name: text }).description('Somebody of the staff.');

export type Names = ReadonlyMap<string, string>;

export function personOf(user: string, names: Names): { id: string; name: string } {
  return { id: user, name: names.get(user) ?? user };
}

export function iso(moment: Temporal.Instant): string;
export function iso(moment: Temporal.Instant | null | undefined): string | null;
export function iso(moment: Temporal.Instant | null | undefined): string | null {
  return moment ? moment.toString() : null;
}
