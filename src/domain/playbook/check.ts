import { checkAsks } from './check-asks.ts';
import { checkConditions } from './check-conditions.ts';
import { checkGates } from './check-gates.ts';
import { checkTies, checkTrunk } from './check-ties.ts';
import { didYouMean } from './did-you-mean.ts';
import { DATA_CATEGORIES } from '../law/vocabulary.ts';
import type { PlaybookFile } from './parse.ts';
import { TRUNK } from './schema.ts';
import type { LintProblem } from './types.ts';

export interface CheckContext {
  /** The `system.topic` names of places-to-click.yaml; without them places are not checked. */
  readonly places?: ReadonlySet<string>;
}

/** What a playbook's shape cannot say: every reference, condition and tie to the trunk. */
export function checkFile(book: PlaybookFile, trunk: PlaybookFile, context: CheckContext): LintProblem[] {
  return [
    ...checkHead(book),
    ...checkIds(book),
    ...(book.id === TRUNK ? checkTrunk(book) : checkTies(book, trunk)),
    ...checkAsks(book, trunk),
    ...checkGates(book, trunk),
    ...checkConditions(book, trunk),
    ...checkMoments(book),
    ...checkPlaces(book, context),
  ];
}

function checkHead(book: PlaybookFile): LintProblem[] {
  if (book.id === TRUNK) return [];
  const problems: LintProblem[] = [];
  const missing = (key: string) => problems.push(book.source.problem([], `"${key}" is missing`));
  if (!book.includesTrunk) missing(`include: ${TRUNK}`);
  if (book.about === undefined) missing('about');
  if (book.suggestedWhen === undefined) missing('suggestedWhen');
  const known: readonly string[] = DATA_CATEGORIES;
  book.about?.usualData.forEach((category, index) => {
    if (known.includes(category)) return;
    const message = `there is no data category "${category}"${didYouMean(category, known)}`;
    problems.push(book.source.problem(['about', 'usualData', index], message));
  });
  return problems;
}

function checkIds(book: PlaybookFile): LintProblem[] {
  const seen = new Set<string>();
  return book.tasks.flatMap((task) => {
    if (seen.has(task.id))
      return [book.source.problem([...task.path, 'id'], `two tasks have the id "${task.id}"`)];
    seen.add(task.id);
    return [];
  });
}

const ORDER = ['detect', 'contain', 'assess', 'notify', 'review'];

/** A period that starts with the close of a stage belongs to a later one. */
function checkMoments(book: PlaybookFile): LintProblem[] {
  return book.tasks.flatMap(({ due, stage, path }) => {
    if (due?.kind !== 'after-stage' || ORDER.indexOf(due.stage) < ORDER.indexOf(stage)) return [];
    return [
      book.source.problem(
        [...path, 'due'],
        `a task of "${stage}" cannot wait for the close of "${due.stage}"`,
      ),
    ];
  });
}

function checkPlaces(book: PlaybookFile, { places }: CheckContext): LintProblem[] {
  if (places === undefined) return [];
  const topics = new Set([...places].map((place) => `*.${place.split('.')[1] ?? ''}`));
  const known = new Set([...places, ...topics]);
  return book.tasks.flatMap((task) =>
    task.clicks.flatMap((click, index) => {
      if (known.has(click)) return [];
      const message = `there is no place to click "${click}"${didYouMean(click, known)}`;
      return [book.source.problem([...task.path, 'clicks', index], message)];
    }),
  );
}
