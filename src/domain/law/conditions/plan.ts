import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { serialize } from '@marcbachmann/cel-js';
import { QUESTIONS } from './questions.ts';

/**
 * What a condition says, apart from any facts: plain data, so that the build can keep it and no start reads CEL again.
 * A text is an atom: a yes-or-no that has no logic inside.
 */
export type Plan =
  | string
  | boolean
  | { readonly and: readonly Plan[] }
  | { readonly or: readonly Plan[] }
  | { readonly not: Plan }
  | { readonly if: readonly [test: Plan, yes: Plan, no: Plan] }
  | { readonly owed: string }
  | { readonly since: string }
  /** `at` is where the name stands in the condition, in characters. */
  | { readonly term: string; readonly at: number };

/** What an atom asks. */
export interface AtomPlan {
  /** The facts that it reads by name; what a function asks the function names itself. */
  readonly paths: readonly string[];
  /** Whether a fact that is not there always leaves it open, so that CEL need not be asked. */
  readonly strict: boolean;
  /** Where it is nothing but a question of the domain with plain words. */
  readonly asks?: { readonly question: string; readonly word: string; readonly n: number };
}

/** Everything read so far, by its text. */
export interface Plans {
  readonly conditions: Map<string, Plan>;
  readonly atoms: Map<string, AtomPlan>;
}

export function noPlans(): Plans {
  return { conditions: new Map(), atoms: new Map() };
}

/** Reads a condition that is sound by its grammar and types. @throws what CEL says of one that is not */
export function planOf(text: string, env: Environment, plans: Plans): Plan {
  const kept = plans.conditions.get(text);
  if (kept !== undefined) return kept;
  const plan = read(env.parse(text).ast, plans);
  plans.conditions.set(text, plan);
  return plan;
}

function read(node: ASTNode, plans: Plans): Plan {
  switch (node.op) {
    case '&&':
      return { and: node.args.flatMap((kid) => flat(read(kid, plans), 'and')) };
    case '||':
      return { or: node.args.flatMap((kid) => flat(read(kid, plans), 'or')) };
    case '!_':
      return { not: read(node.args, plans) };
    case '?:': {
      const [test, yes, no] = node.args;
      return { if: [read(test, plans), read(yes, plans), read(no, plans)] };
    }
    case 'value':
      return typeof node.args === 'boolean' ? node.args : atom(node, plans);
    case 'call':
      return engineQuestion(node) ?? atom(node, plans);
    default:
      return atom(node, plans);
  }
}

/** `a && (b && c)` is one list. */
function flat(plan: Plan, op: 'and' | 'or'): readonly Plan[] {
  if (typeof plan !== 'object') return [plan];
  if (op === 'and') return 'and' in plan ? plan.and : [plan];
  return 'or' in plan ? plan.or : [plan];
}

function engineQuestion(node: ASTNode): Plan | undefined {
  const [name, args] = node.args as [string, readonly ASTNode[]];
  const [only] = args;
  if (only?.op !== 'value' || typeof only.args !== 'string') return undefined;
  const word = only.args;
  if (name === 'owed') return { owed: word };
  if (name === 'since') return { since: word };
  return name === 'term' ? { term: word, at: only.start } : undefined;
}

function atom(node: ASTNode, { atoms }: Plans): string {
  const text = serialize(node);
  if (!atoms.has(text)) {
    const asks = plainQuestion(node);
    atoms.set(text, { paths: pathsOf(node), strict: isStrict(node), ...(asks ? { asks } : {}) });
  }
  return text;
}

function plainQuestion(node: ASTNode): AtomPlan['asks'] {
  if (node.op !== 'call') return undefined;
  const [question, args] = node.args as [string, readonly ASTNode[]];
  const takes = Object.hasOwn(QUESTIONS, question) ? QUESTIONS[question]?.takes : undefined;
  if (takes?.length !== args.length) return undefined;
  const given = args.map((one) => (one.op === 'value' ? (one.args as unknown) : undefined));
  const plain = takes.every((type, i) => typeof given[i] === (type === 'int' ? 'bigint' : 'string'));
  if (!plain) return undefined;
  const word = given.find((value) => typeof value === 'string') ?? '';
  return { question, word, n: Number(given.find((value) => typeof value === 'bigint') ?? 0n) };
}

const STRICT = new Set(['id', '.', 'value', 'list', '==', '!=', 'in', '<', '<=', '>', '>=']);

/** Comparisons of facts with words and numbers; whatever else CEL has may do without a fact. */
function isStrict(node: ASTNode): boolean {
  return STRICT.has(node.op) && kidsOf(node.args).every(isStrict);
}

/** Names of the facts that an expression reads: `risk`, `data.encrypted`. */
function pathsOf(node: ASTNode): readonly string[] {
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
