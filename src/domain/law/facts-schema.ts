import Joi from 'joi';
import { nearest } from './nearest.ts';
import { nearestPlace, placeOf } from './places.ts';
import { isZone } from './moments.ts';
import {
  DATA_CATEGORIES,
  MOMENTS,
  RISKS,
  ROLES,
  SECTORS,
  SIGNIFICANT_BY,
  SUBJECT_GROUPS,
} from './vocabulary.ts';
import { FLAGS } from './types.ts';
import type { Problem } from '../errors.ts';

const bool = Joi.boolean();
const oneOf = (words: readonly string[]): Joi.StringSchema => Joi.string().valid(...words);
const listOf = (words: readonly string[]): Joi.ArraySchema => Joi.array().items(oneOf(words));
const moment = Joi.string();
const whole = Joi.number().integer().min(0);

const place = Joi.string().custom((value: string, helpers) => {
  const found = placeOf(value);
  return found ?? helpers.error('place.unknown', { given: value, nearest: nearestPlace(value) });
});

const zone = Joi.string().custom((value: string, helpers) =>
  isZone(value) ? value : helpers.error('zone.unknown', { given: value, nearest: nearestZone(value) }),
);

function nearestZone(given: string): string | undefined {
  return nearest(given, Intl.supportedValuesOf('timeZone'));
}

const subject = Joi.object({
  place,
  count: whole,
  min: whole,
  max: whole,
  groups: listOf(SUBJECT_GROUPS),
})
  .oxor('count', 'min')
  .oxor('count', 'max')
  .custom((row: { min?: number; max?: number }, helpers) =>
    row.min !== undefined && row.max !== undefined && row.min > row.max
      ? helpers.error('range.backwards', { min: row.min, max: row.max })
      : row,
  );

const bools = (names: readonly string[]): Joi.ObjectSchema =>
  Joi.object(Object.fromEntries(names.map((name) => [name, bool])));

const moments = Object.fromEntries(MOMENTS.map((name) => [name, moment]));
const flags = Object.fromEntries(FLAGS.map((name) => [name, bool]));

/** The facts contract as a schema. Moments are read afterwards, since they need the zone. */
export const factsSchema = Joi.object({
  role: Joi.alternatives().conditional(Joi.array(), {
    then: Joi.array().items(oneOf(ROLES)),
    otherwise: oneOf(ROLES),
  }),
  establishments: Joi.array().items(place),
  mainEstablishment: place,
  sectors: listOf(SECTORS),
  listed: bool,
  firmSize: oneOf(['larger', 'smaller']),
  turnoverAud: Joi.number().min(0),
  databaseLevel: oneOf(['basic', 'medium', 'high']),
  cyberInsurance: bool,
  zone,
  ...moments,
  risk: oneOf(RISKS),
  significant: bool,
  significantBy: bools(SIGNIFICANT_BY),
  ...flags,
  breach: bools(['confidentiality', 'integrity', 'availability']),
  data: Joi.object({
    categories: listOf(DATA_CATEGORIES),
    encrypted: bool,
    keyCompromised: bool,
    accessCode: bool,
    medium: oneOf(['electronic', 'paper', 'both']),
  }),
  subjects: Joi.array().items(subject),
  service: Joi.object({ affected: bool, hours: Joi.number().min(0) }),
  directLoss: Joi.object({ amount: Joi.number().min(0), currency: Joi.string().pattern(/^[A-Z]{3}$/) }),
  exceptions: bools(['riskRemoved', 'disproportionateEffort']),
  lawEnforcementHold: Joi.object({ from: moment.required(), until: moment }),
  doraExcepted: bool,
  filed: Joi.object().pattern(Joi.string(), Joi.object({ at: moment.required(), complete: bool })),
  orders: Joi.array().items(
    Joi.object({ duty: Joi.string().required(), at: moment.required(), dueAt: moment }),
  ),
  answered: Joi.object().pattern(Joi.string(), bool),
})
  .required()
  .prefs({ convert: false, abortEarly: false });

/** Names of the facts, for whoever lists them or asks about them. */
export const FACT_NAMES: readonly string[] = Object.keys(
  (factsSchema.describe() as { keys: Record<string, unknown> }).keys,
);

/** A path as people write it: `subjects[2].place`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/** What Joi found, in the words of this house: key, values, and the nearest right name where a name is wrong. */
export function problemsOf(error: Joi.ValidationError): readonly Problem[] {
  const problems = error.details.map((detail): Problem => {
    const context = detail.context ?? {};
    const path = pathText(detail.path);
    const given: unknown = context['value'];
    if (given === null) return { path, key: 'is-null' };
    switch (detail.type) {
      case 'object.unknown': {
        const name = String(detail.path.at(-1) ?? '');
        return { path, key: 'unknown-key', values: withNearest(name, siblingsOf(detail.path)) };
      }
      case 'any.only': {
        const allowed = ((context['valids'] as unknown[] | undefined) ?? []).map(String);
        return {
          path,
          key: 'unknown-value',
          values: { ...withNearest(JSON.stringify(given).replaceAll('"', ''), allowed), allowed },
        };
      }
      case 'place.unknown':
      case 'zone.unknown':
        return { path, key: detail.type.replace('.', '-'), values: { given, nearest: context['nearest'] } };
      case 'range.backwards':
        return { path, key: 'range-backwards', values: { min: context['min'], max: context['max'] } };
      case 'object.oxor':
        return { path, key: 'count-or-range' };
      case 'any.required':
        return { path, key: 'required' };
      default:
        return { path, key: 'wrong-type', values: { given, rule: detail.type } };
    }
  });
  // Joi reports null once for the type and once for the words allowed.
  const seen = new Set<string>();
  return problems.filter(({ path, key }) => !seen.has(`${path} ${key}`) && seen.add(`${path} ${key}`));
}

function withNearest(given: string, known: readonly string[]): Record<string, unknown> {
  const meant = nearest(given, known);
  return meant === undefined ? { given } : { given, nearest: meant };
}

interface Described {
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
}

/** The names that may stand where an unknown one was found. */
function siblingsOf(path: readonly (string | number)[]): readonly string[] {
  let node = factsSchema.describe() as unknown as Described | undefined;
  for (const step of path.slice(0, -1)) {
    node = typeof step === 'number' ? node?.items?.[0] : node?.keys?.[step];
  }
  return Object.keys(node?.keys ?? {});
}
