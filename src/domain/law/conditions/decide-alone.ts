import type { Decides } from '../duty-deadline.ts';
import { parseFacts } from '../facts.ts';
import type { WrittenLaw } from '../written-law.ts';
import { compileCondition, type Condition } from './condition.ts';
import { Evaluation } from './evaluate.ts';
import { unknown } from './truth.ts';

/** Answers conditions of periods from a few facts, apart from any incident: what is owed elsewhere is unknown. */
export function decidesBy(law: WrittenLaw): Decides {
  return {
    faults(facts) {
      const parsed = parseFacts(facts);
      return parsed.ok ? [] : parsed.error.problems;
    },
    truth(duty, when, facts) {
      const parsed = parseFacts(facts);
      if (!parsed.ok) return unknown([]);
      const terms = new Map<string, Condition>();
      for (const [name, term] of Object.entries(law.termsOf(duty.id)))
        terms.set(name, compileCondition(term.when, terms));
      const evaluation = new Evaluation(parsed.value, { standsFor: (id) => [id] });
      const context = { owed: () => unknown(['owed']), day: '9999-12-31' };
      return evaluation.truth(compileCondition(when, terms).root, context);
    },
  };
}
