import { FLAGS } from '../law/types.ts';
import type { Facts } from '../law/types.ts';
import { MOMENTS } from '../law/vocabulary.ts';
import type { Answers, Matter } from './types.ts';

type Reader = (facts: Facts) => unknown;

/** The facts that a gate may ask for, by the names of the facts contract. */
const READERS: Readonly<Record<string, Reader>> = {
  role: (facts) => facts.role,
  establishments: (facts) => facts.establishments,
  sectors: (facts) => facts.sectors,
  cyberInsurance: (facts) => facts.cyberInsurance,
  risk: (facts) => facts.risk,
  significant: (facts) => facts.significant,
  subjects: (facts) => facts.subjects,
  'breach.confidentiality': (facts) => facts.breach.confidentiality,
  'breach.integrity': (facts) => facts.breach.integrity,
  'breach.availability': (facts) => facts.breach.availability,
  'data.categories': (facts) => facts.data.categories,
  'data.encrypted': (facts) => facts.data.encrypted,
  'data.keyCompromised': (facts) => facts.data.keyCompromised,
  'data.accessCode': (facts) => facts.data.accessCode,
  'data.medium': (facts) => facts.data.medium,
  'service.affected': (facts) => facts.service.affected,
  'service.hours': (facts) => facts.service.hours,
  ...Object.fromEntries(FLAGS.map((name): [string, Reader] => [name, (facts) => facts.flags[name]])),
  ...Object.fromEntries(MOMENTS.map((name): [string, Reader] => [name, (facts) => facts.moments[name]])),
};

/** Names of the facts that a gate may ask for. */
export const GATE_FACTS: readonly string[] = Object.keys(READERS);

/** 'Unknown, because …' answers every fact but this one: without it no clock runs. */
const NEVER_UNKNOWN = 'awareAt';

export interface Known {
  readonly facts: Facts;
  readonly answers: Answers;
  /** Facts and answers to which a person said 'unknown, because …'. */
  readonly unknownBecause: ReadonlySet<string>;
  /** What stands of the matters of the incident. */
  readonly matters: ReadonlySet<Matter>;
}

/** Whether a name of a gate is answered: known, or unknown with a reason. */
export function isAnswered(name: string, known: Known): boolean {
  if (known.unknownBecause.has(name) && name !== NEVER_UNKNOWN) return true;
  const reader = READERS[name];
  if (reader !== undefined) return reader(known.facts) !== undefined;
  if (name.startsWith('answers.')) return known.answers[name.slice('answers.'.length)] !== undefined;
  return (known.matters as ReadonlySet<string>).has(name);
}
