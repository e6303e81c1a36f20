import { viewIncident } from '../../../../application/incident/view-incident.ts';
import { viewTimeline } from '../../../../application/incident/view-timeline.ts';
import { refuse } from '../../answers/errors.ts';
import { NO_ERRORS } from '../../answers/problems.ts';
import { show } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placesIn } from '../places.ts';
import { askRow, storedAnswerWords } from './asks.ts';
import { planOf } from './fact-forms.ts';
import { factModel } from './facts.ts';
import { ofIncident } from './of-incident.ts';
import { saidBefore } from './said-before.ts';

/** One fact or answer by itself, with everything that was ever said of it. */
export async function showFact(visit: StaffVisit): Promise<void> {
  const { house } = visit.parts;
  const [id, name] = [param(visit, 'incident'), param(visit, 'name')];
  const view = await viewIncident(house, visit.actor, id);
  const timeline = view.ok ? await viewTimeline(house, visit.actor, id) : view;
  if (!view.ok || !timeline.ok) {
    if (!timeline.ok) refuse(visit, timeline.error);
    return;
  }
  const plan = planOf(name);
  const fact = plan
    ? factModel(visit, view.value, plan, NO_ERRORS)
    : askRow(visit, view.value, name, NO_ERRORS);
  if (!fact) {
    refuse(visit, { kind: 'not-found', what: 'fact', id: name });
    return;
  }
  const { incident } = view.value;
  const ask = view.value.asks.find((one) => `answers.${one.ask.id}` === name)?.ask;
  const model = {
    title: fact.label,
    section: 'incidents' as const,
    of: ofIncident(incident, visit.say('fact-history.crumb')),
    heading: fact.label,
    fact: { ...fact, earlier: null },
    before: ask
      ? saidBefore(visit, view.value, timeline.value, [name], (on, _name, value) =>
          storedAnswerWords(on, ask, value),
        )
      : saidBefore(visit, view.value, timeline.value, [name]),
    places: placesIn(visit.locale),
  };
  show(visit, 'incident/fact', model);
}
