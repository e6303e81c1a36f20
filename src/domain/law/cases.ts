import Joi from 'joi';
import { parseFacts } from './facts.ts';
import { Source } from './regime/source.ts';
import { severityOf, type Severity } from './severity.ts';
import type { Facts, FactsInput, LintProblem } from './types.ts';
import { RISKS, type DataCategory, type Risk } from './vocabulary.ts';

/** What an authority says that is to be done: document it, notify the authority, tell the people. */
export interface CaseAnswer {
  readonly document: boolean;
  readonly authority: boolean;
  readonly people: boolean;
}

/** A published example of a breach: what happened, and what is to be done about it. */
export interface ExampleCase {
  readonly id: string;
  /** Its number in its source. */
  readonly number: number;
  readonly title: string;
  readonly story: string;
  readonly facts: Facts;
  /** The facts as they are written, to be judged together with where and when. */
  readonly written: FactsInput;
  /** What its source finds; people weigh ease and harm, no score does. */
  readonly risk: Risk;
  readonly answer: CaseAnswer;
  /** The same case by ENISA's method alone. */
  readonly severity: Severity;
  readonly source: string;
  readonly link: string;
}

interface Written {
  readonly source: string;
  readonly link: string;
  readonly cases: readonly {
    readonly id: string;
    readonly title: string;
    readonly story: string;
    readonly facts: FactsInput;
    readonly risk: Risk;
    readonly answer: CaseAnswer;
    readonly severity: unknown;
  }[];
}

const text = Joi.string().required();
const schema = Joi.object({
  source: text,
  link: Joi.string().uri().required(),
  cases: Joi.array()
    .items(
      Joi.object({
        id: text.pattern(/^[a-z0-9-]*\d$/),
        title: text,
        story: text,
        facts: Joi.object().required(),
        risk: text.valid(...RISKS),
        answer: Joi.object({
          document: Joi.boolean().required(),
          authority: Joi.boolean().required(),
          people: Joi.boolean().required(),
        }).required(),
        severity: Joi.object().required(),
      }),
    )
    .unique('id')
    .required(),
})
  .required()
  .prefs({ convert: false, abortEarly: false });

/** Reads a file of cases; facts and severity inputs are checked by their own contracts. */
export function parseCases(
  content: string,
  file: string,
): { readonly cases: readonly ExampleCase[]; readonly problems: readonly LintProblem[] } {
  const source = new Source(content, file);
  if (source.problems.length > 0) return { cases: [], problems: source.problems };
  const checked = schema.validate(source.value());
  for (const detail of checked.error?.details ?? [])
    source.at(detail.path, 'wrong-shape', { rule: detail.message });
  if (checked.error) return { cases: [], problems: source.problems };
  const written = checked.value as Written;
  const cases = written.cases.flatMap((one, index): ExampleCase[] => {
    const facts = parseFacts(one.facts);
    const severity = severityOf(one.severity);
    const at = (key: string, problems: readonly { readonly path: string; readonly key: string }[]): void => {
      for (const problem of problems) source.at(['cases', index, key], problem.key, { given: problem.path });
    };
    if (!facts.ok) at('facts', facts.error.problems);
    if (!severity.ok) at('severity', severity.error.problems);
    if (!facts.ok || !severity.ok) return [];
    const { id, title, story, risk, answer } = one;
    return [
      {
        id,
        number: Number(/\d+$/.exec(id)?.[0]),
        title,
        story,
        facts: facts.value,
        written: one.facts,
        risk,
        answer,
        severity: severity.value,
        source: written.source,
        link: written.link,
      },
    ];
  });
  return source.problems.length > 0 ? { cases: [], problems: source.problems } : { cases, problems: [] };
}

/** A case like the one at hand: how like (0 to 1), and what is the same and what is not, by name. */
export interface LikeCase {
  readonly case: ExampleCase;
  readonly likeness: number;
  readonly alike: readonly string[];
  readonly unlike: readonly string[];
}

/**
 * The published cases that are most like these facts, the likest first. Only what both sides know is compared, so an
 * unknown fact makes nothing unlike. A help to weigh, never an answer.
 */
export function nearestCases(facts: Facts, cases: readonly ExampleCase[], most = 3): readonly LikeCase[] {
  return cases
    .map((one) => compare(facts, one))
    .filter(({ alike }) => alike.length > 0)
    .sort((a, b) => b.likeness - a.likeness || (a.case.id < b.case.id ? -1 : 1))
    .slice(0, most);
}

const KINDS: Readonly<Record<string, readonly DataCategory[]>> = {
  'sensitive-data': ['health', 'genetic', 'biometric', 'political', 'ethnic', 'belief', 'union', 'sex-life'],
  'financial-data': ['payment-card', 'bank-account', 'bank-credentials', 'credit-data', 'economic'],
  credentials: ['online-credentials', 'password-hash', 'password-plain'],
  'identity-numbers': ['ssn', 'tax-id', 'passport', 'government-id', 'driver-licence', 'official-documents'],
  children: ['children'],
};

/** How much a likeness says; what happened counts most. */
const WEIGHTS: Readonly<Record<string, number>> = {
  ransomware: 4,
  malicious: 2,
  inadvertent: 2,
  unintelligible: 4,
  confidentiality: 2,
  integrity: 1,
  availability: 2,
  paper: 2,
};

/** What of the facts can be compared: yes or no by name; a name that is missing is unknown. */
function traits(facts: Facts): ReadonlyMap<string, boolean> {
  const { flags, breach, data } = facts;
  const known: [string, boolean | undefined][] = [
    ['ransomware', flags.ransomware],
    ['malicious', flags.malicious],
    ['inadvertent', flags.inadvertent],
    ['confidentiality', breach.confidentiality],
    ['integrity', breach.integrity],
    ['availability', breach.availability],
    ['unintelligible', data.encrypted === true ? data.keyCompromised === false : data.encrypted],
    ['paper', data.medium !== 'electronic'],
  ];
  const { categories } = data;
  for (const [kind, names] of Object.entries(KINDS))
    known.push([kind, categories && categories.some((category) => names.includes(category))]);
  return new Map(known.filter((one): one is [string, boolean] => one[1] !== undefined));
}

function compare(facts: Facts, one: ExampleCase): LikeCase {
  const [ours, theirs] = [traits(facts), traits(one.facts)];
  const alike: string[] = [];
  const unlike: string[] = [];
  let same = 0;
  let all = 0;
  for (const [name, value] of ours) {
    const other = theirs.get(name);
    // Neither paper nor a mistake on both sides says nothing about likeness.
    if (other === undefined || (!value && !other)) continue;
    const weight = WEIGHTS[name] ?? 2;
    all += weight;
    if (value === other) {
      same += weight;
      alike.push(name);
    } else unlike.push(name);
  }
  const size = sizeLikeness(facts, one.facts);
  if (size !== undefined) {
    all += 1;
    same += size;
    (size >= 0.75 ? alike : unlike).push('number-of-people');
  }
  return { case: one, likeness: all === 0 ? 0 : same / all, alike, unlike };
}

/** By powers of ten: 20 and 60 people are alike, 20 and 60,000 are not. */
function sizeLikeness(a: Facts, b: Facts): number | undefined {
  const [ours, theirs] = [peopleOf(a), peopleOf(b)];
  if (ours === undefined || theirs === undefined) return undefined;
  return Math.max(0, 1 - Math.abs(Math.log10(ours) - Math.log10(theirs)) / 4);
}

function peopleOf({ subjects }: Facts): number | undefined {
  if (!subjects || subjects.some(({ most }) => most === Infinity)) return undefined;
  const middle = subjects.reduce((sum, { least, most }) => sum + (least + most) / 2, 0);
  return middle >= 1 ? middle : undefined;
}
