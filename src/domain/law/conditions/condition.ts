import type { Environment } from '@marcbachmann/cel-js';
import type { Facts } from '../types.ts';
import { LANGUAGE } from './language.ts';
import { noPlans, planOf, type AtomPlan, type Plan, type Plans } from './plan.ts';
import { QUESTIONS, type Filings } from './questions.ts';
import type { Truth } from './truth.ts';

/** One yes-or-no that has no logic inside. Atoms are shared: the same words are the same atom in every condition. */
export interface Atom extends Pick<AtomPlan, 'paths' | 'strict'> {
  readonly index: number;
  readonly text: string;
  /** Where it is nothing but a question of the domain with plain words: that question, asked without CEL. */
  readonly question: ((facts: Facts, filings: Filings) => Truth) | undefined;
  readonly run: (context: Record<string, unknown>) => unknown;
}

/** A condition as a tree over atoms: the engine itself joins yes, no and unknown, so that CEL swallows nothing. */
export type Node =
  | { readonly op: 'and' | 'or'; readonly kids: readonly Node[] }
  | { readonly op: 'not'; readonly kid: Node }
  | { readonly op: 'if'; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly op: 'atom'; readonly atom: Atom }
  | { readonly op: 'term'; readonly term: Condition }
  | { readonly op: 'owed'; readonly duty: string }
  | { readonly op: 'since'; readonly date: string }
  | { readonly op: 'value'; readonly value: boolean };

export interface Condition {
  readonly text: string;
  readonly root: Node;
  /** Whether its answer turns on the day by whose law it is asked. */
  readonly dated: boolean;
}

/** Why a text is no condition; `offset` counts characters from its start. */
export interface ConditionFault {
  readonly key: string;
  readonly offset: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What conditions may say, and what was read in it so far; an evaluation belongs to one language. */
export interface Language {
  readonly env: Environment;
  readonly atoms: Map<string, Atom>;
  readonly plans: Plans;
}

export function languageWith(env: Environment): Language {
  return { env, atoms: new Map(), plans: noPlans() };
}

/** The language of the law; a playbook's is this one with its own questions beside the facts. */
export const OF_THE_LAW: Language = languageWith(LANGUAGE);

/** What the build has read, as data; see {@link plansRead}. */
export interface KeptPlans {
  readonly conditions: Readonly<Record<string, Plan>>;
  readonly atoms: Readonly<Record<string, AtomPlan>>;
}

/** Every condition of the law that was read so far, to be kept beside the law files. */
export function plansRead({ plans }: Language = OF_THE_LAW): KeptPlans {
  return { conditions: Object.fromEntries(plans.conditions), atoms: Object.fromEntries(plans.atoms) };
}

/** Takes over what was read before: what stands in it is not read again. */
export function takePlans(kept: KeptPlans, { plans }: Language = OF_THE_LAW): void {
  for (const [text, plan] of Object.entries(kept.conditions)) plans.conditions.set(text, plan);
  for (const [text, plan] of Object.entries(kept.atoms)) plans.atoms.set(text, plan);
}

/** Named conditions of a law file (`term("personal-breach")`), already compiled: asked by many, answered once. */
export type Terms = ReadonlyMap<string, Condition>;

/** Reads and type-checks a condition, or throws a {@link BadCondition}. Terms stand in for their words. */
export function compileCondition(text: string, terms: Terms, language: Language = OF_THE_LAW): Condition {
  const root = bind(planOf(text, language.env, language.plans), terms, language);
  return { text, root, dated: asksTheDay(root) };
}

export class BadCondition extends Error {
  readonly fault: ConditionFault;

  constructor(fault: ConditionFault) {
    super(fault.key);
    this.fault = fault;
  }
}

function bind(plan: Plan, terms: Terms, language: Language): Node {
  if (typeof plan === 'string') return { op: 'atom', atom: atomOf(plan, language) };
  if (typeof plan === 'boolean') return { op: 'value', value: plan };
  const each = (plans: readonly Plan[]): readonly Node[] => plans.map((one) => bind(one, terms, language));
  if ('and' in plan) return { op: 'and', kids: each(plan.and) };
  if ('or' in plan) return { op: 'or', kids: each(plan.or) };
  if ('not' in plan) return { op: 'not', kid: bind(plan.not, terms, language) };
  if ('owed' in plan) return { op: 'owed', duty: plan.owed };
  if ('since' in plan) return { op: 'since', date: plan.since };
  if ('if' in plan) {
    const [test, yes, no] = plan.if;
    return {
      op: 'if',
      test: bind(test, terms, language),
      yes: bind(yes, terms, language),
      no: bind(no, terms, language),
    };
  }
  const term = terms.get(plan.term);
  if (!term) throw new BadCondition({ key: 'unknown-term', offset: plan.at, values: { given: plan.term } });
  return { op: 'term', term };
}

function atomOf(text: string, { env, atoms, plans }: Language): Atom {
  const kept = atoms.get(text);
  if (kept) return kept;
  const plan = plans.atoms.get(text);
  if (!plan) throw new Error(`never read: ${text}`);
  const { paths, strict, asks } = plan;
  const question = asks && QUESTIONS[asks.question];
  // Most atoms are never asked of CEL: their words are compiled when they are.
  let program: ReturnType<Environment['parse']> | undefined;
  const atom: Atom = {
    index: atoms.size,
    text,
    paths,
    strict,
    question: question && ((facts, filings) => question.ask(facts, filings, asks.word, asks.n)),
    run: (context) => (program ??= env.parse(text))(context) as unknown,
  };
  atoms.set(text, atom);
  return atom;
}

function asksTheDay(node: Node): boolean {
  if (node.op === 'term') return node.term.dated;
  return node.op === 'since' || kidsOf(node).some(asksTheDay);
}

/** Ids of the duties that a condition asks `owed()` of. */
export function owedIn(node: Node): readonly string[] {
  return node.op === 'owed' ? [node.duty] : kidsOf(node).flatMap(owedIn);
}

function kidsOf(node: Node): readonly Node[] {
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
