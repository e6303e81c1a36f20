import type { Facts } from '../types.ts';
import type { Atom, Node } from './condition.ts';
import { asking, ConditionFailed, contextOf, FactUnknown, type Filings } from './questions.ts';
import { allOf, anyOf, choose, not, unknown, type Truth } from './truth.ts';

/** What the tree asks of the engine for the duty that is being judged. */
export interface DutyContext {
  owed(dutyId: string): Truth;
  /** The day by whose law the duty is judged, in ISO form. */
  readonly day: string;
}

/** Answers of all atoms to one set of facts, each asked once. */
export class Evaluation {
  readonly facts: Facts;
  private readonly filings: Filings;
  private readonly context: Record<string, unknown>;
  private readonly answers: (Truth | undefined)[] = [];
  private asked = 0;

  /** @param beside variables that the language has beside the facts (a playbook's `answers`, `duties`) */
  constructor(facts: Facts, filings: Filings, beside: Readonly<Record<string, unknown>> = {}) {
    this.facts = facts;
    this.filings = filings;
    this.context = { ...contextOf(facts), ...beside };
  }

  /** How often CEL was run. */
  get evaluations(): number {
    return this.asked;
  }

  truth(node: Node, duty: DutyContext): Truth {
    switch (node.op) {
      case 'atom':
        return (this.answers[node.atom.index] ??= this.ask(node.atom));
      case 'and':
        return allOf(this.each(node.kids, duty));
      case 'or':
        return anyOf(this.each(node.kids, duty));
      case 'not':
        return not(this.truth(node.kid, duty));
      case 'if':
        return choose(
          this.truth(node.test, duty),
          () => this.truth(node.yes, duty),
          () => this.truth(node.no, duty),
        );
      case 'owed':
        return duty.owed(node.duty);
      case 'since':
        return duty.day >= node.date;
      case 'value':
        return node.value;
    }
  }

  private *each(nodes: readonly Node[], duty: DutyContext): Generator<Truth> {
    for (const node of nodes) yield this.truth(node, duty);
  }

  private ask(atom: Atom): Truth {
    this.asked += 1;
    try {
      const value = asking(this.facts, this.filings, () => atom.run(this.context));
      if (typeof value !== 'boolean') throw new TypeError('a condition is yes or no');
      return value;
    } catch (error) {
      if (error instanceof FactUnknown) return unknown(error.missing);
      if (isMissingFact(error)) return unknown(this.missingOf(atom));
      throw error instanceof ConditionFailed ? error : new ConditionFailed(error, atom.text);
    }
  }

  private missingOf(atom: Atom): readonly string[] {
    return atom.paths.filter((path) => {
      const [head = '', field] = path.split('.');
      const value = this.context[head];
      if (value === undefined) return true;
      return field !== undefined && (value as Record<string, unknown>)[field] === undefined;
    });
  }
}

/** CEL's two ways of saying that a fact is not there. */
function isMissingFact(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'unknown_variable' || code === 'no_such_key';
}
