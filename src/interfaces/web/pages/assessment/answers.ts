import { DATA_TYPES, type DataType } from '../../../../domain/law/severity.ts';
import type { SeverityProposal } from '../../../../domain/law/severity-proposal.ts';
import type { Problem } from '../../../../domain/errors.ts';
import type { Json } from '../../../../domain/register/entry.ts';
import type { Form } from '../../request/form.ts';
import { readPeople } from '../log/typed.ts';

/** What stands in the calculator's form, by the names of its fields; '' is no answer. */
export type Answers = Readonly<Record<string, string>>;

const TYPES = Object.keys(DATA_TYPES) as readonly DataType[];
const DEGREES = ['confidentiality', 'integrity', 'availability'] as const;
const BOOLS = ['malicious', 'unintelligible', 'lost'] as const;

const NAMES: readonly string[] = [
  'personalData',
  ...TYPES.map((type) => `data.${type}`),
  'ei',
  ...DEGREES,
  ...BOOLS,
  'individuals',
];

export function answersOf(form: Form): Answers {
  return Object.fromEntries(NAMES.map((name) => [name, form.text(name)]));
}

/** A form that nobody filled in: what the facts say, and the mildest answer where they say nothing. */
export function proposedAnswers(proposal: SeverityProposal): Answers {
  const { data, individuals } = proposal;
  return {
    ...Object.fromEntries(NAMES.map((name) => [name, ''])),
    personalData: 'yes',
    ...Object.fromEntries(data.map(({ type, adjust }) => [`data.${type}`, String(adjust)])),
    ...Object.fromEntries(DEGREES.map((name) => [name, String(proposal[name] ?? 0)])),
    ...Object.fromEntries(BOOLS.map((name) => [name, yesOrNo(proposal[name] ?? false)])),
    individuals: individuals === undefined ? '' : String(individuals),
  };
}

interface Stored {
  readonly personalData?: boolean;
  readonly data?: StoredData | readonly StoredData[];
  readonly ei?: string;
  readonly circumstances?: Readonly<Record<string, number | boolean>>;
  readonly unintelligible?: boolean;
  readonly lost?: boolean;
  readonly individuals?: number;
}
interface StoredData {
  readonly type: string;
  readonly adjust?: number;
}

/** The form of a saved assessment. Its input was taken by the calculator's contract, whoever sent it. */
export function savedAnswers(input: Json): Answers {
  const stored = input as Stored;
  const { circumstances = {} } = stored;
  const data = [stored.data ?? []].flat() as readonly StoredData[];
  // Of several of one type the highest counts, here as in the sum.
  const byHeight = [...data].sort((a, b) => (a.adjust ?? 0) - (b.adjust ?? 0));
  return {
    ...Object.fromEntries(NAMES.map((name) => [name, ''])),
    personalData: yesOrNo(stored.personalData ?? true),
    ...Object.fromEntries(byHeight.map(({ type, adjust = 0 }) => [`data.${type}`, String(adjust)])),
    ei: stored.ei ?? '',
    ...Object.fromEntries(DEGREES.map((name) => [name, String(circumstances[name] ?? 0)])),
    malicious: yesOrNo(circumstances['malicious'] === true),
    unintelligible: yesOrNo(stored.unintelligible ?? false),
    lost: yesOrNo(stored.lost ?? false),
    individuals: stored.individuals === undefined ? '' : String(stored.individuals),
  };
}

/**
 * The answers as `severity --input` takes them. What is none of the choices goes on as it was sent: the calculator
 * refuses it and names the place.
 */
export function inputOf(answers: Answers, problems: Problem[]): Record<string, unknown> {
  const given = (name: string): string => answers[name] ?? '';
  if (given('personalData') === 'no') return { personalData: false };
  const data = TYPES.flatMap((type) => {
    const adjust = given(`data.${type}`);
    return adjust === '' ? [] : [{ type, adjust: numberOr(adjust) }];
  });
  const people = readPeople(given('individuals'), 'individuals', problems);
  const individuals = people.count ?? people.max;
  return {
    ...(data.length > 0 ? { data } : {}),
    ...(given('ei') === '' ? {} : { ei: given('ei') }),
    circumstances: {
      ...Object.fromEntries(DEGREES.flatMap((name) => without(name, given(name), numberOr))),
      ...Object.fromEntries(without('malicious', given('malicious'), boolOr)),
    },
    ...Object.fromEntries(without('unintelligible', given('unintelligible'), boolOr)),
    ...Object.fromEntries(without('lost', given('lost'), boolOr)),
    ...(individuals === undefined ? {} : { individuals }),
  };
}

/** The field of the form where a problem of the calculator stands: `input.circumstances.integrity` -> `integrity`. */
export function fieldOf(path: string): string {
  const bare = path.replace(/^input\./, '').replace(/^circumstances\./, '');
  return bare.startsWith('data') ? 'data.simple' : bare;
}

function without(name: string, text: string, read: (text: string) => unknown): [string, unknown][] {
  return text === '' ? [] : [[name, read(text)]];
}

function numberOr(text: string): number | string {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

function boolOr(text: string): boolean | string {
  return text === 'yes' ? true : text === 'no' ? false : text;
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
