import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { draftFields, LOCALE_FREE } from '../../../../domain/notice/content.ts';
import { choices, field, type Choices, type Field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { isWritable } from './writable.ts';

export interface DraftTyped {
  readonly content: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly follows: readonly string[];
}

/** In names of fields: what has no language stands under `_`. */
export const NO_LANGUAGE = '_';

/** The languages in which this notice is written. */
export function localesOf({ notice }: Pick<NoticeView, 'notice'>): readonly string[] {
  return notice.locales;
}

/** The form in which the notice is written; null where this person or this state does not allow it. */
export function draftModel(
  visit: StaffVisit,
  view: NoticeView,
  errors: FormErrors,
  typed: DraftTyped | undefined,
): object | null {
  const { say } = visit;
  const { notice, draft } = view;
  if (!visit.may('notice.write') || !isWritable(notice)) return null;
  const elements = view.duties.flatMap(({ content }) => content);
  const fields = draftFields(notice.kind, elements);
  const content = typed?.content ?? draft.content;
  const area = (locale: string, name: string): Field =>
    field(
      `content.${locale === LOCALE_FREE ? NO_LANGUAGE : locale}.${name}`,
      {
        label: fieldLabel(visit, name),
        value: content[locale]?.[name] ?? '',
        rows: name === 'what-happened' ? 5 : 3,
      },
      errors,
    );
  const free = fields.filter(({ localised }) => !localised);
  return {
    open: notice.state === 'draft',
    voids: notice.state !== 'draft',
    shown: draft.revision,
    heading: say(draft.revision === 0 ? 'draft.proposed' : 'draft.write'),
    languages: localesOf(view).map((locale, index) => ({
      locale,
      name: say(`language.${locale}`),
      open: index === 0 || errors.summary.some(({ href }) => href.startsWith(`#f-content-${locale}-`)),
      fields: fields.filter(({ localised }) => localised).map(({ field: name }) => area(locale, name)),
    })),
    free: free.map(({ field: name }) => area(LOCALE_FREE, name)),
    follows: followChoices(visit, view, typed?.follows ?? draft.follows, errors),
  };
}

function fieldLabel({ say, parts }: StaffVisit, name: string): string {
  for (const group of ['fields', 'elements']) {
    if (parts.words.has('en', `notices.${group}.${name}`)) return say(`notices.${group}.${name}`);
  }
  return name;
}

/** Where the law takes a notice in phases, what is not known yet may be said to follow. */
function followChoices(
  visit: StaffVisit,
  view: NoticeView,
  chosen: readonly string[],
  errors: FormErrors,
): Choices | null {
  if (!view.duties.some(({ phases }) => phases)) return null;
  const { say, parts } = visit;
  const options = view.checklist
    .filter(({ state, element }) => state !== 'filled' || chosen.includes(element))
    .map(({ element }) => ({
      value: element,
      label: parts.words.has('en', `notices.elements.${element}`)
        ? say(`notices.elements.${element}`)
        : element,
    }));
  if (options.length === 0) return null;
  return choices(
    'follows',
    { legend: say('draft.follows'), kind: 'checkbox', columns: 'flow' },
    options,
    chosen,
    errors,
  );
}
