import { didYouMean } from './did-you-mean.ts';
import { GATE_FACTS } from './known.ts';
import type { FileTask, PlaybookFile } from './parse.ts';
import { TRUNK } from './schema.ts';
import { MATTERS, STAGES } from './types.ts';
import type { LintProblem, Stage } from './types.ts';

/** Gates and prepared notices name only what there is, and nothing that may wait until the end. */
export function checkGates(book: PlaybookFile, trunk: PlaybookFile): LintProblem[] {
  const tasks = tasksInReach(book, trunk);
  const facts = namesInReach(book, trunk);
  return [
    ...STAGES.flatMap((stage) => checkGate(book, stage, tasks, facts)),
    ...book.notices.flatMap(({ task }, index) =>
      tasks.has(task) ? [] : [book.source.problem(['notices', index, 'task'], noTask(task, tasks.keys()))],
    ),
  ];
}

/** Own tasks and those of the trunk that stay; a refined one may still be named by its trunk name. */
function tasksInReach(book: PlaybookFile, trunk: PlaybookFile): ReadonlyMap<string, FileTask> {
  const kept = book.id === TRUNK ? [] : trunk.tasks.filter((task) => !book.leavesOut.includes(task.id));
  return new Map([...kept, ...book.tasks].map((task) => [task.id, task]));
}

function namesInReach(book: PlaybookFile, trunk: PlaybookFile): ReadonlySet<string> {
  const answers = [...book.asks, ...trunk.asks].map((ask) => `answers.${ask.id}`);
  return new Set([...GATE_FACTS, ...Object.keys(MATTERS), ...answers]);
}

function checkGate(
  book: PlaybookFile,
  stage: Stage,
  tasks: ReadonlyMap<string, FileTask>,
  facts: ReadonlySet<string>,
): LintProblem[] {
  const path = ['stages', stage, 'gate'];
  const gate = book.gates[stage];
  return [
    ...gate.tasks.flatMap((id, index) => {
      const fault = gateTaskFault(id, stage, tasks);
      return fault === undefined ? [] : [book.source.problem([...path, 'tasks', index], fault)];
    }),
    ...gate.facts.flatMap((name, index) => {
      if (facts.has(name)) return [];
      const message = `a gate cannot ask for "${name}": there is no such fact${didYouMean(name, facts)}`;
      return [book.source.problem([...path, 'facts', index], message)];
    }),
  ];
}

function gateTaskFault(id: string, stage: Stage, tasks: ReadonlyMap<string, FileTask>): string | undefined {
  const task = tasks.get(id);
  if (task === undefined) return noTask(id, tasks.keys());
  if (STAGES.indexOf(task.stage) > STAGES.indexOf(stage)) {
    return `the gate of "${stage}" cannot wait for "${id}", which belongs to "${task.stage}"`;
  }
  if (task.openUntilEnd) return `no gate waits for "${id}": it may stay open until the end`;
  return undefined;
}

function noTask(id: string, known: Iterable<string>): string {
  return `there is no task "${id}"${didYouMean(id, known)}`;
}
