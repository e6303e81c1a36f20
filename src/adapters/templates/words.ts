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
 * Reads a YAML file of sentences. Values are put in as they are: braces in a value are text.
 *
 * @throws Error naming the file if it is no YAML, and the key if a sentence is no ICU message.
 */
export function readWords(path: string, locale: string): Words {
  const file = fileOf(path);
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
