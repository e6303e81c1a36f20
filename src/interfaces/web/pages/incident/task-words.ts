import type { HiddenTask, TaskView } from '../../../../application/incident/playbook-view.ts';
import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { stretchWords } from '../../words/standing.ts';
import { factLabel } from './fact-forms.ts';
import { valueWords } from './fact-words.ts';

/** Who did it and when, or who should and by when. A house target is never a legal deadline, and never red. */
export function smallWords(
  visit: StaffVisit,
  view: IncidentView,
  { task, state, at, by, assignee, dueAt, due, pastTarget }: TaskView,
): string {
  const { say, times } = visit;
  if (state !== 'open' && at) return [view.names.get(by ?? '') ?? by ?? '', times.short(at)].join(', ');
  const who = assignee === undefined ? say(`role.${task.owner}`) : (view.names.get(assignee) ?? assignee);
  const optional = task.required ? [] : [say('task.optional')];
  if (!dueAt) {
    const waits = due.waitsFor ? [say('tasks.waits-stage', { stage: say(`stage.${due.waitsFor}`) })] : [];
    return [who, ...optional, ...waits].join(' · ');
  }
  const left = stretchWords(visit, view.now, dueAt);
  const target = pastTarget
    ? say('task.past-target', { left, when: times.short(dueAt) })
    : say('task.target', { left, when: times.short(dueAt) });
  return [who, ...optional, target].join(' · ');
}

/** By when, and why then: so that a person can check it. */
export function dueWords({ say, times }: StaffVisit, { due, task }: TaskView): string {
  const why = say(`tasks.due.${due.basis}`, {
    stage: due.waitsFor ? say(`stage.${due.waitsFor}`) : stageOf(say, task),
  });
  return due.at ? say('tasks.due-at', { when: times.full(due.at), why }) : why;
}

function stageOf(say: StaffVisit['say'], { due }: TaskView['task']): string {
  return due?.kind === 'after-stage' ? say(`stage.${due.stage}`) : '';
}

/** Why a task does not apply: what is known of each thing on which that turns. */
export function hiddenBecause(
  visit: StaffVisit,
  view: IncidentView,
  { turnsOn }: HiddenTask,
): readonly string[] {
  return turnsOn.flatMap((name) => {
    const words = knownWords(visit, view, name);
    return words === null ? [] : [words];
  });
}

const DUTIES = 'duties.';
const ANSWERS = 'answers.';

function knownWords(visit: StaffVisit, view: IncidentView, name: string): string | null {
  const { say } = visit;
  if (name.startsWith(DUTIES)) return say(`tasks.no-duty.${name.slice(DUTIES.length)}`);
  const value = name.startsWith(ANSWERS) ? answerWords(visit, view, name) : factWords(visit, view, name);
  return value === null ? null : say('tasks.because', { what: factLabel(visit, view, name), value });
}

function answerWords({ say }: StaffVisit, { asks }: IncidentView, name: string): string | null {
  const asked = asks.find(({ ask }) => `${ANSWERS}${ask.id}` === name);
  if (!asked || asked.answer === null) return null;
  const answer = String(asked.answer);
  return typeof asked.answer === 'boolean' ? say(`bool.${answer}`) : (asked.ask.values?.[answer] ?? answer);
}

/** Of the incident, or of the organisation that it happened to. */
function factWords(visit: StaffVisit, { incident, organisation }: IncidentView, name: string): string | null {
  const fact = incident.facts[name];
  const value = fact && 'value' in fact ? fact.value : organisation.profile[name];
  return value === undefined ? null : valueWords(visit, name, value);
}
