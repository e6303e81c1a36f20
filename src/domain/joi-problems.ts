import type Joi from 'joi';
import { nearest } from './law/nearest.ts';
import type { Problem } from './errors.ts';

/** A path as people write it: `subjects[2].place`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/**
 * What Joi found, in the words of this house: key and values; with the schema also the nearest right name where a name
 * is wrong.
 */
export function problemsOf(error: Joi.ValidationError, schema?: Joi.Schema): readonly Problem[] {
  const problems = error.details.map((detail): Problem => {
    const context = detail.context ?? {};
    const path = pathText(detail.path);
    const given: unknown = context['value'];
    if (given === null) return { path, key: 'is-null' };
    switch (detail.type) {
      case 'object.unknown': {
        const name = String(detail.path.at(-1) ?? '');
        return { path, key: 'unknown-key', values: withNearest(name, siblingsOf(detail.path, schema)) };
      }
      case 'any.only': {
        const allowed = ((context['valids'] as unknown[] | undefined) ?? []).map(String);
        return {
          path,
          key: 'unknown-value',
          values: { ...withNearest(JSON.stringify(given).replaceAll('"', ''), allowed), allowed },
        };
      }
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
function siblingsOf(path: readonly (string | number)[], schema?: Joi.Schema): readonly string[] {
  let node = schema?.describe() as unknown as Described | undefined;
  for (const step of path.slice(0, -1)) {
    node = typeof step === 'number' ? node?.items?.[0] : node?.keys?.[step];
  }
  return Object.keys(node?.keys ?? {});
}
