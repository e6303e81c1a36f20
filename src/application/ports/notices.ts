import type { Format, NoticeKind } from '../../domain/notice/notice.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Organisation } from './staff.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { ElementsOfForm } from '../../domain/notice/form/elements.ts';
import type { Untranslated } from '../../domain/notice/checklist.ts';
import type { Hint } from '../../domain/notice/phrasing.ts';
import type { DutyText } from './law.ts';
import type { LetterReading } from './letters.ts';

/** What a notice is written from. */
export interface NoticeSource {
  readonly kind: NoticeKind;
  readonly incident: Incident;
  readonly organisation: Organisation;
  readonly duties: readonly DutyText[];
  readonly recipient?: string;
  /** The languages that it goes out in; where not given, those of the content. */
  readonly locales?: readonly string[];
  /** locale -> element -> words; see Draft. */
  readonly content: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly follows: readonly string[];
  /** What the fields of the authority's form hold of the laws' elements; of a notice on a form only. */
  readonly form?: ElementsOfForm;
  /** What was filed before for the same duties: this one follows it, or takes it back. */
  readonly earlier?: { readonly reference: string; readonly withdraws: boolean };
}

/** One element of the law's checklist, and whether the draft fills it. */
export interface ChecklistItem {
  readonly element: string;
  readonly state: 'filled' | 'missing' | 'follows';
  /** Where it comes from: a field of the draft to write in, or a fact of the incident to fill. */
  readonly field: string;
  readonly from: 'draft' | 'facts' | 'organisation';
  readonly locales: readonly string[];
}

export interface NoticeWriter {
  readonly locales: readonly string[];
  /** The first draft, proposed from facts, narrative and organisation: locale -> element -> words. */
  propose(
    source: Omit<NoticeSource, 'content' | 'follows'>,
    narrative: Readonly<Record<string, string>>,
  ): NoticeSource['content'];
  /** The elements that the duties want, each with its state. */
  checklist(source: NoticeSource): readonly ChecklistItem[];
  /** The whole notice by locale and format, with slots for what is personal and marks of what only some readers get. */
  render(source: NoticeSource): Readonly<Record<string, Readonly<Record<Format, string>>>>;
  /** Texts that would go out in another language than that of their letter. */
  untranslated(source: NoticeSource): readonly Untranslated[];
  /** How a letter reads to somebody at this place; without one, to whom it reads worst. */
  reading(source: NoticeSource, locale: string, place?: string): LetterReading;
  /** What deserves a second look in the words of a letter's author, language by language. */
  hints(source: NoticeSource): readonly (Hint & { readonly locale: string })[];
  /** Puts one person into a sealed text, and leaves out what is for readers elsewhere; escapes for the format. */
  personalise(text: string, format: Format, person: Person, locale: string): string;
  /**
   * A sealed text as readers at a place get it today, with the tag where each person's greeting goes: for many people
   * at once. `personalise` is this with the greeting in place of the tag.
   */
  addressed(text: string, format: Format, place: string, locale: string, tag: string): string;
  /** The greeting of one person, escaped for the format. */
  greeting(person: Pick<Person, 'name'>, format: Format, locale: string): string;
  /** The parts of a text that people read (its HTML), by the element that each answers: plain text, no heading. */
  passages(html: string): ReadonlyMap<string, string>;
  /** The language of the letter for a person among those that were approved. */
  localeFor(person: Person, locales: readonly string[]): string;
}
