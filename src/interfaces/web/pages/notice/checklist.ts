import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import type { StaffVisit } from '../../request/visit.ts';

const ICONS = { filled: 'met', missing: 'due-soon', follows: 'not-started' } as const;

/** What the law wants in it, each with its state and the place where it is filled. */
export function checklistModel(visit: StaffVisit, view: NoticeView): readonly object[] {
  const { say, parts } = visit;
  const base = `/incidents/${view.incident.id}`;
  return view.checklist.map(({ element, state, field, from, locales }, index) => ({
    number: index + 1,
    title: parts.words.has('en', `notices.elements.${element}`)
      ? say(`notices.elements.${element}`)
      : element,
    state,
    icon: ICONS[state],
    word: say(`checklist.${state}`),
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
