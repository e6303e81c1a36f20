import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { serialize } from '@marcbachmann/cel-js';
import type { Facts } from '../types.ts';
import { LANGUAGE } from './language.ts';
import { QUESTIONS, type Filings } from './questions.ts';
import type { Truth } from './truth.ts';

/** One yes-or-no that has no logic inside. Atoms are shared: the same words are the same atom in every condition. */
export interface Atom {
  readonly index: number;
  readonly text: string;
  /** The facts that it reads by name; what a function asks the function names itself. */
  readonly paths: readonly string[];
  /** Whether a fact that is not there always leaves it open, so that CEL need not be asked. */
  readonly strict: boolean;
  /** Where it is nothing but a question of the domain with plain words: that question, asked without CEL. */
  readonly question?: (facts: Facts, filings: Filings) => Truth;
  readonly run: (context: Record<string, unknown>) => unknown;
}

/** A condition as a tree over atoms: the engine itself joins yes, no and unknown, so that CEL swallows nothing. */
export type Node =
  | { readonly op: 'and' | 'or'; readonly kids: readonly Node[] }
  | { readonly op: 'not'; readonly kid: Node }
  | { readonly op: 'if'; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly op: 'atom'; readonly atom: Atom }
  | { readonly op: 'term'; readonly term: Term }
  | { readonly op: 'owed'; readonly duty: string }
  | { readonly op: 'since'; readonly date: string }
  | { readonly op: 'value'; readonly value: boolean };

/** A definition of a law file: asked by many of its conditions, answered once. */
export interface Term {
  readonly root: Node;
  /** Whether its answer turns on the day by whose law it is asked. */
  readonly dated: boolean;
}

export interface Condition {
  readonly text: string;
  readonly root: Node;
}

/** Why a text is no condition; `offset` counts characters from its start. */
export interface ConditionFault {
  readonly key: string;
  readonly offset: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What conditions may say, and the atoms read in it so far; an evaluation belongs to one language. */
export interface Language {
  readonly env: Environment;
  readonly atoms: Map<string, Atom>;
}

/** The language of the law; a playbook's is this one with its own questions beside the facts. */
export const OF_THE_LAW: Language = { env: LANGUAGE, atoms: new Map() };

/** Named conditions of a law file (`term("personal-breach")`), already compiled. */
export type Terms = ReadonlyMap<string, Condition>;

/** Reads and type-checks a condition, or throws a {@link BadCondition}. Terms stand in for their words. */
export function compileCondition(text: string, terms: Terms, language: Language = OF_THE_LAW): Condition {
  const parsed = language.env.parse(text);
  return { text, root: treeOf(parsed.ast, terms, language) };
}

export class BadCondition extends Error {
  readonly fault: ConditionFault;

  constructor(fault: ConditionFault) {
    super(fault.key);
    this.fault = fault;
  }
}

function treeOf(node: ASTNode, terms: Terms, language: Language): Node {
  switch (node.op) {
    case '&&':
    case '||': {
      const op = node.op === '&&' ? 'and' : 'or';
      const [left, right] = node.args;
      const kids = [treeOf(left, terms, language), treeOf(right, terms, language)];
      return { op, kids: kids.flatMap((kid) => (kid.op === op ? kid.kids : [kid])) };
    }
    case '!_':
      return { op: 'not', kid: treeOf(node.args, terms, language) };
    case '?:': {
      const [test, yes, no] = node.args;
      return {
        op: 'if',
        test: treeOf(test, terms, language),
        yes: treeOf(yes, terms, language),
        no: treeOf(no, terms, language),
      };
    }
    case 'value':
      if (typeof node.args === 'boolean') return { op: 'value', value: node.args };
      return atomOf(node, language);
    case 'call':
      return engineQuestion(node, terms) ?? atomOf(node, language);
    default:
      return atomOf(node, language);
  }
}

function engineQuestion(node: ASTNode, terms: Terms): Node | undefined {
  const [name, args] = node.args as [string, readonly ASTNode[]];
  const [only] = args;
  const word = only?.op === 'value' && typeof only.args === 'string' ? only.args : undefined;
  if (word === undefined) return undefined;
  if (name === 'owed') return { op: 'owed', duty: word };
  if (name === 'since') return { op: 'since', date: word };
  if (name !== 'term') return undefined;
  const term = terms.get(word);
  if (!term)
    throw new BadCondition({ key: 'unknown-term', offset: only?.start ?? 0, values: { given: word } });
  return { op: 'term', term: termOf(term.root) };
}

const made = new WeakMap<Node, Term>();

function termOf(root: Node): Term {
  const kept = made.get(root);
  if (kept) return kept;
  const term: Term = { root, dated: asksTheDay(root) };
  made.set(root, term);
  return term;
}

function asksTheDay(node: Node): boolean {
  return node.op === 'since' || kidsOfNode(node).some(asksTheDay);
}

function kidsOfNode(node: Node): readonly Node[] {
  switch (node.op) {
    case 'and':
    case 'or':
      return node.kids;
    case 'not':
      return [node.kid];
    case 'if':
      return [node.test, node.yes, node.no];
    case 'term':
      return [node.term.root];
    default:
      return [];
  }
}

function atomOf(node: ASTNode, { env, atoms }: Language): Node {
  const text = serialize(node);
  const kept = atoms.get(text);
  if (kept) return { op: 'atom', atom: kept };
  const run = env.parse(text);
  const question = plainQuestion(node);
  const atom: Atom = {
    index: atoms.size,
    text,
    paths: pathsOf(node),
    strict: isStrict(node),
    ...(question ? { question } : {}),
    run: (context) => run(context) as unknown,
  };
  atoms.set(text, atom);
  return { op: 'atom', atom };
}

function plainQuestion(node: ASTNode): Atom['question'] {
  if (node.op !== 'call') return undefined;
  const [name, args] = node.args as [string, readonly ASTNode[]];
  const question = Object.hasOwn(QUESTIONS, name) ? QUESTIONS[name] : undefined;
  if (question?.takes.length !== args.length) return undefined;
  const given = args.map((one) => (one.op === 'value' ? (one.args as unknown) : undefined));
  const word = given.find((value) => typeof value === 'string') ?? '';
  const number = given.find((value) => typeof value === 'bigint') ?? 0n;
  const plain = question.takes.every((type, i) => typeof given[i] === (type === 'int' ? 'bigint' : 'string'));
  return plain ? (facts, filings) => question.ask(facts, filings, word, Number(number)) : undefined;
}

const STRICT = new Set(['id', '.', 'value', 'list', '==', '!=', 'in', '<', '<=', '>', '>=']);

/** Comparisons of facts with words and numbers; whatever else CEL has may do without a fact. */
function isStrict(node: ASTNode): boolean {
  return STRICT.has(node.op) && kidsOf(node.args).every(isStrict);
}

/** Names of the facts that an expression reads: `risk`, `data.encrypted`. */
export function pathsOf(node: ASTNode): readonly string[] {
  const paths = new Set<string>();
  visit(node, (one) => {
    const path = pathOf(one);
    if (path === undefined) return true;
    paths.add(path);
    return false;
  });
  return [...paths];
}

/** `data.encrypted` of a field access, `risk` of a name; undefined of anything else. */
export function pathOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return undefined;
  const [object, field] = node.args;
  const before = pathOf(object);
  return before === undefined ? undefined : `${before}.${field}`;
}

/** Walks an expression from the outside in; `enter` returns false to leave a branch alone. */
export function visit(node: ASTNode, enter: (node: ASTNode) => boolean): void {
  if (!enter(node)) return;
  for (const kid of kidsOf(node.args)) visit(kid, enter);
}

function kidsOf(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(kidsOf);
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : [];
}

/** Ids of the duties that a condition asks `owed()` of. */
export function owedIn(node: Node): readonly string[] {
  return node.op === 'owed' ? [node.duty] : kidsOfNode(node).flatMap(owedIn);
}
