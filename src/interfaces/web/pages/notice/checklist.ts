import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { passageOf } from '../../../../domain/notice/passage.ts';
import { sentencesOf } from '../../../../domain/notice/reading.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { asRead, viewPath, type Looking } from './looking.ts';

const ICONS = { filled: 'met', missing: 'due-soon', follows: 'not-started' } as const;

/** What the law wants in it, each with its state and the place where it is filled. */
export function checklistModel(visit: StaffVisit, view: NoticeView, looking: Looking): readonly object[] {
  const { say, parts } = visit;
  const passages = parts.house.noticeWriter.passages(asRead(visit, view, view.rendered, looking, 'html'));
  const base = `/incidents/${view.incident.id}`;
  return view.checklist.map(({ element, state, field, from, locales }, index) => ({
    number: index + 1,
    title: parts.words.has('en', `notices.elements.${element}`)
      ? say(`notices.elements.${element}`)
      : element,
    state,
    icon: ICONS[state],
    word: say(`checklist.${state}`),
    said: state === 'filled' ? saidIn(view, passages, element, looking) : null,
    where:
      state === 'filled'
        ? null
        : {
            href: whereHref(base, from, field, locales[0]),
            word: say(`checklist.where.${from}`),
            languages: from === 'draft' ? locales.map((locale) => say(`language.${locale}`)).join(', ') : '',
          },
  }));
}

function whereHref(base: string, from: string, field: string, locale: string | undefined): string {
  if (from === 'draft') return `#f-content-${locale ?? '_'}-${field}`;
  if (from === 'organisation') return '/settings';
  return `${base}#x-${field.replace(/[^\w-]+/g, '-')}`;
}

/** Where in the text an element is said, with the sentence that begins it; null where it stands nowhere in it. */
function saidIn(
  { notice }: NoticeView,
  passages: ReadonlyMap<string, string>,
  element: string,
  looking: Looking,
): object | null {
  const part = passageOf(element, notice.kind, new Set(passages.keys()));
  const text = part === null ? undefined : passages.get(part);
  if (text === undefined) return null;
  return {
    href: `${viewPath({ ...looking, plain: false, element })}#letter`,
    sentence: sentenceFor(element, text),
    lang: looking.locale,
    current: looking.element === element,
  };
}

/** What begins the part; the right to complain ends it. */
function sentenceFor(element: string, text: string): string {
  const sentences = sentencesOf(text.replace(/^[ \t]*(?:\d+\.|-)[ \t]+/gm, ''));
  return (element === 'complaint-right' ? sentences.at(-1) : sentences[0]) ?? '';
}
