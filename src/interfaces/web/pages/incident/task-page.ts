import { viewColleagues, type Colleague } from '../../../../application/access/colleagues.ts';
import { viewEvidence, type EvidenceView } from '../../../../application/evidence/view-evidence.ts';
import type { HiddenTask, TaskView } from '../../../../application/incident/playbook-view.ts';
import { viewIncident, type IncidentView } from '../../../../application/incident/view-incident.ts';
import { viewTimeline, type Timeline } from '../../../../application/incident/view-timeline.ts';
import { maySee } from '../../../../domain/incident/restriction.ts';
import { recordOf } from '../../../../domain/incident/tasks.ts';
import { refuse } from '../../answers/errors.ts';
import { select } from '../../answers/fields.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { fileModel } from '../evidence/file.ts';
import { clickPlacesModel, hostLetterModel } from './click-places.ts';
import { factLabel } from './fact-forms.ts';
import { factHref } from './facts.ts';
import { ofIncident } from './of-incident.ts';
import { dueWords, hiddenBecause } from './task-words.ts';
import { iconOf, noteOf, paragraphsOf, taskFormModel, taskHref } from './tasks.ts';
import { eventsModel } from './timeline.ts';

/** What a refused form of a task had in it. */
export interface TypedTask {
  readonly note?: string;
  readonly assignee?: string;
}

export async function showTask(visit: StaffVisit): Promise<void> {
  await showTaskPage(visit, NO_ERRORS, 200, {});
}

/** One task with all that belongs to it: what to do, by whom and when, where to click, its evidence and its story. */
export async function showTaskPage(
  visit: StaffVisit,
  errors: FormErrors,
  status: number,
  typed: TypedTask,
): Promise<void> {
  const { house } = visit.parts;
  const id = param(visit, 'incident');
  const view = await viewIncident(house, visit.actor, id);
  if (!view.ok) {
    refuse(visit, view.error);
    return;
  }
  const task = taskNamed(view.value, param(visit, 'task'));
  if (!task) {
    refuse(visit, { kind: 'not-found', what: 'task', id: param(visit, 'task') });
    return;
  }
  const [files, timeline, staff] = await Promise.all([
    viewEvidence(house, visit.actor, id),
    viewTimeline(house, visit.actor, id),
    viewColleagues(house, visit.actor),
  ]);
  const beside = {
    files: files.ok ? files.value.filter((file) => file.task === task.task.id) : [],
    timeline: timeline.ok ? timeline.value : { entries: [], words: new Map() },
    staff: staff.ok ? staff.value : [],
  };
  show(visit, 'incident/task', taskPageModel(visit, view.value, task, beside, errors, typed), status);
}

interface Beside {
  readonly files: readonly EvidenceView[];
  readonly timeline: Timeline;
  readonly staff: readonly Colleague[];
}

type Shown = TaskView & { readonly hidden?: HiddenTask };

/** A task that does not apply has a page too: no task is ever locked. */
function taskNamed({ incident, tasks, hiddenTasks }: IncidentView, id: string): Shown | undefined {
  const hidden = hiddenTasks.find(({ task }) => task.id === id);
  if (!hidden) return tasks.find(({ task }) => task.id === id);
  const { state, revision, assignee } = recordOf(incident, id);
  return {
    hidden,
    task: hidden.task,
    stage: hidden.stage,
    shows: 'no',
    missing: [],
    state,
    revision,
    ...(assignee === undefined ? {} : { assignee }),
    dueAt: null,
    due: { at: null, basis: 'none' },
    pastTarget: false,
  };
}

function taskPageModel(
  visit: StaffVisit,
  view: IncidentView,
  task: Shown,
  { files, timeline, staff }: Beside,
  errors: FormErrors,
  typed: TypedTask,
): { readonly title: string } & Record<string, unknown> {
  const { say } = visit;
  const { incident } = view;
  const { id, title, what, keep, required } = task.task;
  const entries = timeline.entries.filter(({ data }) => data['task'] === id);
  return {
    title,
    section: 'incidents' as const,
    of: ofIncident(incident, say('tasks.crumb', { stage: say(`stage.${task.stage}`) })),
    errors: errors.summary,
    heading: title,
    lang: task.task.lang ?? null,
    state: {
      look: task.state === 'open' ? 'open' : 'met',
      icon: iconOf(task),
      words: stateWords(visit, view, task),
    },
    paragraphs: paragraphsOf(what),
    keep,
    owner: say('tasks.owner', { role: say(`role.${task.task.owner}`) }),
    required: say(required ? 'tasks.required' : 'tasks.not-required'),
    due: dueWords(visit, task),
    assigned: task.assignee === undefined ? say('tasks.nobody') : nameOf(view, task.assignee),
    hidden: task.hidden ? hiddenBecause(visit, view, task.hidden) : null,
    undecided:
      task.shows === 'undecided' && task.state === 'open'
        ? task.missing.map((name) => ({
            words: factLabel(visit, view, name),
            href: factHref(view, name),
          }))
        : null,
    note: noteOf(view, task),
    noteLabel: say(task.state === 'not-needed' ? 'task.reason-was' : 'task.note-was'),
    where: clickPlacesModel(visit, task.task),
    letter: hostLetterModel(visit, view, task.task),
    files: files.map((file) => fileModel(visit, incident.id, file)),
    addFile: visit.may('evidence.attach')
      ? `/incidents/${incident.id}/evidence?task=${encodeURIComponent(id)}#add`
      : null,
    form: visit.may('task.complete') ? taskFormModel(visit, view, task, errors, 'task', typed.note) : null,
    assign: visit.may('task.assign') ? assignModel(visit, view, task, staff, errors, typed) : null,
    events: eventsModel(visit, view, { entries, words: timeline.words }),
  };
}

function nameOf({ names }: IncidentView, id: string): string {
  return names.get(id) ?? id;
}

function stateWords({ say, times }: StaffVisit, view: IncidentView, { state, at, by }: TaskView): string {
  if (state === 'open' || !at) return say('task.state.open');
  return say(`tasks.state-by.${state}`, { name: nameOf(view, by ?? ''), when: times.full(at) });
}

/** Only those can be given a task who may see the incident. */
function assignModel(
  visit: StaffVisit,
  { incident }: IncidentView,
  { task, assignee, revision }: TaskView,
  staff: readonly Colleague[],
  errors: FormErrors,
  typed: TypedTask,
): object {
  const { say, actor } = visit;
  const seeing = staff.filter(({ id }) => maySee({ user: id }, incident));
  return {
    action: `${taskHref(incident.id, task.id)}/assignee`,
    revision,
    mine: assignee === actor.user ? null : actor.user,
    who: select(
      'assignee',
      { label: say('tasks.assign') },
      seeing.map(({ id, name, roles }) => ({
        value: id,
        label: say('lead.person', { name, roles: roles.map((role) => say(`role.${role}`)).join(', ') }),
      })),
      typed.assignee ?? assignee ?? actor.user,
      errors,
    ),
  };
}
