import { Environment } from '@marcbachmann/cel-js';
import { FLAGS, type Facts } from '../types.ts';
import { ENGINE_QUESTIONS, QUESTIONS, type Filings, type Signed } from './questions.ts';
import { isUnknown } from './truth.ts';

/** Raised by a question that the facts leave open; the engine's third value, never a failure. */
export class FactUnknown extends Error {
  readonly code = 'fact_unknown';
  readonly missing: readonly string[];

  constructor(missing: readonly string[]) {
    super('fact unknown');
    this.missing = missing;
  }
}

interface Asking {
  readonly facts: Facts;
  readonly filings: Filings;
}

// Handlers get no context from CEL: evaluation is synchronous, so what is being judged stands here while it runs.
let judged: Asking | undefined;
let raised: unknown;

/** A question as CEL calls it. A failure that is no unknown fact must be heard even where `||` would swallow it. */
function handler({ takes, ask }: Signed): (...args: unknown[]) => boolean {
  return (...args) => {
    try {
      if (!judged) throw new Error('a question was asked outside an evaluation');
      const word = takes[0] === 'string' ? String(args[0]) : '';
      const number = takes.at(-1) === 'int' ? Number(args.at(-1)) : 0;
      const truth = ask(judged.facts, judged.filings, word, number);
      if (isUnknown(truth)) throw new FactUnknown(truth.missing);
      return truth;
    } catch (error) {
      if (!(error instanceof FactUnknown)) raised = error;
      throw error;
    }
  };
}

const BOOLS = ['listed', 'cyberInsurance', 'significant', ...FLAGS, 'doraExcepted'] as const;

function environment(): Environment {
  const env = new Environment({ limits: { maxDepth: 50, maxListElements: 200, maxAstNodes: 2000 } });
  for (const name of ['risk', 'firmSize', 'databaseLevel']) env.registerVariable(name, 'string');
  for (const name of BOOLS) env.registerVariable(name, 'bool');
  env.registerVariable('turnoverAud', 'double');
  const bools = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, 'bool']));
  env.registerVariable({ name: 'breach', schema: bools(['confidentiality', 'integrity', 'availability']) });
  env.registerVariable({
    name: 'data',
    schema: {
      ...bools(['encrypted', 'keyCompromised', 'accessCode']),
      categories: 'list<string>',
      medium: 'string',
    },
  });
  env.registerVariable({ name: 'service', schema: { affected: 'bool', hours: 'double' } });
  env.registerVariable({ name: 'directLoss', schema: { amount: 'double', currency: 'string' } });
  env.registerVariable({ name: 'exceptions', schema: bools(['riskRemoved', 'disproportionateEffort']) });
  for (const [name, question] of Object.entries(QUESTIONS))
    env.registerFunction(`${name}(${question.takes.join(', ')}): bool`, handler(question));
  for (const name of ENGINE_QUESTIONS) {
    env.registerFunction(`${name}(string): bool`, () => {
      throw new Error(`${name}() stands only as a condition of its own`);
    });
  }
  return env;
}

/** The one language of all conditions. */
export const LANGUAGE: Environment = environment();

/** The facts as CEL reads them: what is unknown is left out, never null. */
export function contextOf(of: Facts): Record<string, unknown> {
  const context: Record<string, unknown> = {
    ...of.flags,
    breach: of.breach,
    data: of.data,
    service: of.service,
    directLoss: of.directLoss,
    exceptions: of.exceptions,
    doraExcepted: of.doraExcepted,
    // The contract of facts: unknown is 'larger', whose date is the earlier.
    firmSize: of.firmSize ?? 'larger',
  };
  for (const name of [
    'risk',
    'databaseLevel',
    'listed',
    'cyberInsurance',
    'significant',
    'turnoverAud',
  ] as const) {
    if (of[name] !== undefined) context[name] = of[name];
  }
  return context;
}

/** Runs something with these facts before the questions; a swallowed failure of a question is thrown afterwards. */
export function asking<T>(facts: Facts, filings: Filings, run: () => T): T {
  const before = { judged, raised };
  judged = { facts, filings };
  raised = undefined;
  try {
    const result = run();
    if (raised !== undefined) throw new ConditionFailed(raised);
    return result;
  } finally {
    ({ judged, raised } = before);
  }
}

/** A condition failed although no fact was missing: a fault of the law file or of this program. */
export class ConditionFailed extends Error {
  constructor(cause: unknown, condition?: string) {
    super(`condition failed${condition === undefined ? '' : `: ${condition}`}`, { cause });
  }
}
