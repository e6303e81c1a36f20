import type Joi from 'joi';
import { regimeSchema } from './schema.ts';

interface WithJsonSchema {
  readonly '~standard': {
    readonly jsonSchema: { input(options: { readonly target: 'draft-2020-12' }): Record<string, unknown> };
  };
}

/** The JSON Schema of a law file, for editors; made from the schema that reads it, so the two cannot differ. */
export function regimeJsonSchema(): Record<string, unknown> {
  return jsonSchemaOf(regimeSchema, 'regime.schema.json', 'A law file of Tocsin');
}

export function jsonSchemaOf(schema: Joi.Schema, id: string, title: string): Record<string, unknown> {
  const made = (schema as unknown as WithJsonSchema)['~standard'].jsonSchema.input({
    target: 'draft-2020-12',
  });
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: id, title, ...made };
}
