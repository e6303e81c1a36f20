import type { Format } from '../../domain/notice/notice.ts';
import type { Person } from '../../domain/people/person.ts';
import { escape } from './engine.ts';
import { oneLine, SLOT } from './plain.ts';
import type { Words } from './words.ts';

/** What is longer than this is no name; the letter then greets without one. In UTF-16 units. */
const LONGEST_NAME = 120;

/** Puts one person into a sealed text: every slot at once, so that a name that looks like one stays a name. */
export function personalise(text: string, format: Format, person: Person, words: Words): string {
  const greeting = salutation(person, words);
  return text.replaceAll(SLOT.salutation, () => (format === 'html' ? escape(greeting) : greeting));
}

function salutation(person: Person, words: Words): string {
  const name = oneLine(person.name);
  const usable = name !== '' && name.length <= LONGEST_NAME;
  return usable ? words.say('salutation.named', { name }) : words.say('salutation.nameless');
}

/**
 * The language of a person's letter: the one on record (`de-AT` reads `de`), else the usual one of the country,
 * else English, else the first that was approved.
 */
export function localeFor(person: Person, locales: readonly string[]): string {
  const wished = [person.language ?? '', languageOf(person.country ?? ''), 'en'];
  for (const wish of wished) {
    const found = locales.find((locale) => locale === wish) ?? locales.find((locale) => speaks(locale, wish));
    if (found !== undefined) return found;
  }
  return locales[0] ?? 'en';
}

function speaks(locale: string, wish: string): boolean {
  const [language = '', other = ''] = [locale, wish].map((tag) => tag.split(/[-_]/)[0]?.toLowerCase());
  return other !== '' && language === other;
}

function languageOf(country: string): string {
  const code = country.split('-')[0]?.toUpperCase() ?? '';
  if (!/^[A-Z]{2}$/.test(code)) return '';
  return new Intl.Locale(`und-${code}`).maximize().language;
}
