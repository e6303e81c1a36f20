import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';

/** Filing an approved notice: when, how, under which number, and why late where it is. */
export function filingModel(
  visit: StaffVisit,
  view: NoticeView,
  errors: FormErrors,
  typed: Readonly<Record<string, string>> = {},
): object | null {
  const { notice, now, incident } = view;
  const { say, times } = visit;
  const { filed } = notice;
  if (filed) {
    const late = filed.lateBecause ? view.words.get(filed.lateBecause.id) : undefined;
    return {
      done: say('filed.at', {
        when: times.full(filed.at),
        how: filed.how,
        name: view.names.get(filed.by) ?? filed.by,
      }),
      reference: filed.reference ?? null,
      late: late ?? null,
    };
  }
  if (notice.state !== 'approved' || notice.kind === 'letter' || !visit.may('notice.file')) return null;
  const local = now.toZonedDateTimeISO(incident.zone);
  const late = view.obligations.some(({ standing }) => standing === 'overdue');
  const text = (name: string, otherwise = ''): string => typed[name] ?? otherwise;
  return {
    done: null,
    day: field(
      'day',
      {
        label: say('log.day'),
        type: 'date',
        value: text('day', local.toPlainDate().toString()),
        short: true,
      },
      errors,
    ),
    time: field(
      'time',
      {
        label: say('log.time'),
        type: 'time',
        value: text('time', local.toPlainTime().toString({ smallestUnit: 'minute' })),
        short: true,
      },
      errors,
    ),
    zone: say('log.zone', { zone: `${incident.zone.replaceAll('_', ' ')} (${times.zoneName(now)})` }),
    how: field(
      'how',
      { label: say('filing.how'), hint: say('filing.how-hint'), value: text('how'), max: 200 },
      errors,
    ),
    reference: field(
      'reference',
      { label: say('filing.reference'), value: text('reference'), max: 200 },
      errors,
    ),
    late,
    lateBecause: field(
      'lateBecause',
      {
        label: say('filing.late-because'),
        hint: say('filing.late-hint'),
        value: text('lateBecause'),
        rows: 3,
      },
      errors,
    ),
  };
}
