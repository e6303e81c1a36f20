import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import type { NoticeSource } from '../../../../application/ports/notices.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placeName } from '../places.ts';
import { placesToRead, type Looking } from './looking.ts';

/** From here on a grown-up has to read a sentence twice. */
const PLAIN_GRADE = 8;

/**
 * How the letter reads, what in the author's words deserves a second look, and for whom it can be looked at: readers
 * in different places get different advice. Null for a notice.
 */
export function readingModel(visit: StaffVisit, view: NoticeView, { locale, place }: Looking): object | null {
  const { say, parts } = visit;
  if (view.notice.kind !== 'letter') return null;
  const source = sourceOf(view);
  const { words, grade, bytes } = parts.house.noticeWriter.reading(source, locale);
  const plain = grade !== null && grade <= PLAIN_GRADE;
  return {
    words: say('letter-reading.words', { words, size: Math.ceil(bytes / 1000) }),
    grade:
      grade === null
        ? null
        : {
            icon: plain ? 'met' : 'due-soon',
            word: say(`letter-reading.grade.${plain ? 'plain' : 'hard'}`, { grade }),
          },
    hints: parts.house.noticeWriter.hints(source).map(({ kind, found, field, locale: language }) => ({
      href: `#f-content-${language}-${field}`,
      word: say(`letter-reading.hint.${kind}`),
      found,
      lang: language,
    })),
    unread: unreadWords(visit, view),
    places: placesToRead(view).map((code) => ({
      code,
      word: code === '' ? say('letter-reading.no-place') : placeName(code, visit.locale),
      chosen: code === place,
    })),
    locale,
  };
}

function sourceOf({ incident, organisation, notice, duties, draft }: NoticeView): NoticeSource {
  const { kind, locales } = notice;
  return { kind, incident, organisation, duties, locales, content: draft.content, follows: draft.follows };
}

/** Languages that people on the list read, that we could write and that this letter is not written in. */
function unreadWords({ say, parts }: StaffVisit, { list, notice }: NoticeView): readonly string[] {
  const { noticeWriter } = parts.house;
  return Object.entries(list?.languages ?? {}).flatMap(([language, count]) => {
    const reader = { name: '', email: '', language };
    const best = noticeWriter.localeFor(reader, noticeWriter.locales);
    if (notice.locales.includes(best) || !language.startsWith(best.split('-')[0] ?? best)) return [];
    const instead = noticeWriter.localeFor(reader, notice.locales);
    const named = { language: say(`language.${best}`), instead: say(`language.${instead}`) };
    return [say('letter-reading.unread', { count, ...named })];
  });
}
