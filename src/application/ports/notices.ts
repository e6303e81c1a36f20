import type { Format, NoticeKind } from '../../domain/notice/notice.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Organisation } from './staff.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { DutyText } from './law.ts';

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
  /** The whole notice by locale and format, with slots for what is personal. */
  render(source: NoticeSource): Readonly<Record<string, Readonly<Record<Format, string>>>>;
  /** Puts one person into a sealed text; escapes for the format. */
  personalise(text: string, format: Format, person: Person, locale: string): string;
  /** The language of the letter for a person among those that were approved. */
  localeFor(person: Person, locales: readonly string[]): string;
}
