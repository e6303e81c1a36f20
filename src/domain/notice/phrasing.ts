import { sentencesOf, wordsOf } from './reading.ts';

/**
 * Something in the author's words that deserves a second look; advice, never a refusal.
 *
 * `banned`: what such letters always say and readers take amiss; `hedge`: may and might where what happened is told;
 * `long`: a sentence of more than {@link LONG} words; `link`: an address that is not the organisation's own.
 */
export interface Hint {
  readonly field: string;
  readonly kind: 'banned' | 'hedge' | 'long' | 'link';
  /** The words in question, as the author wrote them. */
  readonly found: string;
}

/** What is searched for, in one language. Phrases in lower case; hedges as they stand within a sentence. */
export interface Phrases {
  readonly banned: readonly string[];
  readonly hedges: readonly string[];
}

/** From here on a sentence has more than one thought. */
const LONG = 20;

/** Where a reader wants to know, not to guess. */
const FLAT: readonly string[] = ['what-happened', 'data-detail', 'not-affected'];

/**
 * Looks through the words of a draft in one language, field by field.
 * @param website the organisation's own address, as it stands in the settings
 */
export function hintsFor(
  words: Readonly<Record<string, string>>,
  phrases: Phrases,
  website: string,
): readonly Hint[] {
  return Object.entries(words).flatMap(([field, text]): Hint[] => {
    const as = (kind: Hint['kind'], found: readonly string[]): Hint[] =>
      [...new Set(found)].map((one) => ({ field, kind, found: one }));
    return [
      ...as('banned', occurrences(text, phrases.banned, 'iu')),
      ...as('hedge', FLAT.includes(field) ? occurrences(text, phrases.hedges, 'u') : []),
      ...as(
        'long',
        sentencesOf(text).filter((sentence) => wordsOf(sentence).length > LONG),
      ),
      ...as('link', foreignLinks(text, website)),
    ];
  });
}

function occurrences(text: string, phrases: readonly string[], flags: string): readonly string[] {
  const read = text.replace(/\s+/g, ' ').replaceAll('’', "'");
  return phrases.flatMap((phrase) => {
    const source = phrase.replaceAll('’', "'").replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const found = new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, flags).exec(read);
    return found ? [found[0]] : [];
  });
}

function foreignLinks(text: string, website: string): readonly string[] {
  const own = hostOf(website);
  return (text.match(/\b(?:https?:\/\/|www\.)[^\s<>"']+/gi) ?? []).filter((link) => {
    const host = hostOf(link);
    return own === '' || (host !== own && !host.endsWith(`.${own}`));
  });
}

function hostOf(address: string): string {
  const host = /^(?:[a-z]+:\/\/)?(?:www\.)?([^/?#:\s]+)/i.exec(address.trim())?.[1] ?? '';
  return host.toLowerCase();
}
