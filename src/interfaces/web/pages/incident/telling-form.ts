import type { IncidentView, ObligationView } from '../../../../application/incident/view-incident.ts';
import { isOpen } from '../../../../domain/incident/standing.ts';
import { isToldDirectly } from '../../../../domain/incident/telling.ts';
import { field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { Form } from '../../request/form.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { dutyHref } from './duty-model.ts';

const TYPED = ['day', 'time', 'how', 'lateBecause'] as const;
export type TypedTelling = Readonly<Partial<Record<(typeof TYPED)[number], string>>>;

/** The form by which a duty to a bank, a bureau, the press or clients is met; null where a notice does that. */
export function tellModel(
  visit: StaffVisit,
  view: IncidentView,
  { obligation, standing }: ObligationView,
  errors: FormErrors,
  typed: TypedTelling = {},
): object | null {
  if (!isToldDirectly(obligation) || !isOpen(obligation) || !visit.may('notice.file')) return null;
  const { say, times } = visit;
  const local = view.now.toZonedDateTimeISO(view.incident.zone);
  const day = typed.day ?? local.toPlainDate().toString();
  const time = typed.time ?? local.toPlainTime().toString({ smallestUnit: 'minute' });
  const zone = `${view.incident.zone.replaceAll('_', ' ')} (${times.zoneName(view.now)})`;
  const late = { label: say('filing.late-because'), value: typed.lateBecause ?? '' };
  return {
    action: `${dutyHref(view, obligation.key)}/told`,
    day: field('day', { label: say('log.day'), type: 'date', value: day, short: true }, errors),
    time: field('time', { label: say('log.time'), type: 'time', value: time, short: true }, errors),
    zone: say('log.zone', { zone }),
    how: field(
      'how',
      { label: say('telling.how'), hint: say('telling.how-hint'), value: typed.how ?? '', rows: 2 },
      errors,
    ),
    lateBecause: standing === 'overdue' ? field('lateBecause', late, errors) : null,
  };
}

/** What was typed, as it comes back where something is wrong with it. */
export function readTelling(form: Form): TypedTelling {
  return Object.fromEntries(TYPED.map((name) => [name, form.text(name)]));
}
