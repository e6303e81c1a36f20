import { folded } from './fold.ts';

/** In whose words languages are named in lists, beside their own. */
const NAMED_IN = 'en de fr es it nl pl pt sv da'.split(' ');

/** What people write and the tables of names do not have. */
const ALSO: Readonly<Record<string, string>> = {
  es: 'castellano, castilian',
  nl: 'flemish, vlaams, flämisch, flamand',
  de: 'hochdeutsch',
  no: 'norsk',
  nb: 'bokmål, norsk bokmål',
  nn: 'nynorsk',
  zh: 'mandarin',
  fa: 'farsi',
  pt: 'brazilian, brasileiro',
};

/** Codes of libraries (ISO 639-2/B) where they differ from those of terminology, which Intl knows. */
const OF_LIBRARIES: Readonly<Record<string, string>> = {
  ger: 'de',
  fre: 'fr',
  dut: 'nl',
  cze: 'cs',
  gre: 'el',
  rum: 'ro',
  slo: 'sk',
  ice: 'is',
  chi: 'zh',
  per: 'fa',
  alb: 'sq',
  wel: 'cy',
  arm: 'hy',
  baq: 'eu',
  bur: 'my',
  geo: 'ka',
  mac: 'mk',
  may: 'ms',
};

/** The language that most people of a country read; where there is no one such language, none. */
const MAIN: Readonly<Record<string, string>> = {
  de: 'DE AT LI',
  fr: 'FR LU MC',
  es: 'ES MX AR CO CL',
  it: 'IT SM',
  nl: 'NL',
  pl: 'PL',
  pt: 'PT BR',
  sv: 'SE',
  da: 'DK',
  en: 'GB IE US CA AU NZ',
};
const MAIN_OF = new Map(
  Object.entries(MAIN).flatMap(([language, countries]) =>
    countries.split(' ').map((code) => [code, language]),
  ),
);

/** The main language of a country (ISO 3166-1), or null. */
export function mainLanguage(country: string): string | null {
  return MAIN_OF.get(country) ?? null;
}

/** Tags that name no language: undetermined, several, none, not coded. */
const NO_LANGUAGE = new Set(['und', 'mul', 'zxx', 'mis', 'root']);
const TAG = /^([a-z]{2,3})(?:[-_@.].*)?$/;

/**
 * The language that a cell of a list names: a tag (`de-AT`, `fr_CH`, `deu`) or the name of a language in its own
 * tongue or one of ten.
 * @returns its primary subtag, or null where it is none
 */
export function readLanguage(text: string): string | null {
  const lower = text.trim().toLowerCase();
  const tag = TAG.exec(lower)?.[1];
  const coded = tag === undefined ? null : codeOf(tag);
  if (coded !== null || lower === '') return coded;
  // 'Deutsch (Österreich)'
  return languageNames().get(folded(lower.replace(/\(.*$/, ''))) ?? null;
}

let english: Intl.DisplayNames | undefined;

function codeOf(tag: string): string | null {
  const [code = ''] = (OF_LIBRARIES[tag] ?? Intl.getCanonicalLocales(tag)[0] ?? '').split('-');
  if (NO_LANGUAGE.has(code)) return null;
  english ??= new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  return english.of(code) === undefined ? null : code;
}

let names: ReadonlyMap<string, string> | undefined;

/** Made when the first name is met: most lists have tags. A language's own name for itself comes first. */
function languageNames(): ReadonlyMap<string, string> {
  if (names) return names;
  const found = new Map<string, string>();
  const put = (name: string | undefined, code: string): void => {
    const key = folded(name ?? '');
    if (key !== '' && !found.has(key)) found.set(key, code);
  };
  const codes = twoLetters().filter((code) => codeOf(code) === code);
  for (const code of codes) put(nameIn(code, code), code);
  for (const locale of NAMED_IN) for (const code of codes) put(nameIn(locale, code), code);
  for (const [code, others] of Object.entries(ALSO)) for (const name of others.split(',')) put(name, code);
  return (names = found);
}

const displayed = new Map<string, Intl.DisplayNames>();

/** @returns undefined where the language is not known, or its own tongue has no names */
function nameIn(locale: string, code: string): string | undefined {
  const [supported] = Intl.DisplayNames.supportedLocalesOf([locale]);
  if (supported === undefined) return undefined;
  const named =
    displayed.get(locale) ?? new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' });
  displayed.set(locale, named);
  return named.of(code);
}

function twoLetters(): readonly string[] {
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
  return letters.flatMap((first) => letters.map((second) => first + second));
}
