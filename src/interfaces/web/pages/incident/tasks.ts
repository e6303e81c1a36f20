import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import type { TaskView } from '../../../../application/incident/playbook-view.ts';
import { STAGES, type Stage } from '../../../../domain/playbook/types.ts';
import { field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { stretchWords } from '../../words/standing.ts';
import { progress } from './rail.ts';

/** The one thing to do now, with the button that does it. */
export function doNowModel(visit: StaffVisit, view: IncidentView): object | null {
  const { next, incident } = view;
  const { say } = visit;
  if (!next || !visit.may('task.complete')) return null;
  return {
    title: next.task.title,
    paragraphs: paragraphsOf(next.task.what),
    small: smallWords(visit, view, next),
    action: `/incidents/${incident.id}/tasks/${encodeURIComponent(next.task.id)}`,
    revision: next.revision,
    taskHref: `#t-${next.task.id}`,
    notice: noticeLink(visit, view, next),
    done: say('task.done-it'),
  };
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
export function stagesModel(visit: StaffVisit, view: IncidentView, errors: FormErrors): readonly object[] {
  const { say } = visit;
  return inOrder(view.stage).map((stage) => {
    const { done, all } = progress(view, stage);
    const closed = view.incident.stages.some((record) => record.stage === stage && record.state === 'closed');
    const record = view.incident.stages.find((candidate) => candidate.stage === stage);
    const overridden = record?.overridden ? view.words.get(record.overridden.id) : undefined;
    return {
      name: say(`stage.${stage}`),
      open: stage === view.stage || errors.at(`reopen-${stage}`) !== null,
      count: say('stages.count', { done, all }),
      tasks: view.tasks
        .filter((task) => task.stage === stage)
        .map((task) => taskModel(visit, view, task, errors)),
      mayReopen: closed && visit.may('stage.close'),
      reopen: {
        ...field(`reopen-${stage}`, { label: say('stages.reopen-reason'), rows: 2 }, errors),
        name: 'reason',
      },
      reopenAction: `/incidents/${view.incident.id}/stages/${stage}/reopen`,
      overridden: overridden === undefined ? null : say('stages.overridden', { reason: overridden }),
    };
  });
}

/** The current stage first: what is to be done now stands on top. */
function inOrder(current: Stage | 'closed'): readonly Stage[] {
  return [...STAGES].sort((a, b) => Number(b === current) - Number(a === current));
}

function taskModel(visit: StaffVisit, view: IncidentView, task: TaskView, errors: FormErrors): object {
  const { say } = visit;
  const { id, title, what, keep, required } = task.task;
  const note = task.noteId === undefined ? undefined : view.words.get(task.noteId);
  const settled = task.state !== 'open';
  return {
    id: `t-${id}`,
    title,
    look: settled ? 'done' : task.pastTarget ? 'past-target' : 'open',
    next: view.next?.task.id === id,
    icon:
      task.state === 'not-needed' ? 'not-required' : settled ? 'met' : task.pastTarget ? 'due-soon' : 'open',
    stateWord: say(`task.state.${task.state}`),
    small: smallWords(visit, view, task),
    paragraphs: paragraphsOf(what),
    keep,
    note: note ?? null,
    noteLabel: say(task.state === 'not-needed' ? 'task.reason-was' : 'task.note-was'),
    undecided: task.shows === 'undecided' && !settled,
    required,
    settled,
    words: {
      ...field(`note-${id}`, { label: say('task.note'), hint: say('task.note-hint'), rows: 2 }, errors),
      name: 'note',
    },
    open: errors.at(`note-${id}`) !== null,
    mayChange: visit.may('task.complete'),
    action: `/incidents/${view.incident.id}/tasks/${encodeURIComponent(id)}`,
    revision: task.revision,
  };
}

/** Who did it and when, or who should and by when. A house target is never a legal deadline, and never red. */
function smallWords(
  visit: StaffVisit,
  view: IncidentView,
  { task, state, at, by, assignee, dueAt, pastTarget }: TaskView,
): string {
  const { say, times, now } = visit;
  if (state !== 'open' && at) return [view.names.get(by ?? '') ?? by ?? '', times.short(at)].join(', ');
  const who = assignee === undefined ? say(`role.${task.owner}`) : (view.names.get(assignee) ?? assignee);
  const optional = task.required ? [] : [say('task.optional')];
  if (!dueAt) return [who, ...optional].join(' · ');
  const left = stretchWords(visit, now, dueAt);
  const target = pastTarget
    ? say('task.past-target', { left, when: times.short(dueAt) })
    : say('task.target', { left, when: times.short(dueAt) });
  return [who, ...optional, target].join(' · ');
}

function paragraphsOf(text: string): readonly string[] {
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
}
