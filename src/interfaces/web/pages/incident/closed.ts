import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import { currentStage } from '../../../../domain/incident/incident.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { undecidedModel, unmetModel } from './open-duties.ts';
import { taskHref } from './tasks.ts';

/** What stands in the place of 'what to do now' once an incident is closed; null while it is open. */
export function closedModel(visit: StaffVisit, view: IncidentView): object | null {
  const { incident, names } = view;
  if (currentStage(incident.stages) !== 'closed') return null;
  const { say, times } = visit;
  const last = incident.stages.at(-1);
  const duties = [...unmetModel(visit, view), ...undecidedModel(visit, view)];
  const tasks = view.tasks
    .filter(({ state, shows, task }) => state === 'open' && shows !== 'no' && task.required)
    .map(({ task }) => ({ href: taskHref(incident.id, task.id), words: task.title }));
  const over = incident.stages.filter(({ overridden }) => overridden !== undefined);
  return {
    by: last?.at
      ? say('closing.by', { name: names.get(last.by ?? '') ?? last.by ?? '', when: times.full(last.at) })
      : '',
    over:
      over.length > 0
        ? say('closing.over', {
            count: over.length,
            stages: over.map(({ stage }) => say(`stage.${stage}`)).join(', '),
          })
        : null,
    duties,
    tasks,
    nothing: duties.length + tasks.length === 0,
    mayReopen: visit.may('stage.close'),
  };
}
