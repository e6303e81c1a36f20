import type { Schema } from 'joi';
import { placesSchema } from './places.ts';
import { playbookSchema } from './schema.ts';

/** The JSON Schema (draft 2020-12) of a playbook file, for editors. */
export function playbookJsonSchema(): Record<string, unknown> {
  return jsonSchema('A response playbook of Tocsin', playbookSchema);
}

/** The JSON Schema (draft 2020-12) of places-to-click.yaml, for editors. */
export function placesJsonSchema(): Record<string, unknown> {
  return jsonSchema('Where to click, for the playbooks of Tocsin', placesSchema);
}

/** The JSON Schema of a file, made from the schema that reads it, so that the two cannot differ. */
export function jsonSchema(title: string, schema: Schema): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    ...schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' }),
  };
}
