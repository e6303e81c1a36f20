import Joi from 'joi';
import type { AdviceBlock, PlacedSentence } from '../../domain/notice/content-advice.ts';
import { isAskable } from '../../domain/law/places.ts';
import type { Words } from './words.ts';

const area = Joi.string().custom((code: string, helpers) =>
  isAskable(code) ? code : helpers.error('any.invalid'),
);
const placed = { text: Joi.string().required(), in: Joi.array().items(area).min(1), except: Joi.array().items(area).min(1) };
const placedSentences = Joi.array().items(Joi.object(placed).nand('in', 'except')).min(1).required();

const blocks = Joi.array()
  .items(
    Joi.object({
      id: Joi.string().required(),
      categories: Joi.array().items(Joi.string()).required(),
      supplier: Joi.boolean(),
      unless: Joi.array().items(Joi.string()),
      time: Joi.string().required(),
      say: Joi.array()
        .items(Joi.object({ ...placed, if: Joi.string() }).nand('in', 'except'))
        .min(1)
        .required(),
    }),
  )
  .required();

const readAdvice = new WeakMap<Words, readonly AdviceBlock[]>();

/** The blocks of advice of a language's letter, in order of merit. @throws Error if the file's are malformed. */
export function adviceOf(words: Words): readonly AdviceBlock[] {
  const known = readAdvice.get(words) ?? (checked(words, 'advice', blocks) as readonly AdviceBlock[]);
  readAdvice.set(words, known);
  return known;
}

/**
 * Sentences of a language's file that stand for some readers only (`complain`, `required.<part>`), as they were
 * written; {@link Words.say} of `<key>.<index>.text` says them.
 * @throws Error if they are malformed
 */
export function placedSentencesOf(words: Words, key: string): readonly PlacedSentence[] {
  return checked(words, key, placedSentences) as readonly PlacedSentence[];
}

function checked(words: Words, key: string, schema: Joi.Schema): unknown {
  const given = key
    .split('.')
    .reduce<unknown>((tree, name) => (tree as Readonly<Record<string, unknown>> | undefined)?.[name], words.file);
  const { error, value } = schema.validate(given, { abortEarly: false }) as { error?: Error; value: unknown };
  if (error) throw new Error(`letters/${words.locale}.yaml: ${key}: ${error.message}`);
  return value;
}
