import Joi from 'joi';
import type { AdviceBlock } from '../../domain/notice/content-advice.ts';
import type { Words } from './words.ts';

const sentence = Joi.object({
  text: Joi.string().required(),
  in: Joi.array().items(Joi.string()).min(1),
  if: Joi.string(),
});

const schema = Joi.array()
  .items(
    Joi.object({
      id: Joi.string().required(),
      categories: Joi.array().items(Joi.string()).required(),
      supplier: Joi.boolean(),
      unless: Joi.array().items(Joi.string()),
      time: Joi.string().required(),
      say: Joi.array().items(sentence).min(1).required(),
    }),
  )
  .required();

const read = new WeakMap<Words, readonly AdviceBlock[]>();

/** The blocks of advice of a language's letter, in order of merit. @throws Error if the file's are malformed. */
export function adviceOf(words: Words): readonly AdviceBlock[] {
  const known = read.get(words);
  if (known) return known;
  const checked = schema.validate(words.file['advice'], { abortEarly: false });
  if (checked.error) throw new Error(`advice (${words.locale}): ${checked.error.message}`);
  const blocks = checked.value as readonly AdviceBlock[];
  read.set(words, blocks);
  return blocks;
}
