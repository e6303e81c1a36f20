import { viewIncident } from '../../../../application/incident/view-incident.ts';
import { refuse } from '../../answers/errors.ts';
import { show } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { allFactsModel } from './facts.ts';
import { ofIncident } from './of-incident.ts';

/** Every fact that a law can ask, known or not, each with the form that gives it. */
export async function showFacts(visit: StaffVisit): Promise<void> {
  const view = await viewIncident(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!view.ok) {
    refuse(visit, view.error);
    return;
  }
  const { incident } = view.value;
  const heading = visit.say('facts.all');
  show(visit, 'incident/facts', {
    title: `${heading} · ${incident.reference}`,
    section: 'incidents',
    of: ofIncident(incident, visit.say('facts.all-crumb')),
    heading,
    ...allFactsModel(visit, view.value),
  });
}
