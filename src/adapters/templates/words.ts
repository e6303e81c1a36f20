import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { parse } from 'yaml';

export type Values = Readonly<Record<string, string | number>>;

/** The sentences of one language, by dotted key, in ICU message format. */
export interface Words {
  readonly locale: string;
  /** @throws Error if there is no such sentence, or it wants a value that is not given. */
  say(key: string, values?: Values): string;
  has(key: string): boolean;
  readonly keys: readonly string[];
  /** The file as it was parsed, for what is not a sentence. */
  readonly file: Readonly<Record<string, unknown>>;
}

/**
 * Reads a YAML file of sentences; of several, what a later one says stands in place of what the ones before it say,
 * key by key, lists as a whole. Values are put in as they are: braces in a value are text.
 *
 * @throws Error naming the file if it is no YAML, and the key if a sentence is no ICU message.
 */
export function readWords(paths: string | readonly string[], locale: string): Words {
  const all = typeof paths === 'string' ? [paths] : paths;
  const path = all.join(' with ');
  const file = all.map(fileOf).reduce(over, {});
  const sentences = new Map(
    flatten(file, '').map(([key, text]) => [key, messageOf(text, locale, path, key)]),
  );
  return {
    locale,
    file,
    keys: [...sentences.keys()],
    has: (key) => sentences.has(key),
    say: (key, values = {}) => {
      const sentence = sentences.get(key);
      if (!sentence) throw new Error(`${path} has no ${key}`);
      return String(sentence.format({ ...values }));
    },
  };
}

function fileOf(path: string): Record<string, unknown> {
  try {
    return parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

type Tree = Readonly<Record<string, unknown>>;

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function over(under: Tree, top: Tree): Tree {
  const merged = Object.entries(top).map(([key, value]) => {
    const below = Object.hasOwn(under, key) ? under[key] : undefined;
    return [key, isTree(value) && isTree(below) ? over(below, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(merged) };
}

function messageOf(text: string, locale: string, path: string, key: string): IntlMessageFormat {
  try {
    // Tags are text here: HTML is the templates' business.
    return new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
  } catch (error) {
    throw new Error(`${path}: ${key} is no message`, { cause: error });
  }
}

function flatten(value: unknown, key: string): [string, string][] {
  if (typeof value === 'string') return [[key, value]];
  if (typeof value !== 'object' || value === null) return [];
  const prefix = key === '' ? '' : `${key}.`;
  return Object.entries(value).flatMap(([name, inner]) => flatten(inner, `${prefix}${name}`));
}
