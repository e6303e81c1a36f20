import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../application/ports/house.ts';
import type { LetterReading, Letters } from '../../application/ports/letters.ts';
import type { ChecklistItem, NoticeSource, NoticeWriter } from '../../application/ports/notices.ts';
import { checklist, localesOf, untranslated, type Untranslated } from '../../domain/notice/checklist.ts';
import { draftFields, LOCALE_FREE, type DraftField } from '../../domain/notice/content.ts';
import { controllerIds } from '../../domain/incident/recipients.ts';
import { noticeFacts } from '../../domain/notice/content-facts.ts';
import { NOTICE_KINDS, type Format } from '../../domain/notice/notice.ts';
import type { Hint } from '../../domain/notice/phrasing.ts';
import { compileFolder, type Templates } from './engine.ts';
import { openLetters, type LetterRoomOptions } from './letter-room.ts';
import { noticeView } from './notice.ts';
import { passagesIn } from './passages.ts';
import { textTwin } from './text-twin.ts';
import { readWords, type Words } from './words.ts';

/** The notice writer, with what a page shows beside the text. */
export interface NoticeRoom extends NoticeWriter {
  /** The fields of a draft, in the order of its form. */
  fields(source: Pick<NoticeSource, 'kind' | 'duties'>): readonly DraftField[];
  /** The words of elements, fields and the like (`templates/messages/notices.<locale>.yaml`). */
  words(locale: string): Words;
}

interface NoticeWriterOptions extends Omit<LetterRoomOptions, 'folder' | 'own'> {
  readonly folder: string;
  /** The organisation's own templates beside ours: of letters only. */
  readonly own?: string;
}

/**
 * Writes notices and letters from the templates of a folder (`letters/`, `notices/`, `messages/`). A letter is written
 * in every language that has `letters/<locale>.yaml`, English first; a notice in one without
 * `messages/notices.<locale>.yaml` has English labels, and the author's words as they are.
 *
 * @throws Error if a template or a file of words is faulty: at start, not at the first breach.
 */
export function createNoticeWriter(options: NoticeWriterOptions): NoticeRoom {
  return new TemplateNoticeWriter(options);
}

/** Every kind of notice has words of its own in a folder of its name. */
const OFFICES = NOTICE_KINDS.filter((kind) => kind !== 'letter');

const NARRATIVE: Readonly<Record<string, string>> = {
  whatHappened: 'what-happened',
  consequences: 'consequences',
  measures: 'measures-taken',
};

class TemplateNoticeWriter implements NoticeRoom {
  readonly locales: readonly string[];
  private readonly clock: Clock;
  private readonly letters: Letters;
  private readonly notices: Templates;
  /** By kind and language. */
  private readonly noticeWords: ReadonlyMap<string, Words>;

  constructor({ folder, own, ...options }: NoticeWriterOptions) {
    this.clock = options.clock;
    this.letters = openLetters({
      folder: join(folder, 'letters'),
      own: own === undefined ? undefined : join(own, 'letters'),
      ...options,
    });
    this.locales = this.letters.locales;
    this.notices = compileFolder(join(folder, 'notices'));
    this.noticeWords = new Map(
      OFFICES.flatMap((kind) =>
        noticeLocalesIn(folder).map((locale) => {
          const shared = join(folder, `messages/notices.${locale}.yaml`);
          const own = join(folder, `notices/${kind}/${locale}.yaml`);
          return [`${kind} ${locale}`, readWords([shared, own], locale)] as const;
        }),
      ),
    );
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
    const locales = source.locales ?? [written];
    const words = (field: string, locale: string): string => {
      if (field === 'subject-count') return countOfOne(source);
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
    const { kind, duties, organisation, follows, incident } = source;
    const facts = noticeFacts(incident);
    return checklist({
      kind,
      duties,
      facts,
      sender: organisation,
      content: this.spoken(source),
      locales: this.localesOf(source),
      follows,
      ...(source.form ? { form: source.form } : {}),
      late: this.isLate(source),
    });
  }

  untranslated(source: NoticeSource): readonly Untranslated[] {
    return untranslated(source.kind, this.spoken(source), this.localesOf(source));
  }

  render(source: NoticeSource): Readonly<Record<string, Readonly<Record<Format, string>>>> {
    const content = this.spoken(source);
    return Object.fromEntries(
      this.localesOf(source).map((locale) => [locale, this.renderIn({ ...source, content }, locale)]),
    );
  }

  reading(source: NoticeSource, locale: string, place?: string): LetterReading {
    return this.letters.reading(source, locale, place);
  }

  hints(source: NoticeSource): readonly (Hint & { readonly locale: string })[] {
    if (source.kind !== 'letter') return [];
    return this.localesOf(source).flatMap((locale) =>
      this.letters.hints(source, locale).map((hint) => ({ ...hint, locale })),
    );
  }

  words(locale: string): Words {
    return this.labels('authority', locale);
  }

  personalise(...[text, format, person, locale]: Parameters<NoticeWriter['personalise']>): string {
    return this.letters.personalise(text, format, person, this.nearest(locale));
  }

  addressed(...[text, format, place, locale, tag]: Parameters<NoticeWriter['addressed']>): string {
    return this.letters.addressed(text, format, place, this.nearest(locale), tag);
  }

  greeting(...[person, format, locale]: Parameters<NoticeWriter['greeting']>): string {
    return this.letters.greeting(person, format, this.nearest(locale));
  }

  localeFor(...[person, locales]: Parameters<NoticeWriter['localeFor']>): string {
    return this.letters.localeFor(person, locales);
  }

  passages(html: string): ReadonlyMap<string, string> {
    return passagesIn(html);
  }

  private renderIn(source: NoticeSource, locale: string): Record<Format, string> {
    if (source.kind === 'letter') return this.letters.render(source, locale);
    const view = noticeView(source, this.labels(source.kind, locale), locale);
    const html = this.notices.render('notice.html', { ...view });
    return { subject: view.subject, html, text: textTwin(html) };
  }

  /** A letter goes out in languages that we write; a notice in any that its office takes, under English labels. */
  private localesOf({ kind, locales, content }: Pick<NoticeSource, 'kind' | 'locales' | 'content'>): readonly string[] {
    if (kind !== 'letter' && locales) return locales;
    return (locales ?? localesOf(content)).filter((locale) => this.locales.includes(locale));
  }

  /** The content without languages that nobody asked for. */
  private spoken(source: NoticeSource): NoticeSource['content'] {
    const known = new Set([LOCALE_FREE, ...this.locales, ...this.localesOf(source)]);
    return Object.fromEntries(Object.entries(source.content).filter(([locale]) => known.has(locale)));
  }

  private nearest(locale: string): string {
    const language = locale.split('-')[0] ?? '';
    return this.locales.find((own) => own === locale || own === language) ?? 'en';
  }

  /** The words of notices in a language, or English ones. */
  private labels(kind: string, locale: string): Words {
    const language = locale.split('-')[0] ?? '';
    const words = [locale, language, 'en'].flatMap((own) => this.noticeWords.get(`${kind} ${own}`) ?? [])[0];
    if (!words) throw new Error('notices have no English words');
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

/** All the people are those of the one controller there is; of several nobody knows whose are how many. */
function countOfOne({ incident }: Pick<NoticeSource, 'incident'>): string {
  const { people } = noticeFacts(incident);
  const alone = controllerIds(incident).length <= 1;
  return alone && people?.most === people?.least && people ? String(people.least) : '';
}

function noticeLocalesIn(folder: string): readonly string[] {
  return readdirSync(join(folder, 'messages')).flatMap((file) => /^notices\.([\w-]+)\.yaml$/.exec(file)?.[1] ?? []);
}
