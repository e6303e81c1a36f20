import type { Temporal } from 'temporal-polyfill';
import type { Format } from '../../domain/notice/notice.ts';
import type { Person } from '../../domain/people/person.ts';
import { textFor } from './by-place.ts';
import { day, printedIn } from './dates.ts';
import { escape } from './engine.ts';
import { DATE_SLOT, oneLine, SLOT } from './plain.ts';
import type { Words } from './words.ts';

/** What is longer than this is no name; the letter then greets without one. In UTF-16 units. */
const LONGEST_NAME = 120;

/**
 * Puts one person into a sealed text: first what is meant for readers elsewhere goes, then every slot is filled at
 * once, so that a name that looks like one stays a name.
 *
 * @param today the day of the letter, where a law wants it in the text
 */
export function personalise(
  text: string,
  format: Format,
  person: Person,
  words: Words,
  today: Temporal.Instant,
): string {
  const letter = addressed(text, format, person.country ?? '', words, today);
  return letter.replaceAll(SLOT.salutation, () => greeting(person, format, words));
}

/** A sealed text as readers at a place get it on a day: only the greeting is still to be put in. */
export function addressed(
  text: string,
  format: Format,
  place: string,
  words: Words,
  today: Temporal.Instant,
): string {
  return textIn(text, format, place).replace(DATE_SLOT, (_, zone: string) =>
    day(today, zone, printedIn(words.locale)),
  );
}

/** How a letter greets a person, escaped for the format. */
export function greeting(person: Pick<Person, 'name'>, format: Format, words: Words): string {
  const said = salutation(person, words);
  return format === 'html' ? escape(said) : said;
}

/** A sealed text as readers at a place get it, its slots still empty. */
export function textIn(text: string, format: Format, place: string): string {
  const kept = textFor(text, place);
  if (format === 'html') return kept;
  // Where a part fell away, its blank lines would stand twice.
  return kept.replace(/[^\S\n]+$/gm, '').replace(/\n{3,}/g, '\n\n');
}

function salutation(person: Pick<Person, 'name'>, words: Words): string {
  const name = oneLine(person.name);
  const usable = name !== '' && name.length <= LONGEST_NAME;
  return usable ? words.say('salutation.named', { name }) : words.say('salutation.nameless');
}

/**
 * The language of a person's letter: the one on record (`de-AT` reads `de`), else the usual one of the country,
 * else English, else the first that was approved.
 */
export function localeFor(person: Person, locales: readonly string[]): string {
  const wished = [() => person.language ?? '', () => languageOf(person.country ?? ''), () => 'en'];
  for (const wishOf of wished) {
    const wish = wishOf();
    const found = locales.find((locale) => locale === wish) ?? locales.find((locale) => speaks(locale, wish));
    if (found !== undefined) return found;
  }
  return locales[0] ?? 'en';
}

function speaks(locale: string, wish: string): boolean {
  const [language = '', other = ''] = [locale, wish].map((tag) => tag.split(/[-_]/)[0]?.toLowerCase());
  return other !== '' && language === other;
}

/** Asked once a country: it takes long, and lists are long. */
const LANGUAGES = new Map<string, string>();

function languageOf(country: string): string {
  const code = country.split('-')[0]?.toUpperCase() ?? '';
  if (!/^[A-Z]{2}$/.test(code)) return '';
  const known = LANGUAGES.get(code) ?? new Intl.Locale(`und-${code}`).maximize().language;
  LANGUAGES.set(code, known);
  return known;
}
