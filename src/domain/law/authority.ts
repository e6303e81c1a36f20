import Joi from 'joi';
import { reportShape } from './regime/shape-faults.ts';
import { Source } from './regime/source.ts';
import { jsonSchemaOf } from './regime/json-schema.ts';
import { nearestPlace, placeOf } from './places.ts';
import type { Authority, LintProblem } from './types.ts';
import { AUTHORITY_KINDS } from './vocabulary.ts';

const schema = Joi.object({
  name: Joi.string().required(),
  short: Joi.string().required(),
  place: Joi.string().required(),
  kind: Joi.string()
    .valid(...AUTHORITY_KINDS)
    .required(),
  competentFor: Joi.array().items(Joi.string().valid('private', 'public', 'federal', 'telecom')),
  languages: Joi.array().items(Joi.string()).required(),
  site: Joi.string().uri(),
  form: Joi.string().uri(),
  checked: Joi.string()
    .pattern(/^\d{4}-\d{2}-\d{2}$/)
    .allow(null)
    .default(null),
  verified: Joi.boolean().default(false),
  note: Joi.string(),
})
  .required()
  .prefs({ convert: false, abortEarly: false });

/** The JSON Schema of an authority's file, for editors; made from the schema that reads it. */
export function authorityJsonSchema(): Record<string, unknown> {
  return jsonSchemaOf(schema, 'authority.schema.json', 'An authority, as a file of Tocsin');
}

/** Reads the file of one authority; its id is the name of the file. */
export function parseAuthority(
  text: string,
  id: string,
  file: string,
): { authority?: Authority; problems: readonly LintProblem[] } {
  const source = new Source(text, file);
  if (source.problems.length > 0) return { problems: source.problems };
  const checked = schema.validate(source.value());
  if (checked.error) reportShape(source, schema, checked.error);
  const value = checked.value as Omit<Authority, 'id'>;
  // EU bodies have no country; every other authority has a place of ours.
  if (!checked.error && value.place !== 'EU' && placeOf(value.place) !== value.place) {
    source.at(['place'], 'place-unknown', { given: value.place, nearest: nearestPlace(value.place) });
  }
  return source.problems.length > 0
    ? { problems: source.problems }
    : { authority: { ...value, id }, problems: [] };
}
