import { checkFile } from './check.ts';
import type { CheckContext } from './check.ts';
import { nominalHours } from './due.ts';
import { hashOf } from './parse.ts';
import type { FileTask, PlaybookFile } from './parse.ts';
import { byPlace } from './source.ts';
import { STAGES } from './types.ts';
import type { About, Gate, LintProblem, NoticePlan, Playbook, Stage, StagePlan, Task } from './types.ts';

export interface Assembled {
  readonly playbook?: Playbook;
  readonly problems: readonly LintProblem[];
}

/** Stands between a playbook's own text and its trunk's; the linter refuses a second document in a file. */
export const DOCUMENT_END = '\n...\n---\n';
const NOTHING_ABOUT: About = { situation: '', signs: [], usualData: [], severity: '', goesWrong: [] };

/**
 * Makes the whole playbook of a file: the trunk included, its tasks refined or left out.
 * @returns the playbook, or every problem that only the two together show, placed in the playbook's file
 */
export function assemble(book: PlaybookFile, trunk: PlaybookFile, context: CheckContext = {}): Assembled {
  const problems = checkFile(book, trunk, context);
  if (problems.length > 0) return { problems: [...problems].sort(byPlace) };
  return { playbook: merge(book, trunk), problems };
}

/** {@link assemble} without its checks: for texts that were checked when an incident took them over. */
export function merge(book: PlaybookFile, trunk: PlaybookFile): Playbook {
  const refinedBy = refinements(book);
  const merged = mergedTasks(book, trunk, refinedBy);
  const notices = mergedNotices(book, trunk, refinedBy, new Set(merged.map((task) => task.id)));
  const tasks = merged.map((task) => withServes(task, notices));
  const text = `${book.text}${DOCUMENT_END}${trunk.text}`;
  return {
    id: book.id,
    title: book.title,
    version: book.version,
    hash: hashOf(text),
    text,
    kind: book.kind,
    about: book.about ?? NOTHING_ABOUT,
    suggestedWhen: book.suggestedWhen ?? 'false',
    asks: [...book.asks, ...trunk.asks],
    stages: STAGES.map((stage) =>
      stagePlan(stage, tasks, [trunk.gates[stage], book.gates[stage]], refinedBy),
    ),
    notices,
  };
}

/** Trunk task -> the task that stands in its place. */
function refinements(book: PlaybookFile): ReadonlyMap<string, string> {
  return new Map(book.tasks.flatMap((task) => (task.refines === undefined ? [] : [[task.refines, task.id]])));
}

/** The trunk's tasks in its order, refined ones in their place, then the playbook's own. */
function mergedTasks(
  book: PlaybookFile,
  trunk: PlaybookFile,
  refinedBy: ReadonlyMap<string, string>,
): FileTask[] {
  const leftOut = new Set(book.leavesOut);
  const kept = trunk.tasks.filter((task) => !leftOut.has(task.id) && !refinedBy.has(task.id));
  const trunkTask = new Map(trunk.tasks.map((task) => [task.id, task]));
  const own = book.tasks.map((task) => {
    // The refined task's condition holds on unless the playbook gives another.
    const inherited = task.refines === undefined ? undefined : trunkTask.get(task.refines)?.when;
    return task.when === undefined && inherited !== undefined ? { ...task, when: inherited } : task;
  });
  const place = (task: FileTask) => trunk.tasks.findIndex(({ id }) => id === (task.refines ?? task.id));
  const atTrunksPlace = [...own.filter((task) => task.refines !== undefined), ...kept];
  const beside = own.filter((task) => task.refines === undefined);
  return [...atTrunksPlace.toSorted((a, b) => place(a) - place(b)), ...beside];
}

/** Without the place in its file. */
function taskOf(of: FileTask): Task {
  const task: Task & Partial<FileTask> = { ...of };
  delete task.stage;
  delete task.path;
  return task;
}

/** The most urgent first; of equally urgent ones those that go on until the end come last, else the order stays. */
function byUrgency(a: FileTask, b: FileTask): number {
  return nominalHours(a.due) - nominalHours(b.due) || Number(a.openUntilEnd) - Number(b.openUntilEnd);
}

function withServes(task: FileTask, notices: readonly NoticePlan[]): FileTask {
  const to = notices.find((notice) => notice.task === task.id)?.to;
  return to === 'authority' || to === 'people' ? { ...task, serves: to } : task;
}

function stagePlan(
  stage: Stage,
  tasks: readonly FileTask[],
  gates: readonly Gate[],
  refinedBy: ReadonlyMap<string, string>,
): StagePlan {
  const present = new Set(tasks.map((task) => task.id));
  const own = tasks.filter((task) => task.stage === stage);
  const waitedFor = gates.flatMap((gate) => gate.tasks).map((id) => refinedBy.get(id) ?? id);
  return {
    id: stage,
    tasks: own.toSorted(byUrgency).map(taskOf),
    gate: {
      tasks: [...new Set(waitedFor)].filter((id) => present.has(id)),
      facts: [...new Set(gates.flatMap((gate) => gate.facts))],
    },
  };
}

function mergedNotices(
  book: PlaybookFile,
  trunk: PlaybookFile,
  refinedBy: ReadonlyMap<string, string>,
  present: ReadonlySet<string>,
): NoticePlan[] {
  const seen = new Set<string>();
  return [...book.notices, ...trunk.notices]
    .map((notice) => ({ to: notice.to, task: refinedBy.get(notice.task) ?? notice.task }))
    .filter((notice) => {
      const key = `${notice.to} ${notice.task}`;
      if (!present.has(notice.task) || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}
