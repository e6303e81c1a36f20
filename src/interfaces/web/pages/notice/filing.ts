import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { wasLate } from '../../../../domain/incident/standing.ts';
import { FILING_WAYS, type Notice } from '../../../../domain/notice/notice.ts';
import { field, select } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { fileModel } from '../evidence/file.ts';

type Typed = Readonly<Record<string, string>>;

/** Filing an approved notice: when, how, under which number; once filed, what came back and what follows. */
export function filingModel(
  visit: StaffVisit,
  view: NoticeView,
  errors: FormErrors,
  typed: Typed = {},
): object | null {
  const { notice } = view;
  if (notice.filed) return filedModel(visit, view, notice.filed, errors, typed);
  if (notice.state !== 'approved' || notice.kind === 'letter' || !visit.may('notice.file')) return null;
  return { done: null, ...formModel(visit, view, errors, typed) };
}

type Filed = NonNullable<Notice['filed']>;

function filedModel(
  visit: StaffVisit,
  view: NoticeView,
  filed: Filed,
  errors: FormErrors,
  typed: Typed,
): object {
  const { say, times } = visit;
  const { notice, incident, receipt } = view;
  const late = filed.lateBecause ? view.words.get(filed.lateBecause.id) : undefined;
  return {
    done: say('filed.at', {
      when: times.full(filed.at),
      how: howWords(visit, filed),
      name: view.names.get(filed.by) ?? filed.by,
    }),
    reference: filed.reference ?? null,
    confirmed: filed.acknowledgedAt
      ? say('filing.confirmed', { when: times.date(filed.acknowledgedAt) })
      : null,
    late: late ?? null,
    incomplete: filed.complete === false,
    withdrew: filed.withdraws === true,
    receipt: receipt
      ? fileModel(visit, incident.id, receipt)
      : filed.receipt === undefined
        ? null
        : { name: say('filing.receipt-nameless'), href: null, size: '', id: '' },
    judgedAnew: judgedAnew(visit, view),
    cameBack: visit.may('notice.file') ? cameBackModel(visit, view, filed, errors, typed) : null,
    followUp: visit.may('notice.write')
      ? {
          action: `/incidents/${incident.id}/notices`,
          kind: notice.kind,
          obligations: notice.obligations,
          locales: notice.locales,
          recipient: notice.recipient ?? '',
        }
      : null,
  };
}

function howWords({ say }: StaffVisit, { way, how }: Filed): string {
  if (way === undefined) return how;
  const named = say(`filing.way-of.${way}`);
  return how === '' ? named : say('filing.by-way', { way: named, how });
}

/** Lateness froze at the first filing; where the facts have moved the deadline since, both stand side by side. */
function judgedAnew({ say, times }: StaffVisit, { obligations, notice }: NoticeView): readonly string[] {
  return obligations.flatMap(({ obligation: { met, dueAt } }) => {
    if (!met || met.notice !== notice.id) return [];
    const moved = dueAt && met.dueAt ? !dueAt.equals(met.dueAt) : dueAt !== met.dueAt;
    if (!moved) return [];
    const named = (at: typeof dueAt): string => (at ? times.full(at) : say('filing.undated'));
    const values = { then: named(met.dueAt), now: named(dueAt), late: wasLate(met) ? 'yes' : 'no' };
    return [say('filing.judged-anew', values)];
  });
}

function cameBackModel(
  visit: StaffVisit,
  { receipt }: NoticeView,
  filed: Filed,
  errors: FormErrors,
  typed: Typed,
): object {
  const { say } = visit;
  return {
    // What is still awaited stands open.
    open: filed.reference === undefined || filed.receipt === undefined,
    action: 'receipt',
    reference: field(
      'reference',
      { label: say('filing.reference'), value: typed['reference'] ?? filed.reference ?? '', max: 200 },
      errors,
    ),
    day: field(
      'acknowledgedAt',
      {
        label: say('filing.came-back-day'),
        type: 'date',
        value: typed['acknowledgedAt'] ?? '',
        short: true,
      },
      errors,
    ),
    file:
      receipt === null
        ? field(
            'file',
            { label: say('filing.receipt-file'), type: 'file', hint: say('filing.receipt-hint') },
            errors,
          )
        : null,
  };
}

function formModel(visit: StaffVisit, view: NoticeView, errors: FormErrors, typed: Typed): object {
  const { now, incident, delayReason, notice } = view;
  const { say, times } = visit;
  const local = now.toZonedDateTimeISO(incident.zone);
  const overdue = view.obligations.some(({ standing }) => standing === 'overdue');
  const text = (name: string, otherwise = ''): string => typed[name] ?? otherwise;
  const ways = [
    { value: '', label: say('filing.way-unsaid') },
    ...FILING_WAYS.map((way) => ({ value: way, label: say(`filing.way-of.${way}`) })),
  ];
  return {
    lead: say(notice.kind === 'authority' ? 'filing.lead' : 'filing.lead-office'),
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
    way: select('way', { label: say('filing.way') }, ways, text('way'), errors),
    how: field(
      'how',
      { label: say('filing.how-detail'), hint: say('filing.how-detail-hint'), value: text('how'), max: 200 },
      errors,
    ),
    reference: field(
      'reference',
      { label: say('filing.reference'), value: text('reference'), max: 200 },
      errors,
    ),
    // The reasons are written once: where the notice has them, nobody asks again.
    said: delayReason === null ? null : say('filing.late-in-notice', { reason: delayReason }),
    overdue,
    late: overdue && delayReason === null,
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
