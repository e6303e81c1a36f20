import type { ASTNode } from '@marcbachmann/cel-js';
import { nearest } from '../nearest.ts';
import { isAskable, nearestPlace } from '../places.ts';
import {
  DATA_CATEGORIES,
  MOMENTS,
  RISKS,
  ROLES,
  SECTORS,
  SIGNIFICANT_BY,
  SUBJECT_GROUPS,
} from '../vocabulary.ts';
import {
  BadCondition,
  compileCondition,
  type Condition,
  type ConditionFault,
  type Terms,
  OF_THE_LAW,
  type Language,
} from './condition.ts';
import { pathOf, visit } from './plan.ts';
import { ENGINE_QUESTIONS } from './questions.ts';

/** What a condition may name beyond its own words. */
export interface Known {
  readonly terms: Terms;
  /** The language of the condition; the law's where it is missing. */
  readonly language?: Language;
  /** Values of further names (`answers.platform`), beside those of the facts. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
}

/** Where a condition names another duty. */
export interface DutyReference {
  readonly duty: string;
  readonly by: 'owed' | 'filed' | 'incomplete' | 'ordered' | 'answered';
  readonly offset: number;
}

export interface Checked {
  readonly condition?: Condition;
  readonly faults: readonly ConditionFault[];
  readonly references: readonly DutyReference[];
  /** The terms that it names: what they name, it names too. */
  readonly terms: readonly string[];
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  roleIs: ROLES,
  sector: SECTORS,
  data: DATA_CATEGORIES,
  group: SUBJECT_GROUPS,
  significantBy: SIGNIFICANT_BY,
  happened: MOMENTS,
};

const FACT_WORDS: Readonly<Record<string, readonly string[]>> = {
  risk: RISKS,
  firmSize: ['larger', 'smaller'],
  databaseLevel: ['basic', 'medium', 'high'],
  'data.medium': ['electronic', 'paper', 'both'],
  'data.categories': DATA_CATEGORIES,
};

const PLACE_QUESTIONS = ['peopleIn', 'moreThan', 'atLeast', 'mayBeMoreThan', 'establishedIn'];
const DUTY_QUESTIONS = ['owed', 'filed', 'incomplete', 'ordered', 'answered'] as const;

/** Reads a condition as the linter does: grammar, types, words, places; the duties that it names are handed back. */
export function checkCondition(text: string, known: Known): Checked {
  const language = known.language ?? OF_THE_LAW;
  const words = { ...FACT_WORDS, ...known.words };
  let ast: ASTNode;
  try {
    ast = language.env.parse(text).ast;
  } catch (error) {
    return { faults: [celFault(error, text)], references: [], terms: [] };
  }
  const faults: ConditionFault[] = [];
  const references: DutyReference[] = [];
  const terms: string[] = [];
  visit(ast, (node) => {
    checkNode(node, words, faults, references);
    const term = termOf(node);
    if (term !== undefined) terms.push(term);
    return true;
  });
  const typed = language.env.check(text);
  if (!typed.valid) faults.push(celFault(typed.error, text));
  else if (typed.type !== 'bool')
    faults.push({ key: 'condition-not-yes-or-no', offset: 0, values: { type: typed.type } });
  if (faults.length > 0) return { faults, references, terms };
  try {
    const condition = compileCondition(text, known.terms, language);
    faults.push(...nested(ast, false));
    return { condition, faults, references, terms };
  } catch (error) {
    const fault = error instanceof BadCondition ? error.fault : celFault(error, text);
    return { faults: [fault], references, terms };
  }
}

/** The name in `term("name")`. */
function termOf(node: ASTNode): string | undefined {
  if (node.op !== 'call') return undefined;
  const [name, args] = node.args as [string, readonly ASTNode[]];
  const given = args[0]?.args;
  return name === 'term' && typeof given === 'string' ? given : undefined;
}

function celFault(error: unknown, text: string): ConditionFault {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  const node = typeof error === 'object' && error !== null && 'node' in error ? error.node : undefined;
  const pos = typeof node === 'object' && node !== null && 'pos' in node ? Number(node.pos) : 0;
  return { key: 'bad-condition', offset: Math.min(pos, text.length), values: { reason, condition: text } };
}

function checkNode(
  node: ASTNode,
  words: Readonly<Record<string, readonly string[]>>,
  faults: ConditionFault[],
  references: DutyReference[],
): void {
  if (node.op === 'rcall' && String((node.args as readonly unknown[])[0]) === 'matches') {
    // JavaScript's regular expressions can take exponential time and cannot be replaced in the library.
    faults.push({ key: 'matches-refused', offset: node.start, values: {} });
  }
  if (node.op === 'call') checkCall(node, faults, references);
  if (['==', '!=', 'in'].includes(node.op)) checkComparison(node, words, faults);
}

function checkCall(node: ASTNode, faults: ConditionFault[], references: DutyReference[]): void {
  const [name, args] = node.args as [string, readonly ASTNode[]];
  const [first] = args;
  if (!first) return;
  const asksWord = name in WORDS || PLACE_QUESTIONS.includes(name) || name === 'since' || name === 'term';
  const duty = DUTY_QUESTIONS.find((question) => question === name);
  if (!asksWord && !duty) return;
  if (first.op !== 'value' || typeof first.args !== 'string') {
    faults.push({ key: 'literal-expected', offset: first.start, values: { question: name } });
    return;
  }
  const given = first.args;
  if (duty) references.push({ duty: given, by: duty, offset: first.start });
  if (PLACE_QUESTIONS.includes(name) && !isAskable(given)) {
    faults.push({
      key: 'place-unknown',
      offset: first.start,
      values: { given, nearest: nearestPlace(given) },
    });
  }
  const words = WORDS[name];
  if (words) checkWord(given, words, first.start, faults);
  if (name === 'since' && !/^\d{4}-\d{2}-\d{2}$/.test(given)) {
    faults.push({ key: 'bad-date', offset: first.start, values: { given } });
  }
}

function checkWord(given: string, words: readonly string[], offset: number, faults: ConditionFault[]): void {
  if (words.includes(given)) return;
  faults.push({ key: 'unknown-value', offset, values: { given, nearest: nearest(given, words) } });
}

function checkComparison(
  node: ASTNode,
  known: Readonly<Record<string, readonly string[]>>,
  faults: ConditionFault[],
): void {
  const [left, right] = node.args as [ASTNode, ASTNode];
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const path = pathOf(side);
    const words = path === undefined ? undefined : known[path];
    if (!words) continue;
    const literals = other.op === 'list' ? (other.args as readonly ASTNode[]) : [other];
    for (const literal of literals) {
      if (literal.op === 'value' && typeof literal.args === 'string') {
        checkWord(literal.args, words, literal.start, faults);
      }
    }
  }
}

const JOINING = new Set(['&&', '||', '!_', '?:']);

/** Yes and no are joined at the outside only: inside another expression CEL would join them, and swallow faults. */
function nested(node: ASTNode, inside: boolean): readonly ConditionFault[] {
  const engine =
    node.op === 'call' &&
    (ENGINE_QUESTIONS as readonly string[]).includes(String((node.args as readonly unknown[])[0]));
  if (inside && (JOINING.has(node.op) || engine))
    return [{ key: 'nested-logic', offset: node.start, values: {} }];
  const below = inside || !JOINING.has(node.op);
  const faults: ConditionFault[] = [];
  visit(node, (one) => {
    if (one === node) return true;
    faults.push(...nested(one, below));
    return false;
  });
  return faults;
}
