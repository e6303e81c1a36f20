import { IntlMessageFormat } from 'intl-messageformat';

export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

export type Values = Readonly<Record<string, unknown>>;

/** The words of the pages: a message by its key in a language, its values put in. */
export interface Words {
  /** @returns the key itself in brackets where nobody wrote words for it: ugly, never silent, never a crash */
  say(locale: Locale, key: string, values?: Values): string;
  has(locale: Locale, key: string): boolean;
}

/** A catalogue as it stands in a file: a tree whose leaves are ICU messages. */
export interface Catalogue {
  readonly [name: string]: string | Catalogue;
}

/**
 * Compiles catalogues (`en` -> trees of several files, merged). Plurals, choices and numbers are ICU's, so that
 * a translator can turn a sentence round.
 *
 * @throws Error naming every message that does not parse
 */
export function compileWords(catalogues: Readonly<Record<Locale, readonly Catalogue[]>>): Words {
  const faults: string[] = [];
  const messages = new Map(
    LOCALES.map((locale) => [locale, compileLocale(locale, catalogues[locale], faults)] as const),
  );
  if (faults.length > 0) throw new Error(`messages that cannot be used:\n${faults.join('\n')}`);
  return {
    say(locale, key, values = {}) {
      const message = messages.get(locale)?.get(key) ?? messages.get('en')?.get(key);
      return message === undefined ? `[${key}]` : String(message.format(plain(values)));
    },
    has: (locale, key) => messages.get(locale)?.has(key) ?? false,
  };
}

function compileLocale(
  locale: Locale,
  trees: readonly Catalogue[],
  faults: string[],
): ReadonlyMap<string, IntlMessageFormat> {
  const compiled = new Map<string, IntlMessageFormat>();
  for (const [key, text] of trees.flatMap((tree) => flat(tree, ''))) {
    try {
      // Angle brackets are addresses and quotations here, never markup.
      compiled.set(key, new IntlMessageFormat(text, REGION[locale], undefined, { ignoreTag: true }));
    } catch (error) {
      faults.push(`${locale}: ${key}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return compiled;
}

/** Numbers and dates as in Britain and Germany. */
export const REGION: Readonly<Record<Locale, string>> = { en: 'en-GB', de: 'de-DE' };

/** @throws Error naming a key that has neither words nor keys below it */
function flat(tree: Catalogue, above: string): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'string') return [[`${above}${name}`, value]];
    if (typeof value !== 'object' || value === null) throw new Error(`${above}${name} has no words`);
    return flat(value as Catalogue, `${above}${name}.`);
  });
}

/** What a message can print; anything else becomes its JSON rather than `[object Object]`. */
function plain(values: Values): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'number' ? value : (JSON.stringify(value) ?? ''),
    ]),
  );
}

/** The language of a page: the person's own, else the first of the browser's that we have. */
export function localeOf(own: string | undefined, acceptLanguage: string | undefined): Locale {
  const wanted = [own ?? '', ...(acceptLanguage ?? '').split(',')].map((tag) =>
    tag.trim().slice(0, 2).toLowerCase(),
  );
  return (
    LOCALES.find((locale) => locale === wanted.find((tag) => LOCALES.some((known) => known === tag))) ?? 'en'
  );
}
