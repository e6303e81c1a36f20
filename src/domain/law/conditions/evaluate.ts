import type { Facts } from '../types.ts';
import type { Atom, Condition, Node } from './condition.ts';
import { asking, ConditionFailed, contextOf, FactUnknown } from './language.ts';
import type { Filings } from './questions.ts';
import { choose, not, union, unknown, type Truth, type Unknown } from './truth.ts';

/** What the tree asks of the engine for the duty that is being judged. */
export interface DutyContext {
  owed(dutyId: string): Truth;
  /** The day by whose law the duty is judged, in ISO form. */
  readonly day: string;
}

/** Answers of all atoms and terms to one set of facts, each asked once. */
export class Evaluation {
  readonly facts: Facts;
  private readonly filings: Filings;
  private readonly context: Record<string, unknown>;
  private readonly answers: (Truth | undefined)[] = [];
  private readonly terms = new Map<Condition, { readonly day: string; readonly truth: Truth }>();
  private asked = 0;

  /** @param beside variables that the language has beside the facts (a playbook's `answers`, `duties`) */
  constructor(facts: Facts, filings: Filings, beside: Readonly<Record<string, unknown>> = {}) {
    this.facts = facts;
    this.filings = filings;
    this.context = { ...contextOf(facts), ...beside };
  }

  /** How many different things were asked of the facts, and how often CEL was run for it. */
  get evaluations(): { readonly atoms: number; readonly cel: number } {
    return { atoms: Object.keys(this.answers).length, cel: this.asked };
  }

  truth(node: Node, duty: DutyContext): Truth {
    switch (node.op) {
      case 'atom':
        return (this.answers[node.atom.index] ??= this.ask(node.atom));
      case 'and':
        return this.joined(node.kids, duty, false);
      case 'or':
        return this.joined(node.kids, duty, true);
      case 'not':
        return not(this.truth(node.kid, duty));
      case 'if':
        return choose(
          this.truth(node.test, duty),
          () => this.truth(node.yes, duty),
          () => this.truth(node.no, duty),
        );
      case 'term':
        return this.term(node.term, duty);
      case 'owed':
        return duty.owed(node.duty);
      case 'since':
        return duty.day >= node.date;
      case 'value':
        return node.value;
    }
  }

  /** `settles` as soon as one is that (no for `&&`, yes for `||`); else unknown, for the reasons of those that are. */
  private joined(kids: readonly Node[], duty: DutyContext, settles: boolean): Truth {
    let open: Unknown[] | undefined;
    for (const kid of kids) {
      const truth = this.truth(kid, duty);
      if (truth === settles) return settles;
      if (typeof truth === 'object') (open ??= []).push(truth);
    }
    return open ? union(open) : !settles;
  }

  private term(term: Condition, duty: DutyContext): Truth {
    const kept = this.terms.get(term);
    if (kept && (!term.dated || kept.day === duty.day)) return kept.truth;
    const truth = this.truth(term.root, duty);
    this.terms.set(term, { day: duty.day, truth });
    return truth;
  }

  private ask(atom: Atom): Truth {
    if (atom.question) return atom.question(this.facts, this.filings);
    if (atom.strict) {
      const missing = this.missingOf(atom);
      if (missing.length > 0) return unknown(missing);
    }
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
