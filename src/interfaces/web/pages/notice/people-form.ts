import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placeName } from '../places.ts';
import { number } from '../wall/rows.ts';

export interface PeopleTyped {
  readonly text: string;
}

/** Who gets the letter: counts by language and country, and the form that puts people on it. */
export function peopleModel(
  visit: StaffVisit,
  view: NoticeView,
  errors: FormErrors,
  typed: PeopleTyped | undefined,
): object | null {
  const { notice, list } = view;
  if (notice.kind !== 'letter') return null;
  const { say, times, locale } = visit;
  const count = (value: number): string => number(visit, value);
  const mayImport = visit.may('people.import') && ['draft', 'in-review', 'approved'].includes(notice.state);
  return {
    forgotten: null,
    list: list
      ? {
          total: say('incident.people', { people: count(list.count), count: list.count }),
          when: times.full(list.createdAt),
          rows: [
            ...rowsOf(list.languages, say('people.language'), (code) => languageName(visit, code), count),
            ...rowsOf(
              list.countries,
              say('people.country'),
              (code) => (code === '' ? say('people.not-said') : placeName(code, locale)),
              count,
            ),
          ],
        }
      : null,
    maySee: list !== null && visit.may('people.see'),
    mayImport,
    replaces: list !== null,
    voids: notice.state !== 'draft',
    open: list === null || typed !== undefined,
    text: field(
      'people',
      { label: say('people.paste'), hint: say('people.paste-hint'), value: typed?.text ?? '', rows: 6 },
      errors,
    ),
  };
}

function languageName({ say, parts }: StaffVisit, code: string): string {
  if (code === '') return say('people.not-said');
  return parts.words.has('en', `language.${code}`) ? say(`language.${code}`) : code;
}

function rowsOf(
  counts: Readonly<Record<string, number>>,
  kind: string,
  name: (code: string) => string,
  count: (value: number) => string,
): readonly object[] {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([code, value]) => ({ kind, name: name(code), count: count(value) }));
}
