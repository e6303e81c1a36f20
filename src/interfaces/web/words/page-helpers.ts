import { LOCALES, type Words } from '../../shared/words.ts';

interface Options {
  readonly hash: Readonly<Record<string, unknown>>;
  readonly data: { readonly root: { readonly frame: { readonly locale: string } } };
}

/**
 * What the templates call: `{{t "wall.title" count=3}}` for words in the page's language, `{{newKey}}` for the key
 * of idempotency of one form.
 */
export function pageHelpers(
  words: Words,
  newKey: () => string,
): Readonly<Record<string, (...args: never[]) => unknown>> {
  const say = (key: string, options: Options): string => {
    const locale = LOCALES.find((known) => known === options.data.root.frame.locale) ?? 'en';
    return words.say(locale, key, options.hash);
  };
  return { t: say, newKey };
}
