import type { Incident } from '../../domain/incident/incident.ts';
import type { Content, Sender } from '../../domain/notice/content.ts';
import type { Format } from '../../domain/notice/notice.ts';
import type { Hint } from '../../domain/notice/phrasing.ts';
import type { Person } from '../../domain/people/person.ts';

/** What a letter is written from. */
export interface LetterSource {
  readonly incident: Pick<Incident, 'facts' | 'zone'> & Partial<Pick<Incident, 'supplier' | 'obligations'>>;
  readonly organisation: Sender;
  /** What each duty wants in it. */
  readonly duties: readonly { readonly id?: string; readonly content: readonly string[] }[];
  readonly content: Content;
}

/** How a letter reads: of its running text, without address and contact lines; the grade is for English only. */
export interface LetterReading {
  readonly words: number;
  readonly grade: number | null;
  /** Size of the HTML in UTF-8: mail programs cut long ones. */
  readonly bytes: number;
}

/** Letters to people in every language that has a file. */
export interface Letters {
  /** English first. */
  readonly locales: readonly string[];
  /** Subject, HTML and text with slots, and with the marks of what is for some readers only. */
  render(source: LetterSource, locale: string): Readonly<Record<Format, string>>;
  /** How it reads to somebody at this place (ISO 3166, or ''); without one, to whom it reads worst. */
  reading(source: LetterSource, locale: string, place?: string): LetterReading;
  /** What deserves a second look in the words that the author wrote in this language. */
  hints(source: Pick<LetterSource, 'content' | 'organisation'>, locale: string): readonly Hint[];
  /** Puts one person into a text, and leaves out what is for readers elsewhere; escapes for the format. */
  personalise(text: string, format: Format, person: Person, locale: string): string;
  /** A text as readers at a place get it today, with the tag where each person's greeting goes. */
  addressed(text: string, format: Format, place: string, locale: string, tag: string): string;
  /** The greeting of one person, escaped for the format. */
  greeting(person: Pick<Person, 'name'>, format: Format, locale: string): string;
  /** The language of the letter for a person among these. */
  localeFor(person: Person, locales: readonly string[]): string;
}
