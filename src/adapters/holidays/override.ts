import Joi from 'joi';
import { Temporal } from 'temporal-polyfill';
import { nearestPlace, placeOf } from '../../domain/law/places.ts';
import { jsonSchemaOf } from '../../domain/law/regime/json-schema.ts';
import { reportShape } from '../../domain/law/regime/shape-faults.ts';
import { Source } from '../../domain/law/regime/source.ts';
import type { LintProblem } from '../../domain/law/types.ts';
import type { DayRule, HolidayFile } from './day-rules.ts';

const text = Joi.string();
const year = Joi.number().integer().min(1900).max(2200);
const of = { name: text, since: year, until: year };
const weekday = Joi.number().integer().min(1).max(7);

const oneDay = Joi.object({ date: text.pattern(/^\d{4}-\d{2}-\d{2}$/).required(), name: text });
const afterEaster = Joi.object({ easter: Joi.number().integer().required(), ...of });
const nthWeekday = Joi.object({
  nth: Joi.number().valid(-1, 1, 2, 3, 4, 5).required(),
  weekday: weekday.required(),
  month: Joi.number().integer().min(1).max(12).required(),
  ...of,
});
const everyYear = Joi.object({
  on: text.pattern(/^\d{2}-\d{2}$/).required(),
  observed: Joi.boolean(),
  ...of,
});

const having = (key: string): Joi.Schema => Joi.object({ [key]: Joi.any().required() }).unknown();

// By the key that tells them apart, so that a fault is one of the rule that was meant.
const rule = Joi.alternatives().conditional(having('date'), {
  then: oneDay,
  otherwise: Joi.alternatives().conditional(having('easter'), {
    then: afterEaster,
    otherwise: Joi.alternatives().conditional(having('nth'), { then: nthWeekday, otherwise: everyYear }),
  }),
});
const rules = Joi.array().items(rule).default([]);

const schema = Joi.object({
  places: Joi.array().items(text).min(1).required(),
  source: text.required(),
  checkedUntil: year.required(),
  mode: text.valid('replace', 'add').default('add'),
  weekend: Joi.array().items(weekday),
  holidays: rules,
  optional: rules,
  working: rules,
})
  .required()
  .prefs({ convert: false, abortEarly: false });

/** The JSON Schema of a file of days off, for editors; made from the schema that reads it. */
export function holidayJsonSchema(): Record<string, unknown> {
  return jsonSchemaOf(schema, 'holidays.schema.json', 'Days off of places, as a file of Tocsin');
}

/** Reads a file of days off; with any fault there is none, and every fault has its line and column. */
export function readHolidays(
  content: string,
  file: string,
): { readonly holidays?: HolidayFile; readonly problems: readonly LintProblem[]; readonly source: Source } {
  const source = new Source(content, file);
  if (source.problems.length > 0) return { problems: source.problems, source };
  const checked = schema.validate(source.value());
  if (checked.error) reportShape(source, schema, checked.error);
  else faultsWithin(checked.value as HolidayFile, source);
  return source.problems.length > 0
    ? { problems: source.problems, source }
    : { holidays: checked.value as HolidayFile, problems: [], source };
}

/** What the shape cannot say: places and days that there are not, spans that run backwards. */
function faultsWithin(holidays: HolidayFile, source: Source): void {
  holidays.places.forEach((place, index) => {
    if (placeOf(place) !== place)
      source.at(['places', index], 'place-unknown', { given: place, nearest: nearestPlace(place) });
  });
  for (const list of ['holidays', 'optional', 'working'] as const) {
    holidays[list].forEach((one, index) => {
      ruleFaults(one, [list, index], source);
    });
  }
}

function ruleFaults(one: DayRule, path: readonly (string | number)[], source: Source): void {
  if ('date' in one) {
    if (!isDay(one.date)) source.at([...path, 'date'], 'no-such-day', { given: one.date });
    return;
  }
  // Of a leap year, so that 29 February is a day.
  if ('on' in one && !isDay(`2028-${one.on}`)) source.at([...path, 'on'], 'no-such-day', { given: one.on });
  const { since, until } = one;
  if (since !== undefined && until !== undefined && since > until)
    source.at([...path, 'until'], 'dates-backwards', { since, until });
}

function isDay(day: string): boolean {
  try {
    Temporal.PlainDate.from(day);
    return true;
  } catch {
    return false;
  }
}

/** Reads one installed file of days off; throws an Error that names the file and every fault. */
export function parseHolidayFile(content: string, file: string): HolidayFile {
  const { holidays, problems } = readHolidays(content, file);
  if (holidays) return holidays;
  throw new Error(
    problems.map(({ line, column, message }) => `${file}:${line}:${column} ${message}`).join('; '),
  );
}
