import { didYouMean } from './did-you-mean.ts';
import type { FileTask, PlaybookFile } from './parse.ts';
import { PROTECTED } from './protected.ts';
import { STAGES } from './types.ts';
import type { LintProblem } from './types.ts';

/** How a playbook hangs on the trunk: what it refines, what it leaves out, and that nothing clashes. */
export function checkTies(book: PlaybookFile, trunk: PlaybookFile): LintProblem[] {
  return [...checkRefinements(book, trunk), ...checkLeftOut(book, trunk), ...checkClashes(book, trunk)];
}

function checkRefinements(book: PlaybookFile, trunk: PlaybookFile): LintProblem[] {
  const taken = new Set<string>();
  return book.tasks.flatMap((task) => {
    if (task.refines === undefined) return [];
    const message =
      refinementFault(task, task.refines, book, trunk) ?? (taken.has(task.refines) ? twice(task) : '');
    taken.add(task.refines);
    return message === '' ? [] : [book.source.problem([...task.path, 'refines'], message)];
  });
}

function refinementFault(
  task: FileTask,
  refined: string,
  book: PlaybookFile,
  trunk: PlaybookFile,
): string | undefined {
  const original = trunk.tasks.find(({ id }) => id === refined);
  const ids = trunk.tasks.map(({ id }) => id);
  if (original === undefined) return `the trunk has no task "${refined}"${didYouMean(refined, ids)}`;
  if (book.leavesOut.includes(refined)) return `"${refined}" is both refined and left out`;
  if (STAGES.indexOf(task.stage) > STAGES.indexOf(original.stage)) {
    return `"${refined}" belongs to "${original.stage}": it may be refined there or earlier, not in "${task.stage}"`;
  }
  if (!PROTECTED.includes(refined)) return undefined;
  if (!task.required) return `"${refined}" cannot be made optional`;
  if (task.when !== undefined && task.when !== 'true')
    return `"${refined}" cannot be hidden behind a condition`;
  return undefined;
}

function twice(task: FileTask): string {
  return `"${String(task.refines)}" is refined twice`;
}

function checkLeftOut(book: PlaybookFile, trunk: PlaybookFile): LintProblem[] {
  const ids = trunk.tasks.map(({ id }) => id);
  return book.leavesOut.flatMap((id, index) => {
    const at = ['leavesOut', index];
    if (!ids.includes(id)) {
      return [book.source.problem(at, `the trunk has no task "${id}"${didYouMean(id, ids)}`)];
    }
    if (PROTECTED.includes(id))
      return [book.source.problem(at, `"${id}" may not be left out of any playbook`)];
    return [];
  });
}

function checkClashes(book: PlaybookFile, trunk: PlaybookFile): LintProblem[] {
  const ids = new Set(trunk.tasks.map(({ id }) => id));
  return book.tasks
    .filter((task) => ids.has(task.id) && task.refines !== task.id)
    .map((task) =>
      book.source.problem(
        [...task.path, 'id'],
        `"${task.id}" is a task of the trunk: give it another id, or say "refines: ${task.id}"`,
      ),
    );
}

/** A trunk, the installed one or a shop's own, must hold what no playbook may do without. */
export function checkTrunk(trunk: PlaybookFile): LintProblem[] {
  const problems: LintProblem[] = [];
  for (const key of ['include', 'about', 'suggestedWhen', 'kind', 'leavesOut']) {
    if (key in (trunk.source.value as object)) {
      problems.push(
        trunk.source.problemAtKey([key], `the trunk has no "${key}": it is part of every playbook`),
      );
    }
  }
  for (const id of PROTECTED) {
    const task = trunk.tasks.find((each) => each.id === id);
    if (task === undefined)
      problems.push(trunk.source.problem(['stages'], `the trunk must have the task "${id}"`));
    else if (!task.required)
      problems.push(trunk.source.problem(task.path, `"${id}" cannot be made optional`));
    else if (task.when !== undefined) {
      problems.push(
        trunk.source.problem([...task.path, 'when'], `"${id}" cannot be hidden behind a condition`),
      );
    }
  }
  const refining = trunk.tasks.filter((task) => task.refines !== undefined);
  problems.push(
    ...refining.map((task) =>
      trunk.source.problem([...task.path, 'refines'], 'the trunk refines nothing: there is nothing below it'),
    ),
  );
  return problems;
}
