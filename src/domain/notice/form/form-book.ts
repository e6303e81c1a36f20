import { GENERAL_FORM, type Form } from './form.ts';
import type { Vocabulary } from './vocabulary.ts';

/** All forms that we know, and the words of their fields and lists. */
export interface FormBook {
  readonly forms: readonly Form[];
  readonly vocabulary: Vocabulary;
}

interface Recipient {
  readonly id: string;
  /** ISO 639-1, the usual one first. */
  readonly languages: readonly string[];
}

/**
 * The form of an authority, or of the law on whose ground it is told; the general one, in the authority's language,
 * where there is none or nobody knows yet which authority it is.
 *
 * @throws Error where the general form is missing: without it there is no pack at all
 */
export function formOf(book: FormBook, authority: Recipient | null, ground?: string): Form {
  const own = ownForm(book, authority, ground);
  if (own) return own;
  const { forms } = book;
  const general = forms.find(({ id }) => id === GENERAL_FORM);
  if (!general) throw new Error('the general form is missing among the installed forms');
  const language = authority?.languages.find((one) => one in general.title) ?? authority?.languages[0];
  return language === undefined ? general : { ...general, language };
}

/**
 * The form that an authority has of its own, or that a law has for all of its authorities; undefined where we know
 * none.
 */
export function ownForm({ forms }: FormBook, authority: Recipient | null, ground?: string): Form | undefined {
  const own = authority && forms.find(({ authorities }) => authorities.includes(authority.id));
  return own ?? forms.find(({ grounds }) => ground !== undefined && grounds.includes(ground));
}
