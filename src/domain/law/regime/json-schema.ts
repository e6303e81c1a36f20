import { regimeSchema } from './schema.ts';

interface WithJsonSchema {
  readonly '~standard': {
    readonly jsonSchema: { input(options: { readonly target: 'draft-2020-12' }): Record<string, unknown> };
  };
}

/** The JSON Schema of a law file, for editors; made from the schema that reads it, so the two cannot differ. */
export function regimeJsonSchema(): Record<string, unknown> {
  const schema = (regimeSchema as unknown as WithJsonSchema)['~standard'].jsonSchema.input({
    target: 'draft-2020-12',
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'regime.schema.json',
    title: 'A law file of Tocsin',
    ...schema,
  };
}
