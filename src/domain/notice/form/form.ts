import type { Field } from './fields.ts';

/** Words by language; English is always there. */
export type Localised = Readonly<Record<string, string>>;

/** How sure we are of it: it was read; it is from memory or a second hand; nothing usable was found. */
export type Mark = 'seen' | 'likely' | 'not-found';

export type ChannelKind = 'web-form' | 'portal' | 'mail' | 'post' | 'document';

/** One value of the form's own list, and the canonical codes that it stands for. */
export interface Option {
  readonly words: Localised;
  readonly codes: readonly string[];
  /** The form's 'other': it takes what the form has no value for, with the canonical words as text (R12). */
  readonly other?: true;
  /** With it the form is not sent: the notice goes to nobody, and the register holds why. */
  readonly refused?: true;
}

/** One question of the form, in its words and its place. */
export interface Question {
  readonly label: Localised;
  /** The number that the form itself gives it. */
  readonly number?: string;
  /** The canonical fields whose answers belong here, in order. */
  readonly fields: readonly Field[];
  /**
   * The key of a question that only this form asks: its answer is kept under this name, as text, or as codes of its
   * options. Such a question has no fields.
   */
  readonly own?: string;
  /** Of the options of its own several may be ticked. */
  readonly several?: true;
  /** Values of the form for the first of the fields that is a closed list; without them the list is the canonical. */
  readonly options?: readonly Option[];
  /** It cannot be sent without it: never, or only a first and provisional notice can. */
  readonly mandatory?: 'always' | 'complete';
  /** Only in a notice of this type. */
  readonly only?: 'new' | 'follow-up';
  /** How many characters its text may have. */
  readonly limit?: number;
  readonly mark: Mark;
  /** What whoever fills it should know. */
  readonly hint?: Localised;
}

/** The breach form of an authority, or of several. */
export interface Form {
  readonly id: string;
  readonly title: Localised;
  /** Ids of `playbooks/authorities`; a form that serves none stands for all that have no form of their own. */
  readonly authorities: readonly string[];
  /** Codes of `legal-ground`: a law that has one form for all of its authorities (DORA). */
  readonly grounds: readonly string[];
  /** ISO 639-1: the language in which it is to be filled. */
  readonly language: string;
  readonly channel: { readonly kind: ChannelKind; readonly words: Localised };
  readonly followUp: Localised;
  readonly withdrawal: Localised;
  readonly mark: Mark;
  readonly source: string;
  /** ISO 8601 day of the last look at the form. */
  readonly checkedOn: string;
  readonly notes: readonly Localised[];
  readonly questions: readonly Question[];
}

/** The form for every authority that has none of its own. */
export const GENERAL_FORM = 'general';

/** Whether all of the form's own words are there; else its pack is marked 'English only'. */
export function isTranslated({ language, questions }: Form): boolean {
  return questions.every(
    ({ label, options = [] }) => language in label && options.every(({ words }) => language in words),
  );
}

/** The language of the form's words in a pack: its own where they are translated, else English. */
export function packLanguage(form: Form): string {
  return isTranslated(form) ? form.language : 'en';
}

export function inLanguage(words: Localised, language: string): string {
  return words[language] ?? words['en'] ?? '';
}
