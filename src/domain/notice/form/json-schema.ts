import { jsonSchema } from '../../playbook/json-schema.ts';
import { formSchema } from './form-schema.ts';
import { vocabularySchema } from './vocabulary.ts';

/** The JSON Schema (draft 2020-12) of an authority's form, for editors. */
export function formJsonSchema(): Record<string, unknown> {
  return jsonSchema("The breach form of an authority, as Tocsin's pack follows it", formSchema);
}

/** The JSON Schema (draft 2020-12) of the words of fields and lists, for editors. */
export function vocabularyJsonSchema(): Record<string, unknown> {
  return jsonSchema("The words of an authority's notice", vocabularySchema);
}
