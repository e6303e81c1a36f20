import Joi from 'joi';
import { schemaProblem } from '../../playbook/schema-problems.ts';
import { byPlace, isSource, readYaml } from '../../playbook/source.ts';
import type { LintProblem } from '../../playbook/types.ts';
import { FIELD_NAMES, type Field } from './fields.ts';
import { localised } from './form-schema.ts';
import { inLanguage, type Localised } from './form.ts';
import { LISTS, type ListName } from './lists.ts';

/** Sentences of a pack beside the form's own words. */
const PHRASES = ['to-be-determined', 'missing', 'about'] as const;
export type Phrase = (typeof PHRASES)[number];

/** The words of fields, of list values and of packs, in English, German and French. */
export interface Vocabulary {
  readonly fields: Readonly<Record<Field, Localised>>;
  readonly lists: Readonly<Record<ListName, Readonly<Record<string, Localised>>>>;
  readonly phrases: Readonly<Record<Phrase, Localised>>;
}

// French forms are filled in French, so every value must have its French word; labels of fields need none.
const spoken = localised.fork(['de', 'fr'], (words) => words.required());
const labelled = localised.fork(['de'], (words) => words.required());

function all(names: readonly string[], schema: Joi.Schema): Joi.ObjectSchema {
  return Joi.object(Object.fromEntries(names.map((name) => [name, schema.required()]))).required();
}

export const vocabularySchema = Joi.object({
  fields: all(FIELD_NAMES, labelled),
  lists: Joi.object(
    Object.fromEntries(Object.entries(LISTS).map(([list, codes]) => [list, all(codes, spoken)])),
  ).required(),
  phrases: all(PHRASES, spoken),
})
  .required()
  .prefs({ convert: false, abortEarly: false });

export function parseVocabulary(
  text: string,
  file: string,
): { readonly vocabulary?: Vocabulary; readonly problems: readonly LintProblem[] } {
  const source = readYaml(text, file);
  if (!isSource(source)) return { problems: source };
  const checked = vocabularySchema.validate(source.value);
  const items = checked.error?.details ?? [];
  if (items.length > 0)
    return { problems: items.map((item) => schemaProblem(item, source)).toSorted(byPlace) };
  return { vocabulary: checked.value as Vocabulary, problems: [] };
}

/** A value of a list in words; English where the language is not written. */
export function wordsOfCode(vocabulary: Vocabulary, list: ListName, code: string, language: string): string {
  const words = vocabulary.lists[list][code];
  return words ? inLanguage(words, language) : code;
}
