import { isUnknown } from '../law/conditions/truth.ts';
import type { Truth } from '../law/conditions/truth.ts';
import { Conditions } from './language.ts';
import type { ConditionInput } from './language.ts';
import { parseFacts } from '../law/facts.ts';
import type { Playbook, TaskShown } from './types.ts';

export type { ConditionInput };

const read = new WeakMap<Playbook, Conditions>();

function conditionsOf(playbook: Playbook): Conditions {
  const known = read.get(playbook);
  if (known !== undefined) return known;
  const conditions = new Conditions(playbook.asks);
  read.set(playbook, conditions);
  return conditions;
}

/**
 * Every task of the playbook in the order of its stages, with whether it shows. What is unknown hides nothing: such a
 * task is `undecided`, with the facts and answers that would decide it, and is shown as 'does this apply?'.
 */
export function tasksFor(playbook: Playbook, input: ConditionInput): TaskShown[] {
  const ask = conditionsOf(playbook).asked(input);
  return playbook.stages.flatMap((plan) =>
    plan.tasks.map((task): TaskShown => {
      const truth = task.when === undefined ? true : ask(task.when);
      return { task, stage: plan.id, ...shown(truth) };
    }),
  );
}

const asked = new WeakMap<Playbook, ReadonlyMap<string, readonly string[]>>();

/**
 * Which facts and answers each task's condition turns on, by the task's id: those that would decide it if nothing at
 * all were known. So a page can say why a task does not apply.
 */
export function turnsOn(playbook: Playbook): ReadonlyMap<string, readonly string[]> {
  const known = asked.get(playbook);
  if (known !== undefined) return known;
  const nothing = parseFacts({});
  if (!nothing.ok) throw new Error('an incident without facts is one all the same');
  const shown = tasksFor(playbook, { facts: nothing.value, answers: {}, duties: {} });
  const names = new Map(shown.map(({ task, missing }) => [task.id, missing]));
  asked.set(playbook, names);
  return names;
}

/** Whether the facts suggest this playbook; `undecided` is no suggestion and no refusal. */
export function suggests(playbook: Playbook, input: ConditionInput): TaskShown['shows'] {
  return shown(conditionsOf(playbook).asked(input)(playbook.suggestedWhen)).shows;
}

function shown(truth: Truth): Pick<TaskShown, 'shows' | 'missing'> {
  if (isUnknown(truth)) return { shows: 'undecided', missing: truth.missing };
  return { shows: truth ? 'yes' : 'no', missing: [] };
}
