import type Joi from 'joi';
import { nearest } from '../nearest.ts';
import type { Path, Source } from './source.ts';

/** Tells what a schema found wrong in a file, each fault at its place and with the nearest right name. */
export function reportShape(source: Source, schema: Joi.Schema, error: Joi.ValidationError): void {
  const misspelt = new Set(error.details.flatMap((detail) => meantBy(detail, schema)));
  for (const detail of error.details) {
    // A key that is needed and was misspelt is one fault, told where it stands.
    if (detail.type === 'any.required' && misspelt.has(detail.path.join('.'))) continue;
    report(source, schema, detail);
  }
}

/** The key that an unknown one most likely meant, by its path. */
function meantBy({ type, path }: Joi.ValidationErrorItem, schema: Joi.Schema): readonly string[] {
  if (type !== 'object.unknown') return [];
  const meant = nearest(String(path.at(-1) ?? ''), keysBeside(schema, path));
  return meant === undefined ? [] : [[...path.slice(0, -1), meant].join('.')];
}

/** The kinds of values, in the words of the messages. */
const KINDS: Readonly<Record<string, string>> = {
  'string.base': 'text',
  'number.base': 'number',
  'boolean.base': 'bool',
  'array.base': 'list',
  'object.base': 'object',
};

const TYPES = ['string', 'number', 'boolean', 'array', 'object'];

function report(source: Source, schema: Joi.Schema, detail: Joi.ValidationErrorItem): void {
  const path: Path = detail.path;
  const context = detail.context ?? {};
  const given: unknown = context['value'];
  switch (detail.type) {
    case 'object.unknown': {
      const name = String(path.at(-1) ?? '');
      source.atKey(path, 'unknown-key', { given: name, nearest: nearest(name, keysBeside(schema, path)) });
      return;
    }
    case 'any.only': {
      const allowed = ((context['valids'] as unknown[] | undefined) ?? []).map(String);
      source.at(path, 'unknown-value', { given, nearest: nearest(String(given), allowed) });
      return;
    }
    case 'any.required':
      source.at(path, 'required', { missing: String(path.at(-1) ?? '') });
      return;
    case 'alternatives.types': {
      const words = ((context['types'] as string[] | undefined) ?? []).filter(
        (word) => !TYPES.includes(word),
      );
      if (typeof given === 'string' && words.length > 0) {
        source.at(path, 'unknown-value', { given, nearest: nearest(given, words) });
      } else source.at(path, 'wrong-shape', { given, rule: detail.type });
      return;
    }
    case 'alternatives.match':
    case 'alternatives.any':
      reportAlternatives(source, schema, detail);
      return;
    case 'string.base':
    case 'number.base':
    case 'boolean.base':
    case 'array.base':
    case 'object.base':
      source.at(path, 'wrong-type', { rule: KINDS[detail.type] });
      return;
    default:
      source.at(path, 'wrong-shape', {
        given: typeof given === 'object' ? undefined : given,
        rule: detail.type,
      });
  }
}

/** Of several shapes the one meant is that whose faults lie deepest: those are told. */
function reportAlternatives(source: Source, schema: Joi.Schema, detail: Joi.ValidationErrorItem): void {
  const inner = (detail.context?.['details'] as Joi.ValidationErrorItem[] | undefined) ?? [];
  const depth = Math.max(...inner.map((one) => one.path.length), 0);
  const deepest = inner.filter((one) => one.path.length === depth && !one.type.endsWith('.base'));
  if (deepest.length === 0) {
    source.at(detail.path, 'wrong-shape', { rule: detail.type });
    return;
  }
  const misspelt = new Set(deepest.flatMap((one) => meantBy(one, schema)));
  for (const one of deepest)
    if (one.type !== 'any.required' || !misspelt.has(one.path.join('.'))) report(source, schema, one);
}

interface Described {
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
  readonly matches?: readonly {
    readonly schema?: Described;
    readonly then?: Described;
    readonly otherwise?: Described;
  }[];
  readonly patterns?: readonly { readonly rule: Described }[];
}

/** The keys that could stand where one of a path stands. */
function keysBeside(schema: Joi.Schema, path: Path): readonly string[] {
  let nodes = shapesOf(schema.describe() as unknown as Described);
  for (const step of path.slice(0, -1)) {
    nodes = nodes.flatMap((node) => {
      if (typeof step === 'number') return (node.items ?? []).flatMap(shapesOf);
      const key = node.keys?.[step];
      return key ? shapesOf(key) : (node.patterns ?? []).flatMap((pattern) => shapesOf(pattern.rule));
    });
  }
  return nodes.flatMap((node) => Object.keys(node.keys ?? {}));
}

/** A shape, or the shapes between which it leaves the choice. */
function shapesOf(node: Described): readonly Described[] {
  if (!node.matches) return [node];
  return node.matches.flatMap(({ schema, then, otherwise }) =>
    [schema, then, otherwise].flatMap((one) => (one ? shapesOf(one) : [])),
  );
}
