import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import type { TaskView } from '../../../../application/incident/playbook-view.ts';
import type { Timeline } from '../../../../application/incident/view-timeline.ts';
import { textIn } from '../../../../application/register/entries-of.ts';
import type { StageRecord } from '../../../../domain/incident/incident.ts';
import { STAGES, type Stage } from '../../../../domain/playbook/types.ts';
import { field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { clickPlacesModel } from './click-places.ts';
import { progress } from './rail.ts';
import { hiddenBecause, smallWords } from './task-words.ts';

/** The one thing to do now, with the button that does it and where to click for it. */
export function doNowModel(visit: StaffVisit, view: IncidentView): object | null {
  const { next, incident } = view;
  const { say } = visit;
  if (!next || !visit.may('task.complete')) return null;
  return {
    title: next.task.title,
    lang: next.task.lang ?? null,
    paragraphs: paragraphsOf(next.task.what),
    small: smallWords(visit, view, next),
    action: taskHref(incident.id, next.task.id),
    revision: next.revision,
    taskHref: taskHref(incident.id, next.task.id),
    where: clickPlacesModel(visit, next.task),
    notice: noticeLink(visit, view, next),
    done: say('task.done-it'),
  };
}

/** The address of a task: its page, and where its forms go. */
export function taskHref(incident: string, task: string): string {
  return `/incidents/${incident}/tasks/${encodeURIComponent(task)}`;
}

/** Where the task is about a notice: the one there is, or the duty from which it is prepared. */
function noticeLink(visit: StaffVisit, view: IncidentView, { task }: TaskView): object | null {
  const plan = view.playbook.notices.find((candidate) => candidate.task === task.id);
  const kind = plan?.to === 'authority' ? 'authority' : plan?.to === 'people' ? 'letter' : null;
  if (!kind || !visit.may('notice.write')) return null;
  const notice = view.incident.notices.find((candidate) => candidate.kind === kind);
  return notice
    ? { href: `/incidents/${view.incident.id}/notices/${notice.id}`, word: visit.say('task.open-notice') }
    : { href: '#duties', word: visit.say('task.prepare-notice') };
}

/** All tasks, folded by stage; the current stage is open. */
export function stagesModel(
  visit: StaffVisit,
  view: IncidentView,
  timeline: Timeline,
  errors: FormErrors,
): readonly object[] {
  const { say } = visit;
  return inOrder(view.stage).map((stage) => {
    const { done, all } = progress(view, stage);
    const record = view.incident.stages.find((candidate) => candidate.stage === stage);
    const isLastOfClosed = view.stage === 'closed' && stage === STAGES.at(-1);
    return {
      name: say(`stage.${stage}`),
      stage,
      reopenOpen: isLastOfClosed || errors.at(`reopen-${stage}`) !== null,
      open: stage === view.stage || isLastOfClosed || errors.at(`reopen-${stage}`) !== null,
      count: say('stages.count', { done, all }),
      tasks: view.tasks
        .filter((task) => task.stage === stage)
        .map((task) => taskModel(visit, view, task, errors)),
      hidden: hiddenModel(visit, view, stage),
      history: record ? historyOf(visit, view, record, timeline) : [],
      mayReopen: record?.state === 'closed' && visit.may('stage.close'),
      reopen: {
        ...field(`reopen-${stage}`, { label: say('stages.reopen-reason'), rows: 2 }, errors),
        name: 'reason',
      },
      reopenAction: `/incidents/${view.incident.id}/stages/${stage}/reopen`,
    };
  });
}

/** The current stage first: what is to be done now stands on top. */
function inOrder(current: Stage | 'closed'): readonly Stage[] {
  return [...STAGES].sort((a, b) => Number(b === current) - Number(a === current));
}

/** What does not apply is told, with the reason; what is unknown is never among it. */
function hiddenModel(visit: StaffVisit, view: IncidentView, stage: Stage): object | null {
  const hidden = view.hiddenTasks.filter((task) => task.stage === stage);
  if (hidden.length === 0) return null;
  return {
    summary: visit.say('tasks.hidden', { count: hidden.length }),
    rows: hidden.map((one) => ({
      title: one.task.title,
      lang: one.task.lang ?? null,
      href: taskHref(view.incident.id, one.task.id),
      because: hiddenBecause(visit, view, one),
    })),
  };
}

/** Who closed the stage, over its gate if so; or who opened it again, and why. */
function historyOf(
  { say, times }: StaffVisit,
  { names, words }: IncidentView,
  { stage, state, at, by, overridden }: StageRecord,
  timeline: Timeline,
): readonly string[] {
  if (!at) return [];
  const who = { name: names.get(by ?? '') ?? by ?? '', when: times.short(at) };
  if (state === 'closed') {
    const over =
      overridden && say('stages.overridden-by', { ...who, reason: words.get(overridden.id) ?? '' });
    return [over ?? say('stages.closed-by', who)];
  }
  const reopened = timeline.entries.find(
    ({ type, data }) => type === 'stage-reopened' && data['stage'] === stage,
  );
  const reason = reopened ? (timeline.words.get(textIn(reopened, 'reason')) ?? '') : '';
  return [say('stages.reopened-by', { ...who, reason })];
}

function taskModel(visit: StaffVisit, view: IncidentView, task: TaskView, errors: FormErrors): object {
  const { say } = visit;
  const { id, title, what, keep } = task.task;
  const settled = task.state !== 'open';
  return {
    id: `t-${id}`,
    title,
    lang: task.task.lang ?? null,
    look: settled ? 'done' : task.pastTarget ? 'past-target' : 'open',
    next: view.next?.task.id === id,
    icon: iconOf(task),
    stateWord: say(`task.state.${task.state}`),
    small: smallWords(visit, view, task),
    paragraphs: paragraphsOf(what),
    keep,
    note: noteOf(view, task),
    noteLabel: say(task.state === 'not-needed' ? 'task.reason-was' : 'task.note-was'),
    undecided: task.shows === 'undecided' && !settled,
    href: taskHref(view.incident.id, id),
    more: say(task.task.clicks.length > 0 ? 'tasks.more-where' : 'tasks.more'),
    open: errors.at(`note-${id}`) !== null,
    mayChange: visit.may('task.complete'),
    full: isFull(view, task) || errors.at(`note-${id}`) !== null,
    ...taskFormModel(visit, view, task, errors),
  };
}

/** The tasks of other stages stand as links to their pages: what to do now must not wait for what comes later. */
function isFull({ stage: current, next }: IncidentView, { task, stage }: TaskView): boolean {
  return stage === current || next?.task.id === task.id;
}

export function iconOf({ state, pastTarget }: TaskView): string {
  if (state === 'not-needed') return 'not-required';
  if (state === 'done') return 'met';
  return pastTarget ? 'due-soon' : 'open';
}

/** What was done or why it was not needed, in words. */
export function noteOf({ words }: IncidentView, { noteId }: TaskView): string | null {
  return (noteId === undefined ? undefined : words.get(noteId)) ?? null;
}

/**
 * The form that settles a task or opens it again.
 * @param back where it comes back to: '' is the incident's page
 */
export function taskFormModel(
  { say }: StaffVisit,
  view: IncidentView,
  { task, state, revision }: Pick<TaskView, 'task' | 'state' | 'revision'>,
  errors: FormErrors,
  back = '',
  typed = '',
): object {
  const id = `note-${task.id}`;
  const label = { label: say('task.note'), hint: say('task.note-hint'), rows: 2, value: typed };
  return {
    action: taskHref(view.incident.id, task.id),
    revision,
    back,
    settled: state !== 'open',
    words: { ...field(id, label, errors), name: 'note' },
  };
}

export function paragraphsOf(text: string): readonly string[] {
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
}
