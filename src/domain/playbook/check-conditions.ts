import { checkCondition } from '../law/conditions/check.ts';
import type { ConditionFault, Language } from '../law/conditions/condition.ts';
import { didYouMean } from './did-you-mean.ts';
import { GATE_FACTS } from './known.ts';
import { languageOf } from './language.ts';
import type { PlaybookFile } from './parse.ts';
import { TRUNK } from './schema.ts';
import type { Path } from './source.ts';
import type { Ask, LintProblem } from './types.ts';

/** Every condition is typed against the facts and the questions, and compares only with values that exist. */
export function checkConditions(book: PlaybookFile, trunk: PlaybookFile): LintProblem[] {
  const asks = book.id === TRUNK ? book.asks : [...book.asks, ...trunk.asks];
  const language = languageOf(asks);
  const found = book.tasks.flatMap(({ when, path }) =>
    when === undefined
      ? []
      : faultsOf(when, asks, language).map((fault) => placed(fault, book, [...path, 'when'])),
  );
  if (book.suggestedWhen === undefined) return found;
  // Before a playbook is chosen only the trunk's questions have been asked.
  const early = faultsOf(book.suggestedWhen, trunk.asks, languageOf(trunk.asks));
  return [...found, ...early.map((fault) => placed(fault, book, ['suggestedWhen']))];
}

interface Fault {
  readonly offset: number;
  readonly message: string;
}

function placed({ offset, message }: Fault, book: PlaybookFile, at: Path): LintProblem {
  return book.source.problem(at, `in the condition: ${message}`, offset);
}

const NO_TERMS = new Map<string, never>();
const OF_THE_LAW_ONLY = /\b(?:owed|since|term)\(/;

function faultsOf(text: string, asks: readonly Ask[], language: Language): Fault[] {
  const lawOnly = OF_THE_LAW_ONLY.exec(text);
  if (lawOnly !== null)
    return [{ offset: lawOnly.index, message: `${lawOnly[0]}…) belongs to the law's own conditions` }];
  const words = Object.fromEntries(
    asks.flatMap(({ id, values }) => (values === undefined ? [] : [[`answers.${id}`, Object.keys(values)]])),
  );
  const { faults, references } = checkCondition(text, { terms: NO_TERMS, language, words });
  return [
    ...faults.map((fault) => ({ offset: fault.offset, message: sentenceOf(fault, asks) })),
    ...references.map(({ by, offset }) => ({
      offset,
      message: `${by}(…) names a duty; a playbook asks duties.*`,
    })),
  ];
}

function sentenceOf({ key, values }: ConditionFault, asks: readonly Ask[]): string {
  const given = String(values['given']);
  const near = typeof values['nearest'] === 'string' ? ` (did you mean "${values['nearest']}"?)` : '';
  switch (key) {
    case 'matches-refused':
      return 'matches() is not allowed: name the values';
    case 'unknown-value':
      return `there is no value "${given}" here${near}`;
    case 'place-unknown':
      return `there is no place "${given}"${near}`;
    case 'literal-expected':
      return `${String(values['question'])}() takes a text in quotes`;
    case 'nested-logic':
      return 'join with && and || only on the outside, not within a comparison';
    case 'condition-not-yes-or-no':
      return `it gives a value of type ${String(values['type'])}; it must give yes or no`;
    default:
      return worded(typeof values['reason'] === 'string' ? values['reason'] : key, asks);
  }
}

const ROOTS = ['answers', 'duties', 'authority', 'people', 'data', 'breach'];

/** CEL's words, with the nearest right one for an unknown name. */
function worded(reason: string, asks: readonly Ask[]): string {
  const name = /^(?:No such key|Unknown variable): (\S+)$/.exec(reason)?.[1];
  if (name === undefined) return reason.charAt(0).toLowerCase() + reason.slice(1);
  const known = [...asks.map((ask) => ask.id), ...GATE_FACTS.flatMap((fact) => fact.split('.')), ...ROOTS];
  return `there is no "${name}"${didYouMean(name, known)}`;
}
