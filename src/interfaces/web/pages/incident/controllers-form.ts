import type { IncidentView, ObligationView } from '../../../../application/incident/view-incident.ts';
import { isOpen } from '../../../../domain/incident/standing.ts';
import { field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { dutyHref } from './duty-model.ts';

/** The form in which the controllers are named for whom we process; null for a duty that tells nobody of them. */
export function controllersModel(
  visit: StaffVisit,
  view: IncidentView,
  { obligation }: ObligationView,
  errors: FormErrors,
  typed?: string,
): object | null {
  if (obligation.notify !== 'controller' || !isOpen(obligation) || !visit.may('fact.change')) return null;
  const { say } = visit;
  const known = (view.incident.controllers ?? [])
    .filter(({ gone }) => !gone)
    .map(({ name, contact }) => [name, contact].filter((part) => part !== '').join(', '));
  return {
    action: `${dutyHref(view, obligation.key)}/controllers`,
    names: field(
      'controllers',
      {
        label: say('controllers.names'),
        hint: say('controllers.names-hint'),
        value: typed ?? known.join('\n'),
        rows: 5,
      },
      errors,
    ),
  };
}
