import type Joi from 'joi';
import type { InvalidInput, Problem } from '../../../domain/errors.ts';
import { pathText } from '../../../domain/joi-problems.ts';
import { nearest } from '../../../domain/law/nearest.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';

/** Deeper than anything that is asked for; what follows may walk a value without fear for its stack. */
const DEEPEST = 20;

/** Checks a body or query against its schema: every fault at once, an unknown name with the nearest right one. */
export function check(schema: Joi.ObjectSchema, given: unknown): Result<unknown, InvalidInput> {
  if (isTooDeep(given)) return fail({ kind: 'invalid-input', problems: [{ path: '', key: 'too-deep' }] });
  const checked = schema.validate(given, { abortEarly: false, convert: false });
  if (!checked.error) return ok(checked.value);
  const problems = checked.error.details.map((detail) => problemOf(schema, detail));
  // Joi tells null once for the type and once for the words allowed.
  const seen = new Set<string>();
  const once = problems.filter(({ path }) => !seen.has(path) && seen.add(path));
  return fail({ kind: 'invalid-input', problems: once });
}

function problemOf(schema: Joi.ObjectSchema, { type, path, context }: Joi.ValidationErrorItem): Problem {
  const place = pathText(path);
  const given: unknown = context?.['value'];
  if (given === null) return { path: place, key: 'is-null' };
  switch (type) {
    case 'object.unknown':
      return {
        path: place,
        key: 'unknown-field',
        values: withNearest(String(path.at(-1)), fieldsAt(schema, path)),
      };
    case 'any.only':
      return { path: place, key: 'unknown-value', values: withNearest(wordOf(given), validsOf(context)) };
    case 'any.required':
      return { path: place, key: 'required' };
    case 'string.empty':
      return { path: place, key: 'text.missing' };
    case 'object.missing':
    case 'object.xor':
      return { path: place, key: 'one-of', values: { fields: peersOf(context).join(', ') } };
    default:
      return { path: place, key: TYPES[type] ?? 'wrong-type' };
  }
}

const TYPES: Readonly<Record<string, string>> = {
  'string.base': 'type.text',
  'number.base': 'type.number',
  'number.integer': 'type.number',
  'number.min': 'type.number',
  'number.unsafe': 'type.number',
  'boolean.base': 'type.bool',
  'array.base': 'type.list',
  'array.min': 'type.empty-list',
  'object.base': 'type.object',
};

export function withNearest(given: string, known: readonly string[]): Record<string, unknown> {
  const short = given.slice(0, 60);
  const meant = nearest(short, known);
  return meant === undefined ? { given: short } : { given: short, nearest: meant };
}

function wordOf(given: unknown): string {
  return typeof given === 'string' ? given : (JSON.stringify(given) ?? '');
}

function validsOf(context: Joi.Context | undefined): readonly string[] {
  const valids: unknown = context?.['valids'];
  return Array.isArray(valids) ? valids.map(String) : [];
}

function peersOf(context: Joi.Context | undefined): readonly string[] {
  const peers: unknown = context?.['peers'];
  return Array.isArray(peers) ? peers.map(String) : [];
}

interface Described {
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
}

/** The names that may stand where an unknown one was found. */
function fieldsAt(schema: Joi.ObjectSchema, path: readonly (string | number)[]): readonly string[] {
  let node = schema.describe() as unknown as Described | undefined;
  for (const step of path.slice(0, -1))
    node = typeof step === 'number' ? node?.items?.[0] : node?.keys?.[step];
  return Object.keys(node?.keys ?? {});
}

function isTooDeep(given: unknown): boolean {
  let level: unknown[] = [given];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((value): unknown[] => (isObject(value) ? Object.values(value) : []));
  }
  return false;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
