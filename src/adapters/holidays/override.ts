import Joi from 'joi';
import { parseDocument } from 'yaml';
import { placeOf } from '../../domain/law/places.ts';
import type { HolidayFile } from './day-rules.ts';

const year = Joi.number().integer().min(1900).max(2200);
const span = { since: year, until: year };
const text = Joi.string();
const rule = Joi.alternatives(
  Joi.object({ on: text.pattern(/^\d{2}-\d{2}$/).required(), observed: Joi.boolean(), name: text, ...span }),
  Joi.object({ easter: Joi.number().integer().required(), name: text, ...span }),
  Joi.object({
    nth: Joi.number().valid(-1, 1, 2, 3, 4, 5).required(),
    weekday: Joi.number().integer().min(1).max(7).required(),
    month: Joi.number().integer().min(1).max(12).required(),
    name: text,
    ...span,
  }),
  Joi.object({ date: text.pattern(/^\d{4}-\d{2}-\d{2}$/).required(), name: text }),
);
const rules = Joi.array().items(rule).default([]);

const schema = Joi.object({
  places: Joi.array()
    .items(
      Joi.string().custom((value: string, helpers) =>
        placeOf(value) === value ? value : helpers.error('any.invalid'),
      ),
    )
    .min(1)
    .required(),
  source: Joi.string().required(),
  checkedUntil: year.required(),
  mode: Joi.string().valid('replace', 'add').default('add'),
  weekend: Joi.array().items(Joi.number().integer().min(1).max(7)),
  holidays: rules,
  optional: rules,
  working: rules,
}).required();

/** Reads one holiday file; throws an Error that names the file and every fault, since these files are ours. */
export function parseHolidayFile(text: string, file: string): HolidayFile {
  const document = parseDocument(text, { stringKeys: true });
  const faults = [...document.errors, ...document.warnings].map((fault) => fault.message);
  if (faults.length > 0) throw new Error(`${file}: ${faults.join('; ')}`);
  const checked = schema.validate(document.toJS({ maxAliasCount: 0 }), { abortEarly: false });
  if (checked.error) throw new Error(`${file}: ${checked.error.message}`);
  return checked.value as HolidayFile;
}
