import Joi from 'joi';
import { FIELD_NAMES } from './fields.ts';
import { codesOf } from './lists.ts';

/** The languages in which we write words of forms. */
const LANGUAGES = ['en', 'de', 'fr'] as const;

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const MARKS = ['seen', 'likely', 'not-found'] as const;

export const localised = Joi.object({
  en: Joi.string().required(),
  ...Object.fromEntries(LANGUAGES.slice(1).map((language) => [language, Joi.string()])),
});

const option = Joi.object({
  words: localised.required(),
  codes: Joi.array().items(Joi.string()).default([]),
  other: Joi.boolean().valid(true),
  refused: Joi.boolean().valid(true),
});

const question = Joi.object({
  label: localised.required(),
  number: Joi.string(),
  fields: Joi.array()
    .items(Joi.string().valid(...FIELD_NAMES))
    .unique()
    .required(),
  own: Joi.string().pattern(KEBAB, { name: 'kebab-case' }),
  several: Joi.boolean().valid(true),
  options: Joi.array().items(option).min(1),
  mandatory: Joi.string().valid('always', 'complete'),
  only: Joi.string().valid('new', 'follow-up'),
  limit: Joi.number().integer().min(1),
  mark: Joi.string().valid(...MARKS),
  hint: localised,
});

export const formSchema = Joi.object({
  id: Joi.string().pattern(KEBAB, { name: 'kebab-case' }).required(),
  title: localised.required(),
  authorities: Joi.array().items(Joi.string()).unique().required(),
  grounds: Joi.array()
    .items(Joi.string().valid(...codesOf('legal-ground')))
    .unique()
    .default([]),
  language: Joi.string().length(2).required(),
  channel: Joi.object({
    kind: Joi.string().valid('web-form', 'portal', 'mail', 'post', 'document').required(),
    words: localised.required(),
  }).required(),
  followUp: localised.required(),
  withdrawal: localised.required(),
  mark: Joi.string()
    .valid(...MARKS)
    .required(),
  source: Joi.string().required(),
  checkedOn: Joi.string()
    .pattern(/^\d{4}-\d{2}-\d{2}$/, { name: 'a day such as 2026-11-24' })
    .required(),
  notes: Joi.array().items(localised).default([]),
  questions: Joi.array().items(question).min(1).required(),
})
  .required()
  .prefs({ convert: false, abortEarly: false });
