import { Environment } from '@marcbachmann/cel-js';
import { dutyOf } from '../facts.ts';
import { anyoneOf, atLeast, atLeastInOneState, peopleIn, peopleOf, type Answer } from '../people.ts';
import { liesIn } from '../places.ts';
import type { Facts } from '../types.ts';
import type { SignificantBy } from '../vocabulary.ts';

/** Raised by a question that the facts leave open; the engine's third value, never a failure. */
export class FactUnknown extends Error {
  readonly code = 'fact_unknown';
  readonly missing: readonly string[];

  constructor(missing: readonly string[]) {
    super('fact unknown');
    this.missing = missing;
  }
}

/** What a question may ask beside the facts: which ids stand for a duty's filings (itself, its forms). */
export interface Filings {
  standsFor(dutyId: string): readonly string[];
}

const PLAIN: Filings = { standsFor: (id) => [id] };

// Handlers get no context from CEL: evaluation is synchronous, so what is being judged stands here while it runs.
let judged: Facts | undefined;
let filings: Filings = PLAIN;
let raised: unknown;

function facts(): Facts {
  if (!judged) throw new Error('a question was asked outside an evaluation');
  return judged;
}

function settle(answer: Answer): boolean {
  if (answer.known) return answer.value;
  throw new FactUnknown(answer.missing);
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new FactUnknown([name]);
  return value;
}

/** Whether we are established in a place: our main establishment is one of them, whatever else is known. */
export function establishedIn(of: Facts, asked: string): Answer {
  if (of.mainEstablishment !== undefined && liesIn(of.mainEstablishment, asked) === 'yes') {
    return { known: true, value: true };
  }
  if (of.establishments === undefined) return { known: false, missing: ['establishments'] };
  const answers = of.establishments.map((place) => liesIn(place, asked));
  if (answers.includes('yes')) return { known: true, value: true };
  return answers.includes('maybe')
    ? { known: false, missing: ['establishments'] }
    : { known: true, value: false };
}

function holdsData(of: Facts, category: string): boolean {
  const categories: readonly string[] = known(of.data.categories, 'data.categories');
  if (categories.includes(category)) return true;
  if (category !== 'online-credentials' || !categories.includes('email')) return false;
  if (categories.includes('password-plain')) return true;
  // Whether a hash can be turned back is for a person to say, by naming the credentials or dropping the hash.
  if (categories.includes('password-hash')) throw new FactUnknown(['data.categories']);
  return false;
}

function filingsOf(dutyId: string): readonly { readonly complete: boolean }[] {
  const ids = filings.standsFor(dutyId);
  return [...facts().filed].filter(([key]) => ids.includes(dutyOf(key))).map(([, filing]) => filing);
}

function isKnown(of: Facts, name: string): boolean {
  return (of.moments as Record<string, unknown>)[name] !== undefined;
}

const HANDLERS: Readonly<Record<string, (...args: never[]) => boolean>> = {
  'peopleIn(string): bool': (place: string) => settle(peopleIn(facts(), place)),
  'moreThan(string, int): bool': (place: string, n: bigint) => settle(atLeast(facts(), place, Number(n) + 1)),
  'atLeast(string, int): bool': (place: string, n: bigint) => settle(atLeast(facts(), place, Number(n))),
  // For laws that say 'or the number is unknown': what is unknown counts as more.
  'mayBeMoreThan(string, int): bool': (place: string, n: bigint) =>
    (peopleOf(facts(), place)?.most ?? Infinity) > Number(n),
  'moreThanInOneState(int): bool': (n: bigint) => settle(atLeastInOneState(facts(), Number(n) + 1)),
  'atLeastInOneState(int): bool': (n: bigint) => settle(atLeastInOneState(facts(), Number(n))),
  'group(string): bool': (group: string) => settle(anyoneOf(facts(), group)),
  'roleIs(string): bool': (role: string) => known(facts().role, 'role').some((one) => one === role),
  'establishedIn(string): bool': (place: string) => settle(establishedIn(facts(), place)),
  'sector(string): bool': (sector: string) => known(facts().sectors, 'sectors').some((one) => one === sector),
  'data(string): bool': (category: string) => holdsData(facts(), category),
  'anyData(): bool': () => known(facts().data.categories, 'data.categories').length > 0,
  'significantBy(string): bool': (law: SignificantBy) =>
    facts().significantBy[law] ?? known(facts().significant, 'significant'),
  'happened(string): bool': (moment: string) => {
    if (!isKnown(facts(), moment)) throw new FactUnknown([moment]);
    return true;
  },
  'filed(string): bool': (duty: string) => filingsOf(duty).length > 0,
  'incomplete(string): bool': (duty: string) => filingsOf(duty).some((filing) => !filing.complete),
  'ordered(string): bool': (duty: string) => facts().orders.some((order) => order.duty === duty),
  'answered(string): bool': (duty: string) => known(facts().answered.get(duty), `answered.${duty}`),
};

/** `owed("any-authority")`: whether any other duty to tell an authority is owed. */
export const ANY_AUTHORITY = 'any-authority';

/** Questions about other duties and about the law's own dates: the engine answers them, never CEL. */
export const ENGINE_QUESTIONS = ['owed', 'since', 'term'] as const;

/** A failure that is no unknown fact must be heard even where `||` would swallow it. */
function loud(handler: (...args: never[]) => boolean): (...args: never[]) => boolean {
  return (...args) => {
    try {
      return handler(...args);
    } catch (error) {
      if (!(error instanceof FactUnknown)) raised = error;
      throw error;
    }
  };
}

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
  for (const [signature, handler] of Object.entries(HANDLERS)) env.registerFunction(signature, loud(handler));
  for (const name of ENGINE_QUESTIONS) {
    env.registerFunction(`${name}(string): bool`, () => {
      throw new Error(`${name}() stands only as a condition of its own`);
    });
  }
  return env;
}

const BOOLS = [
  'listed',
  'cyberInsurance',
  'significant',
  'criticalImpact',
  'cyber',
  'malicious',
  'ransomware',
  'inadvertent',
  'threat',
  'exploitedVulnerability',
  'ongoing',
  'paid',
  'clientsMoney',
  'idProtectionSource',
  'doraExcepted',
] as const;

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
export function asking<T>(of: Facts, by: Filings, run: () => T): T {
  const before = { judged, filings, raised };
  judged = of;
  filings = by;
  raised = undefined;
  try {
    const result = run();
    if (raised !== undefined) throw new ConditionFailed(raised);
    return result;
  } finally {
    ({ judged, filings, raised } = before);
  }
}

/** A condition failed although no fact was missing: a fault of the law file or of this program. */
export class ConditionFailed extends Error {
  constructor(cause: unknown, condition?: string) {
    super(`condition failed${condition === undefined ? '' : `: ${condition}`}`, { cause });
  }
}
