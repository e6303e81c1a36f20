import { viewIncident } from '../../../../application/incident/view-incident.ts';
import { refuse } from '../../answers/errors.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placesIn } from '../places.ts';
import { missingFactsModel } from './facts.ts';
import { allDutiesModel } from './duties.ts';
import { dutyModel } from './duty-model.ts';
import { controllersModel } from './controllers-form.ts';
import { tellModel, type TypedTelling } from './telling-form.ts';

export async function showDuty(visit: StaffVisit): Promise<void> {
  await showDutyPage(visit, NO_ERRORS, 200);
}

/** One duty by itself: for those that the incident's page only names. */
export async function showDutyPage(
  visit: StaffVisit,
  errors: FormErrors,
  status: number,
  typed: TypedTelling = {},
  controllers?: string,
): Promise<void> {
  const key = param(visit, 'key');
  const view = await viewIncident(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!view.ok) {
    refuse(visit, view.error);
    return;
  }
  const one = view.value.obligations.find(({ obligation }) => obligation.key === key);
  if (!one) {
    refuse(visit, { kind: 'not-found', what: 'obligation', id: key });
    return;
  }
  const { incident } = view.value;
  const model = {
    title: one.duty?.title ?? key,
    section: 'incidents' as const,
    errors: errors.summary,
    incidentHref: `/incidents/${incident.id}`,
    incidentTitle: `${incident.reference} ${incident.title}`,
    duty: dutyModel(visit, view.value, one, errors),
    tell: tellModel(visit, view.value, one, errors, typed),
    controllers: controllersModel(visit, view.value, one, errors, controllers),
    facts: missingFactsModel(visit, view.value, one.obligation.missing, errors),
    places: placesIn(visit.locale),
  };
  show(visit, 'incident/duty', model, status);
}

/** All duties of the incident, those too that only may apply or do not. */
export async function showDuties(visit: StaffVisit): Promise<void> {
  const view = await viewIncident(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!view.ok) {
    refuse(visit, view.error);
    return;
  }
  const { incident, obligations } = view.value;
  const model = {
    title: visit.say('duty.all-title', { count: obligations.length }),
    section: 'incidents' as const,
    incidentHref: `/incidents/${incident.id}`,
    incidentTitle: `${incident.reference} ${incident.title}`,
    ...allDutiesModel(visit, view.value),
  };
  show(visit, 'incident/duties', model);
}
