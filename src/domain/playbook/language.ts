import { Temporal } from 'temporal-polyfill';
import { compileCondition, languageWith } from '../law/conditions/condition.ts';
import type { Condition, Language } from '../law/conditions/condition.ts';
import { Evaluation } from '../law/conditions/evaluate.ts';
import { LANGUAGE } from '../law/conditions/language.ts';
import type { Truth } from '../law/conditions/truth.ts';
import type { Facts } from '../law/types.ts';
import type { Answer, Answers, Ask, AskType, DutiesAtStake } from './types.ts';

const CEL_TYPES: Readonly<Record<AskType, string>> = {
  bool: 'bool',
  choice: 'string',
  int: 'int',
  instant: 'google.protobuf.Timestamp',
};

/** The law's language with the playbook's own questions (`answers.*`) and the law's results (`duties.*`) beside it. */
export function languageOf(asks: readonly Ask[]): Language {
  const env = LANGUAGE.clone();
  env.registerVariable({ name: 'duties', schema: { authority: 'bool', people: 'bool' } });
  const answers = Object.fromEntries(asks.map((ask) => [ask.id, CEL_TYPES[ask.type]]));
  if (asks.length > 0) env.registerVariable({ name: 'answers', schema: answers });
  return languageWith(env);
}

export interface ConditionInput {
  readonly facts: Facts;
  readonly answers: Answers;
  readonly duties: DutiesAtStake;
}

/** The conditions of one playbook, each read once, ready to be asked again and again. */
export class Conditions {
  private readonly language: Language;
  private readonly compiled = new Map<string, Condition>();

  constructor(asks: readonly Ask[]) {
    this.language = languageOf(asks);
  }

  /** Asks conditions of one state of an incident; answers to the same words are shared. */
  asked({ facts, answers, duties }: ConditionInput): (text: string) => Truth {
    const beside = { answers: asCel(answers), duties };
    const evaluation = new Evaluation(facts, NO_FORMS, beside);
    return (text) => evaluation.truth(this.read(text).root, NO_DUTY);
  }

  private read(text: string): Condition {
    const known = this.compiled.get(text);
    if (known !== undefined) return known;
    const condition = compileCondition(text, NO_TERMS, this.language);
    this.compiled.set(text, condition);
    return condition;
  }
}

const NO_TERMS = new Map<string, Condition>();
const NO_FORMS = { standsFor: (duty: string) => [duty] };
// The linter refuses `owed` and `since` in playbooks: they speak of a duty that is being judged.
const NO_DUTY = { owed: () => false, day: '' };

function asCel(answers: Answers): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, celValue(answer)]));
}

/** CEL counts in BigInt and tells time in Date. */
function celValue(answer: Answer): unknown {
  if (typeof answer === 'number') return BigInt(answer);
  return answer instanceof Temporal.Instant ? new Date(answer.epochMilliseconds) : answer;
}
