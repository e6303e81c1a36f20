import { viewIncident, type IncidentView } from '../../../../application/incident/view-incident.ts';
import { viewTimeline, type Timeline } from '../../../../application/incident/view-timeline.ts';
import { refuse } from '../../answers/errors.ts';
import { show } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { ofIncident } from './of-incident.ts';
import { eventsModel, headWords, type EventRow } from './timeline.ts';

/** The whole story of an incident, day by day, the newest first; made to be printed too. */
export async function showTimeline(visit: StaffVisit): Promise<void> {
  const { house } = visit.parts;
  const id = param(visit, 'incident');
  const view = await viewIncident(house, visit.actor, id);
  const timeline = view.ok ? await viewTimeline(house, visit.actor, id) : view;
  if (!view.ok || !timeline.ok) {
    if (!timeline.ok) refuse(visit, timeline.error);
    return;
  }
  const { say, times, now } = visit;
  const model = {
    title: say('timeline.title'),
    section: 'incidents' as const,
    of: ofIncident(view.value.incident, say('timeline.crumb')),
    heading: say('timeline.heading', { count: timeline.value.entries.length }),
    zone: say('facts.zone', { zone: times.zone }),
    days: daysModel(visit, view.value, timeline.value),
    head: headWords(visit, view.value),
    printed: say('timeline.printed', { when: times.full(now), name: visit.user.name }),
  };
  show(visit, 'incident/timeline', model);
}

function daysModel(visit: StaffVisit, view: IncidentView, timeline: Timeline): readonly object[] {
  const { times } = visit;
  const days: { readonly day: string; readonly rows: EventRow[] }[] = [];
  for (const row of eventsModel(visit, view, timeline)) {
    const day = times.date(row.at);
    const last = days.at(-1);
    const ofDay = { ...row, when: times.hour(row.at) };
    if (last?.day === day) last.rows.push(ofDay);
    else days.push({ day, rows: [ofDay] });
  }
  return days;
}
