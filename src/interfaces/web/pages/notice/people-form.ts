import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { variantsOf } from '../../../../domain/notice/variant.ts';
import { field, select } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placeName, placesIn } from '../places.ts';
import { number } from '../wall/rows.ts';

export interface PeopleTyped {
  readonly text: string;
  /** Where people live of whom the lines say nothing; '' where that is not known. */
  readonly otherwise: string;
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
            ...variantRows(visit, list),
          ],
          warnings: variantWarnings(visit, list),
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
    // Whose place nobody said gets advice that is right everywhere and says less.
    otherwise: select(
      'otherwise',
      { label: say('people.otherwise'), hint: say('people.otherwise-hint') },
      [
        { value: '', label: say('people.otherwise-unknown') },
        ...placesIn(locale).map(({ code, name }) => ({ value: code, label: name })),
      ],
      typed?.otherwise ?? '',
      errors,
    ),
  };
}

type Head = NonNullable<NoticeView['list']>;

/** Who gets which letter: the text is one, its form and advice are those of the reader's place. */
function variantRows(visit: StaffVisit, { countries, count }: Head): readonly object[] {
  const kind = visit.say('people.variant');
  return [...variantsOf(countries, count)].map(([variant, people]) => ({
    kind,
    name: visit.say(`variant.${variant}`),
    count: number(visit, people),
  }));
}

function variantWarnings({ say }: StaffVisit, { countries, count }: Head): readonly string[] {
  const variants = variantsOf(countries, count);
  return (['us-unknown', 'general'] as const).flatMap((variant) => {
    const people = variants.get(variant) ?? 0;
    return people > 0 ? [say(`variant-warning.${variant}`, { count: people })] : [];
  });
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
