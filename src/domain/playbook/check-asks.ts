import { didYouMean } from './did-you-mean.ts';
import type { PlaybookFile } from './parse.ts';
import { settableFact, SETTABLE_FACTS } from './settable.ts';
import { TRUNK } from './schema.ts';
import type { Ask, LintProblem } from './types.ts';

/** Questions are asked once, and what they settle exists. */
export function checkAsks(book: PlaybookFile, trunk: PlaybookFile): LintProblem[] {
  const asked = new Set(book.id === TRUNK ? [] : trunk.asks.map((ask) => ask.id));
  return book.asks.flatMap((ask) => [
    ...(asked.has(ask.id)
      ? [book.source.problemAtKey(['asks', ask.id], `the trunk asks "${ask.id}" already: leave it out here`)]
      : []),
    ...checkValues(book, ask),
    ...checkSets(book, ask),
  ]);
}

function checkValues(book: PlaybookFile, ask: Ask): LintProblem[] {
  const path = ['asks', ask.id];
  if (ask.type === 'choice' && ask.values === undefined) {
    return [book.source.problem([...path, 'type'], `a choice needs its "values"`)];
  }
  if (ask.type !== 'choice' && ask.values !== undefined) {
    return [book.source.problemAtKey([...path, 'values'], `only a choice has "values"`)];
  }
  return [];
}

function checkSets(book: PlaybookFile, ask: Ask): LintProblem[] {
  if (ask.sets === undefined) return [];
  const path = ['asks', ask.id, 'sets'];
  const { fact, by } = ask.sets;
  const settable = settableFact(fact);
  if (settable === undefined) {
    const message = `an answer cannot settle "${fact}"${didYouMean(fact, SETTABLE_FACTS)}`;
    return [book.source.problem([...path, 'fact'], message)];
  }
  const answers = ask.type === 'bool' ? ['true', 'false'] : Object.keys(ask.values ?? {});
  return Object.entries(by).flatMap(([answer, value]) => {
    const at = [...path, 'by', answer];
    if (!answers.includes(answer)) {
      return [book.source.problemAtKey(at, `"${answer}" is no answer to this${didYouMean(answer, answers)}`)];
    }
    if (settable.includes(value)) return [];
    return [
      book.source.problem(at, `"${fact}" cannot be "${String(value)}": it is one of ${settable.join(', ')}`),
    ];
  });
}
