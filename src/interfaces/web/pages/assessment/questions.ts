import { DATA_TYPES, EASE_FACTORS, type DataType } from '../../../../domain/law/severity.ts';
import type { Visit } from '../../request/visit.ts';

/** One question of the calculator, with every answer that can be given to it. */
export interface Question {
  /** The field of the form, and the key of its words: `data.simple`, `ei`, `confidentiality` … */
  readonly name: string;
  readonly legend: string;
  readonly answers: readonly Answer[];
}

export interface Answer {
  readonly value: string;
  readonly label: string;
  readonly hint: string | null;
  /** What the answer counts in the sum, as ENISA's tables have it; null where it is not in the score. */
  readonly score: number | null;
}

/** The calculator in four parts, in the order of the page. */
export interface Questions {
  readonly first: Question;
  readonly data: readonly Question[];
  readonly ease: Question;
  readonly circumstances: readonly Question[];
  readonly flags: readonly Question[];
}

type Saying = Pick<Visit, 'say'>;

const TYPES = Object.keys(DATA_TYPES) as readonly DataType[];
const DEGREES = [0, 0.25, 0.5] as const;
const INTENT = 0.5;

export function questionsOf(visit: Saying): Questions {
  const degree = (name: string): Question => ({
    name,
    legend: visit.say(`question.${name}`),
    answers: DEGREES.map((score) => answer(visit, name, String(score), score)),
  });
  return {
    first: yesOrNo(visit, 'personalData', ['yes', 'no']),
    data: TYPES.map((type) => dataQuestion(visit, type)),
    ease: {
      name: 'ei',
      legend: visit.say('question.ei'),
      answers: Object.entries(EASE_FACTORS).map(([ease, factor]) => ({
        ...answer(visit, 'ei', ease, factor),
        hint: visit.say(`choose.ei-hint.${ease}`),
      })),
    },
    circumstances: [
      ...['confidentiality', 'integrity', 'availability'].map(degree),
      {
        name: 'malicious',
        legend: visit.say('question.malicious'),
        answers: [answer(visit, 'malicious', 'no', 0), answer(visit, 'malicious', 'yes', INTENT)],
      },
    ],
    flags: [yesOrNo(visit, 'unintelligible', ['no', 'yes']), yesOrNo(visit, 'lost', ['no', 'yes'])],
  };
}

/** All questions in a row, as a list of answers shows them. */
export function inARow({ first, data, ease, circumstances, flags }: Questions): readonly Question[] {
  return [first, ...data, ease, ...circumstances, ...flags];
}

/** Every step from the lowest adjustment to the highest, with the score that base and adjustment make. */
function dataQuestion(visit: Saying, type: DataType): Question {
  const { base, lowest, highest } = DATA_TYPES[type];
  const steps = Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index);
  return {
    name: `data.${type}`,
    legend: visit.say(`question.data.${type}`),
    answers: [
      { value: '', label: visit.say('choose.not-among'), hint: null, score: null },
      ...steps.map((adjust) => answer(visit, type, String(adjust), base + adjust)),
    ],
  };
}

function yesOrNo(visit: Saying, name: string, values: readonly string[]): Question {
  return {
    name,
    legend: visit.say(`question.${name}`),
    answers: values.map((value) => answer(visit, name, value, null)),
  };
}

function answer(visit: Saying, name: string, value: string, score: number | null): Answer {
  return { value, label: visit.say(`choose.${name}.${value}`), hint: null, score };
}
