import Joi from 'joi';
import { fail, ok, type Result } from '../result.ts';
import type { InvalidInput } from '../errors.ts';
import { nearest } from './nearest.ts';
import type { TraceStep } from './types.ts';
import type { Risk } from './vocabulary.ts';

/**
 * ENISA, Recommendations for a methodology of the assessment of severity of personal data breaches (2013):
 * SE = DPC x EI + CB. The result is advice; a person decides.
 */
const METHOD = 'ENISA, severity of personal data breaches (2013)';

/** Base of each type of data, and how far an adjustment may move it. */
export const DATA_TYPES = {
  simple: { base: 1, lowest: 0, highest: 3 },
  behavioural: { base: 2, lowest: -1, highest: 2 },
  financial: { base: 3, lowest: -2, highest: 1 },
  sensitive: { base: 4, lowest: -3, highest: 0 },
} as const;
export type DataType = keyof typeof DATA_TYPES;

/** Factor of each ease of identification. */
export const EASE_FACTORS = { negligible: 0.25, limited: 0.5, significant: 0.75, maximum: 1 } as const;
export type Ease = keyof typeof EASE_FACTORS;

export const SEVERITY_LEVELS = ['low', 'medium', 'high', 'very high'] as const;
export type SeverityLevel = (typeof SEVERITY_LEVELS)[number];

interface Input {
  readonly personalData: boolean;
  readonly data?: readonly { readonly type: DataType; readonly adjust: number }[];
  readonly ei?: Ease;
  readonly circumstances: {
    readonly confidentiality: number;
    readonly integrity: number;
    readonly availability: number;
    readonly malicious: boolean;
  };
  readonly unintelligible: boolean;
  readonly lost: boolean;
  readonly individuals?: number;
}

export interface Severity {
  readonly dpc: number;
  readonly ei: number;
  readonly cb: number;
  readonly score: number;
  readonly level: SeverityLevel;
  readonly risk: Risk;
  /** Each partial score, which data counted, the flags. */
  readonly trace: readonly TraceStep[];
}

const item = Joi.object({
  type: Joi.string()
    .valid(...Object.keys(DATA_TYPES))
    .required(),
  adjust: Joi.number().default(0),
}).custom((value: { type: DataType; adjust: number }, helpers) => {
  const { lowest, highest } = DATA_TYPES[value.type];
  if (Number.isInteger(value.adjust) && value.adjust >= lowest && value.adjust <= highest) return value;
  return helpers.error('adjust.range', { type: value.type, given: value.adjust, lowest, highest });
});

const degree = Joi.number().valid(0, 0.25, 0.5).default(0);

const circumstances = Joi.object({
  confidentiality: degree,
  integrity: degree,
  availability: degree,
  malicious: Joi.boolean().default(false),
}).default({ confidentiality: 0, integrity: 0, availability: 0, malicious: false });

const schema = Joi.object({
  personalData: Joi.boolean().default(true),
  data: Joi.alternatives().conditional(Joi.array(), {
    then: Joi.array().items(item).min(1),
    otherwise: item,
  }),
  ei: Joi.string().valid(...Object.keys(EASE_FACTORS)),
  circumstances,
  unintelligible: Joi.boolean().default(false),
  lost: Joi.boolean().default(false),
  individuals: Joi.number().integer().min(0),
})
  .required()
  .prefs({ convert: false, abortEarly: false });

const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': ['personalData', 'data', 'ei', 'circumstances', 'unintelligible', 'lost', 'individuals'],
  data: ['type', 'adjust'],
  circumstances: ['confidentiality', 'integrity', 'availability', 'malicious'],
};

/** Reads the input of the calculator and computes; every fault at once, with the nearest right name. */
export function severityOf(input: unknown): Result<Severity, InvalidInput> {
  const bare = isWithoutPersonalData(input);
  if (bare) return ok(NO_PERSONAL_DATA);
  const checked = schema.validate(input);
  const problems = (checked.error?.details ?? []).map(problemOf);
  const value = checked.value as Input | undefined;
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
    for (const path of ['data', 'ei'])
      if ((input as Record<string, unknown>)[path] === undefined) problems.push({ path, key: 'required' });
  }
  if (problems.length > 0 || !value) {
    // What is of the wrong kind is also none of the known values: one fault a place says enough.
    const kinds = new Set(problems.filter(({ key }) => key === 'wrong-type').map(({ path }) => path));
    const once = problems.filter(({ path, key }) => key !== 'unknown-value' || !kinds.has(path));
    return fail({ kind: 'invalid-input', problems: once });
  }
  const list = value.data as Input['data'] | { readonly type: DataType; readonly adjust: number };
  return ok(compute(value, Array.isArray(list) ? list : [list as { type: DataType; adjust: number }]));
}

// With no personal data nothing else is needed or read.
function isWithoutPersonalData(input: unknown): boolean {
  return (
    typeof input === 'object' && input !== null && 'personalData' in input && input.personalData === false
  );
}

const NO_PERSONAL_DATA: Severity = {
  dpc: 0,
  ei: 0,
  cb: 0,
  score: 0,
  level: 'low',
  risk: 'none',
  trace: [{ key: 'severity.no-personal-data', values: {}, cite: METHOD }],
};

type Found = { path: string; key: string; values?: Record<string, unknown> };

function problemOf(detail: Joi.ValidationErrorItem): Found {
  const path = detail.path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
  const given: unknown = detail.context?.['value'];
  if (given === null) return { path, key: 'is-null' };
  if (detail.type === 'object.unknown') {
    const name = String(detail.path.at(-1) ?? '');
    const parent = detail.path.slice(0, -1).find((step) => typeof step === 'string') ?? '';
    return { path, key: 'unknown-key', values: { given: name, nearest: nearest(name, KEYS[parent] ?? []) } };
  }
  if (detail.type === 'any.only') {
    const allowed = ((detail.context?.['valids'] as unknown[] | undefined) ?? []).map(String);
    return {
      path,
      key: 'unknown-value',
      values: { given, nearest: nearestOf(given, allowed), allowed },
    };
  }
  if (detail.type === 'adjust.range') {
    const {
      lowest,
      highest,
      given: adjust,
    } = detail.context as { lowest: number; highest: number; given: number };
    const meant = Math.min(Math.max(Math.round(adjust), lowest), highest);
    return {
      path: `${path}.adjust`,
      key: 'adjust-range',
      values: { given: adjust, lowest, highest, nearest: meant },
    };
  }
  const kind = KIND_OF[detail.type.split('.')[0] ?? ''] ?? 'object';
  return {
    path,
    key: detail.type === 'any.required' ? 'required' : 'wrong-type',
    values: { given, rule: kind === 'whole' && path !== 'individuals' ? 'number' : kind },
  };
}

const KIND_OF: Readonly<Record<string, string>> = {
  boolean: 'bool',
  number: 'whole',
  string: 'text',
  array: 'list',
};

/** Of numbers the nearest one, of words the one most likely meant. */
function nearestOf(given: unknown, allowed: readonly string[]): string | undefined {
  if (typeof given !== 'number')
    return nearest(typeof given === 'string' ? given : JSON.stringify(given), allowed);
  return [...allowed].sort((a, b) => Math.abs(Number(a) - given) - Math.abs(Number(b) - given))[0];
}

function compute(
  input: Input,
  data: readonly { readonly type: DataType; readonly adjust: number }[],
): Severity {
  const scored = data.map((one) => ({
    ...one,
    base: DATA_TYPES[one.type].base,
    dpc: DATA_TYPES[one.type].base + one.adjust,
  }));
  const counted = scored.reduce((a, b) => (b.dpc > a.dpc ? b : a));
  const ei = EASE_FACTORS[input.ei ?? 'maximum'];
  const { confidentiality, integrity, availability, malicious } = input.circumstances;
  const cb = confidentiality + integrity + availability + (malicious ? 0.5 : 0);
  // Quarters throughout: exact in binary, so that no rounding moves a band.
  const score = counted.dpc * ei + cb;
  const level = levelOf(score);
  const trace: TraceStep[] = [
    ...scored.map((one): TraceStep => {
      const { type, base, adjust, dpc } = one;
      return {
        key: 'severity.data',
        values: { type, base, adjust, dpc, counts: one === counted },
        cite: METHOD,
      };
    }),
    { key: 'severity.ease', values: { ei: input.ei, factor: ei }, cite: METHOD },
    {
      key: 'severity.circumstances',
      values: { confidentiality, integrity, availability, malicious, cb },
      cite: METHOD,
    },
    { key: 'severity.score', values: { dpc: counted.dpc, ei, cb, score, level }, cite: METHOD },
  ];
  if ((input.individuals ?? 0) > 100)
    trace.push({ key: 'severity.many', values: { individuals: input.individuals } });
  if (input.unintelligible) trace.push({ key: 'severity.unintelligible', values: { lost: input.lost } });
  const risk: Risk = input.unintelligible && !input.lost ? 'unlikely' : RISK_OF[level];
  return { dpc: counted.dpc, ei, cb, score, level, risk, trace };
}

const RISK_OF: Readonly<Record<SeverityLevel, Risk>> = {
  low: 'unlikely',
  medium: 'risk',
  high: 'high',
  'very high': 'high',
};

function levelOf(score: number): SeverityLevel {
  if (score < 2) return 'low';
  if (score < 3) return 'medium';
  return score < 4 ? 'high' : 'very high';
}
