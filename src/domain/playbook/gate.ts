import { isAnswered } from './known.ts';
import type { Known } from './known.ts';
import { tasksFor } from './tasks.ts';
import type { DutiesAtStake, GateState, Playbook, Stage, TaskState } from './types.ts';

export interface GateInput extends Known {
  readonly duties: DutiesAtStake;
  /** State of each task by id; a missing one is open. */
  readonly tasks: Readonly<Record<string, TaskState>>;
}

/**
 * What is missing before a stage may close. The gate waits for each required task of its stage that shows or might
 * apply, for the tasks and facts that it names, and for no task that may stay open until the end. It locks no task:
 * every task can be done at any time, whatever stage the incident is in.
 */
export function gateOf(playbook: Playbook, stage: Stage, input: GateInput): GateState {
  const gate = playbook.stages.find((plan) => plan.id === stage)?.gate ?? { tasks: [], facts: [] };
  const named = new Set(gate.tasks);
  const tasks = tasksFor(playbook, input)
    .filter(({ task, stage: at, shows }) => {
      if (shows === 'no' || task.openUntilEnd || (input.tasks[task.id] ?? 'open') !== 'open') return false;
      return named.has(task.id) || (task.required && at === stage);
    })
    .map(({ task }) => task.id);
  const facts = gate.facts.filter((name) => !isAnswered(name, input));
  return { open: tasks.length === 0 && facts.length === 0, missing: { tasks, facts } };
}
