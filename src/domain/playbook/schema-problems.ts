import type { ValidationErrorItem } from 'joi';
import { parseDue } from './due-text.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Source } from './source.ts';
import type { LintProblem } from './types.ts';

type Context = Readonly<Record<string, unknown>>;

const PATTERNS: Readonly<Record<string, string>> = {
  'kebab-case': 'small letters, digits and hyphens, such as "stop-the-leak"',
  'system.topic': 'a place to click, such as "shopify.apps-and-keys" or "*.end-sessions"',
};

/** One of the schema's findings as a sentence, at the line and column where it stands. */
export function schemaProblem(item: ValidationErrorItem, source: Source): LintProblem {
  const context: Context = item.context ?? {};
  const key = String(item.path.at(-1) ?? 'the file');
  const sentence = sentenceOf(item, context, key);
  return item.type === 'object.unknown'
    ? source.problemAtKey(item.path, sentence)
    : source.problem(item.path, sentence);
}

function sentenceOf(item: ValidationErrorItem, context: Context, key: string): string {
  switch (item.type) {
    case 'object.unknown':
      return unknownKey(key, strings(context['known']));
    case 'any.required':
      return `"${key}" is missing`;
    case 'any.only':
      return notOneOf(key, context);
    case 'string.pattern.name':
      return notOfForm(key, context);
    case 'string.empty':
      return `"${key}" is empty`;
    case 'string.max':
      return `"${key}" is longer than ${String(context['limit'])} characters`;
    case 'array.unique':
      return `"${String(context['value'])}" stands here twice`;
    default:
      return typeProblem(item, key);
  }
}

function unknownKey(key: string, known: readonly string[]): string {
  if (known.length === 0) return `"${key}" is no name that can stand here`;
  return `unknown key "${key}"${didYouMean(key, known)}`;
}

function notOneOf(key: string, context: Context): string {
  const valids = strings(context['valids']);
  const value = String(context['value']);
  return `"${key}" cannot be "${value}"${didYouMean(value, valids)}: it is one of ${valids.join(', ')}`;
}

function notOfForm(key: string, context: Context): string {
  const value = String(context['value']);
  const name = String(context['name']);
  if (name !== 'due') return `"${key}" must be ${PATTERNS[name] ?? name}`;
  const due = parseDue(value);
  return typeof due === 'string' ? due : `"${value}" is no due moment`;
}

const TYPES: Readonly<Record<string, string>> = {
  'string.base': 'text',
  'boolean.base': 'true or false',
  'number.base': 'a number',
  'number.integer': 'a whole number',
  'number.min': 'at least 1',
  'array.base': 'a list',
  'array.min': 'a list with at least one entry',
  'object.base': 'a map of keys and values',
  'object.min': 'a map with more entries',
  'alternatives.types': 'text, or true',
  'alternatives.match': 'text, or true',
};

function typeProblem(item: ValidationErrorItem, key: string): string {
  const type = TYPES[item.type];
  return type === undefined ? item.message : `"${key}" must be ${type}`;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((v) => typeof v === 'string') : [];
}
