import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../application/ports/house.ts';
import type { ChecklistItem, NoticeSource, NoticeWriter } from '../../application/ports/notices.ts';
import { checklist, localesOf, untranslated, type Untranslated } from '../../domain/notice/checklist.ts';
import { draftFields, LOCALE_FREE, type DraftField } from '../../domain/notice/content.ts';
import { noticeFacts } from '../../domain/notice/content-facts.ts';
import type { Format } from '../../domain/notice/notice.ts';
import { readingOf } from '../../domain/notice/reading.ts';
import { compileFolder, type Templates } from './engine.ts';
import { adviceOf } from './letter-advice.ts';
import { letterView } from './letter.ts';
import { noticeView } from './notice.ts';
import { localeFor, personalise } from './personal.ts';
import { textTwin } from './text-twin.ts';
import { readWords, type Words } from './words.ts';

/** How a letter reads: of its running text, without address and contact lines; the grade is for English only. */
interface LetterReading {
  readonly words: number;
  readonly grade: number | null;
  /** Size of the HTML in UTF-8: mail programs cut long ones. */
  readonly bytes: number;
}

/** The notice writer, with what a page shows beside the text. */
export interface NoticeRoom extends NoticeWriter {
  /** The fields of a draft, in the order of its form. */
  fields(source: Pick<NoticeSource, 'kind' | 'duties'>): readonly DraftField[];
  /** Texts that would go out in another language than the letter's. */
  untranslated(source: NoticeSource): readonly Untranslated[];
  reading(source: NoticeSource, locale: string): LetterReading;
  /** The words of elements, fields and the like (`templates/messages/notices.<locale>.yaml`). */
  words(locale: string): Words;
}

/**
 * Writes notices and letters from the templates of a folder (`letters/`, `notices/`, `messages/`). Languages are
 * those that have both `letters/<locale>.yaml` and `messages/notices.<locale>.yaml`, English first.
 *
 * @throws Error if a template or a file of words is faulty: at start, not at the first breach.
 */
export function createNoticeWriter(options: { readonly folder: string; readonly clock: Clock }): NoticeRoom {
  return new TemplateNoticeWriter(options.folder, options.clock);
}

const NARRATIVE: Readonly<Record<string, string>> = {
  whatHappened: 'what-happened',
  consequences: 'consequences',
  measures: 'measures-taken',
};

class TemplateNoticeWriter implements NoticeRoom {
  readonly locales: readonly string[];
  private readonly clock: Clock;
  private readonly letters: Templates;
  private readonly notices: Templates;
  private readonly letterWords: ReadonlyMap<string, Words>;
  private readonly noticeWords: ReadonlyMap<string, Words>;

  constructor(folder: string, clock: Clock) {
    this.clock = clock;
    this.letters = compileFolder(join(folder, 'letters'));
    this.notices = compileFolder(join(folder, 'notices'));
    this.locales = localesIn(folder);
    const read = (file: (locale: string) => string): Map<string, Words> =>
      new Map(this.locales.map((locale) => [locale, readWords(join(folder, file(locale)), locale)]));
    this.letterWords = read((locale) => `letters/${locale}.yaml`);
    this.noticeWords = read((locale) => `messages/notices.${locale}.yaml`);
    for (const words of this.letterWords.values()) adviceOf(words);
  }

  fields({ kind, duties }: Pick<NoticeSource, 'kind' | 'duties'>): readonly DraftField[] {
    return draftFields(
      kind,
      duties.flatMap(({ content }) => content),
    );
  }

  propose(
    source: Omit<NoticeSource, 'content' | 'follows'>,
    narrative: Readonly<Record<string, string>>,
  ): NoticeSource['content'] {
    const fields = this.fields(source);
    const written = this.nearest(source.organisation.locale);
    const locales = source.locales ?? (source.kind === 'letter' ? this.locales : [written]);
    const words = (field: string, locale: string): string => {
      const [name] = Object.entries(NARRATIVE).find(([, own]) => own === field) ?? [];
      if (name === undefined) return '';
      return narrative[`${name}.${locale}`] ?? (locale === written ? (narrative[name] ?? '') : '');
    };
    const of = (localised: boolean, locale: string): Record<string, string> =>
      Object.fromEntries(
        fields
          .filter((field) => field.localised === localised)
          .map(({ field }) => [field, words(field, locale)]),
      );
    return {
      ...Object.fromEntries(locales.map((locale) => [locale, of(true, locale)])),
      [LOCALE_FREE]: of(false, LOCALE_FREE),
    };
  }

  checklist(source: NoticeSource): readonly ChecklistItem[] {
    const { kind, duties, organisation, content, follows, incident } = source;
    const facts = noticeFacts(incident);
    return checklist({
      kind,
      duties,
      facts,
      sender: organisation,
      content: this.spoken(content),
      locales: this.localesOf(source),
      follows,
      late: this.isLate(source),
    });
  }

  untranslated(source: NoticeSource): readonly Untranslated[] {
    return untranslated(source.kind, this.spoken(source.content), this.localesOf(source));
  }

  render(source: NoticeSource): Readonly<Record<string, Readonly<Record<Format, string>>>> {
    const content = this.spoken(source.content);
    return Object.fromEntries(
      this.localesOf(source).map((locale) => [locale, this.renderIn({ ...source, content }, locale)]),
    );
  }

  reading(source: NoticeSource, locale: string): LetterReading {
    const view = letterView(source, this.wordsOf(this.letterWords, locale));
    const running = view.sections
      .flatMap((section) =>
        section.element === 'dpo-contact'
          ? [section.heading]
          : [
              section.heading,
              ...section.before.flat(),
              ...section.items,
              ...section.steps.map(({ text }) => text),
              ...section.after.flat(),
            ],
      )
      .concat(view.genuine.call, view.genuine.never, view.closing);
    const { words, grade } = readingOf(running.join('\n'));
    const { html } = this.renderIn(source, locale);
    return { words, grade: locale === 'en' ? grade : null, bytes: Buffer.byteLength(html) };
  }

  words(locale: string): Words {
    return this.wordsOf(this.noticeWords, this.nearest(locale));
  }

  personalise(...[text, format, person, locale]: Parameters<NoticeWriter['personalise']>): string {
    return personalise(text, format, person, this.wordsOf(this.letterWords, this.nearest(locale)));
  }

  localeFor(...[person, locales]: Parameters<NoticeWriter['localeFor']>): string {
    return localeFor(person, locales);
  }

  private renderIn(source: NoticeSource, locale: string): Record<Format, string> {
    const [templates, name, view] =
      source.kind === 'letter'
        ? ([this.letters, 'letter.html', letterView(source, this.wordsOf(this.letterWords, locale))] as const)
        : ([this.notices, 'notice.html', noticeView(source, this.wordsOf(this.noticeWords, locale))] as const);
    const html = templates.render(name, { ...view });
    return { subject: view.subject, html, text: textTwin(html) };
  }

  private localesOf({ locales, content }: NoticeSource): readonly string[] {
    return (locales ?? localesOf(content)).filter((locale) => this.locales.includes(locale));
  }

  /** The content without languages that we do not write. */
  private spoken(content: NoticeSource['content']): NoticeSource['content'] {
    return Object.fromEntries(
      Object.entries(content).filter(
        ([locale]) => locale === LOCALE_FREE || this.locales.includes(locale),
      ),
    );
  }

  private nearest(locale: string): string {
    const language = locale.split('-')[0] ?? '';
    return this.locales.find((own) => own === locale || own === language) ?? 'en';
  }

  private wordsOf(all: ReadonlyMap<string, Words>, locale: string): Words {
    const words = all.get(locale);
    if (!words) throw new Error(`no letters are written in ${locale}`);
    return words;
  }

  private isLate({ incident, duties }: NoticeSource): boolean {
    const now = this.clock.now();
    return incident.obligations.some(({ duty, dueAt, met }) => {
      if (!dueAt || !duties.some(({ id }) => id === duty)) return false;
      return Temporal.Instant.compare(met?.at ?? now, met?.dueAt ?? dueAt) > 0;
    });
  }
}

function localesIn(folder: string): readonly string[] {
  const letters = readdirSync(join(folder, 'letters'));
  const locales = readdirSync(join(folder, 'messages'))
    .flatMap((file) => /^notices\.([\w-]+)\.yaml$/.exec(file)?.[1] ?? [])
    .filter((locale) => letters.includes(`${locale}.yaml`));
  return locales.sort((a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b));
}
