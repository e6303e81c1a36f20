import { check } from './check.ts';
import { choose, codesIn, listField } from './choose.ts';
import { isAnswered, isAsked, isTbd } from './asked.ts';
import { ruleOf, type Field } from './fields.ts';
import type { Filing, Finding, FormNotice } from './finding.ts';
import { inLanguage, isTranslated, packLanguage, type Form, type Mark, type Question } from './form.ts';
import { isOwnAnswered, isOwnTbd, ownName, sayOwn, type Asked } from './own.ts';
import { sayAbout, sayValue, type Tongue } from './say-value.ts';
import type { Vocabulary } from './vocabulary.ts';

/** `open`: to be determined. `empty`: it may stay empty. */
export type AnswerState = 'answered' | 'open' | 'missing' | 'empty';

export interface PackAnswer {
  readonly field: Asked;
  readonly state: AnswerState;
  /** Values to tick, in the form's own words. */
  readonly ticks: readonly string[];
  /** Text to paste, as the author wrote it; the canonical words of what the form has no value for. */
  readonly text: string;
}

export interface PackQuestion {
  /** The form's own number, else its place. */
  readonly number: string;
  readonly label: string;
  /** The same in the reader's language, where that is another. */
  readonly gloss: string | null;
  readonly hint: string | null;
  readonly mark: Mark;
  readonly state: AnswerState;
  /** It was read that the form cannot be sent without it, and its first field is not answered. */
  readonly blocks: boolean;
  readonly limit: number | null;
  readonly answers: readonly PackAnswer[];
}

/** What is pasted into, or attached to, an authority's form: plain JSON, the same for the same notice. */
export interface Pack {
  readonly form: {
    readonly id: string;
    readonly title: string;
    /** The language in which the form is to be filled; its words here are in `language`. */
    readonly wants: string;
    readonly mark: Mark;
    readonly source: string;
    readonly checkedOn: string;
    readonly channel: string;
    readonly followUp: string;
    readonly withdrawal: string;
    readonly notes: readonly string[];
  };
  readonly language: string;
  /** `complete`, `incomplete` or `withdraw`. */
  readonly completeness: string;
  /** The form's own words are not written yet. */
  readonly englishOnly: boolean;
  readonly questions: readonly PackQuestion[];
  readonly findings: readonly Finding[];
}

export interface PackInput {
  readonly notice: FormNotice;
  readonly form: Form;
  readonly vocabulary: Vocabulary;
  readonly filing: Filing;
  /** IANA zone in which moments are said. */
  readonly zone: string;
  /** The language of whoever fills the form. */
  readonly reader: string;
}

/** The questions of the form in its order, each with the answer ready to paste, and what the check has to say. */
export function packOf(input: PackInput): Pack {
  const { notice, form, vocabulary, filing, zone, reader } = input;
  const language = packLanguage(form);
  const read = (words: Readonly<Record<string, string>>): string => inLanguage(words, reader);
  const tongue = { language, zone, vocabulary };
  const asked = form.questions.filter((question) => isPut(question, notice, filing));
  return {
    form: {
      id: form.id,
      title: inLanguage(form.title, language),
      wants: form.language,
      mark: form.mark,
      source: form.source,
      checkedOn: form.checkedOn,
      channel: read(form.channel.words),
      followUp: read(form.followUp),
      withdrawal: read(form.withdrawal),
      notes: form.notes.map(read),
    },
    language,
    completeness: notice.values.completeness ?? 'incomplete',
    englishOnly: !isTranslated(form),
    questions: asked.map((question, index) => {
      const { label } = question;
      const own = inLanguage(label, language);
      const answers = [
        ...question.fields
          .filter((field) => isAsked(field, notice.values, filing))
          .map((field) => answerOf(field, question, notice, tongue)),
        ...ownAnswerOf(question, notice, language),
      ];
      const state = stateOf(question, answers, notice);
      return {
        number: question.number ?? String(index + 1),
        label: own,
        gloss: read(label) === own ? null : read(label),
        hint: question.hint ? read(question.hint) : null,
        mark: question.mark,
        state,
        blocks: isWanted(question, notice) && question.mark === 'seen' && !isGiven(answers[0]),
        limit: question.limit ?? null,
        answers,
      };
    }),
    findings: check(notice, filing, form, vocabulary),
  };
}

/** What stops the filing: errors of the check, and questions without which the form cannot be sent. */
export function stopsOf({ findings, questions }: Pack): readonly string[] {
  return [
    ...findings.filter(({ level }) => level === 'error').map(({ field }) => field),
    // A question is answered once its first field is.
    ...questions.filter(({ blocks }) => blocks).flatMap(({ answers: [first] }) => first?.field ?? []),
  ];
}

function isPut({ fields, only }: Question, { values }: FormNotice, filing: Filing): boolean {
  if (only !== undefined && only !== values['notice-type']) return false;
  return fields.length === 0 || fields.some((field) => isAsked(field, values, filing));
}

function answerOf(field: Field, question: Question, notice: FormNotice, tongue: Tongue): PackAnswer {
  const { values } = notice;
  const state = stateOfField(field, notice);
  const { list } = ruleOf(field);
  if (list === undefined || state === 'missing' || state === 'empty') {
    const text = state === 'answered' ? sayValue(field, values, tongue) : '';
    return {
      field,
      state,
      ticks: [],
      text: isApproximate(field, question, notice) ? sayAbout(text, tongue) : text,
    };
  }
  // A form's own options belong to the first list of its question; others are said in canonical words.
  const options = listField(question) === field ? question.options : undefined;
  const chosen = choose(options, list, codesIn(values[field]), tongue.language, tongue.vocabulary);
  return { field, state, ticks: chosen.ticks, text: chosen.written.join(', ') };
}

/** The answer to a question that only this form asks; without one it is missing where the form needs it. */
function ownAnswerOf(question: Question, notice: FormNotice, language: string): readonly PackAnswer[] {
  const name = ownName(question);
  if (name === undefined) return [];
  const state = stateOfOwn(question, notice);
  const said = state === 'answered' ? sayOwn(question, notice, language) : { ticks: [], text: '' };
  return [{ field: name, state, ...said }];
}

function stateOfOwn(question: Question, notice: FormNotice): AnswerState {
  if (isOwnAnswered(question, notice)) return 'answered';
  if (isOwnTbd(question, notice)) return 'open';
  return isWanted(question, notice) ? 'missing' : 'empty';
}

function isApproximate(field: Field, { fields }: Question, { values }: FormNotice): boolean {
  if (field !== 'subject-count' && field !== 'record-count') return false;
  const mode = `${field}-mode` as const;
  return values[mode] === 'approximate' && !fields.includes(mode);
}

/** An unanswered field that may be 'to be determined' is so in a notice that is incomplete. */
function stateOfField(field: Field, { values, follows }: FormNotice): AnswerState {
  if (isAnswered(values, field)) return 'answered';
  if (isTbd(values, field) || follows.includes(field)) return 'open';
  const { later } = ruleOf(field);
  if (later === 'yes') return 'empty';
  return later === 'tbd' && values.completeness === 'incomplete' ? 'open' : 'missing';
}

const WORST: readonly AnswerState[] = ['missing', 'open', 'answered'];

function stateOf(question: Question, answers: readonly PackAnswer[], notice: FormNotice): AnswerState {
  const state = WORST.find((one) => answers.some((answer) => answer.state === one)) ?? 'empty';
  return state === 'empty' && isWanted(question, notice) && answers.length > 0 ? 'missing' : state;
}

function isWanted({ mandatory, fields, own }: Question, { values }: FormNotice): boolean {
  if (fields.length === 0 && own === undefined) return false;
  return mandatory === 'always' || (mandatory === 'complete' && values.completeness === 'complete');
}

function isGiven(answer: PackAnswer | undefined): boolean {
  return answer?.state === 'answered' || answer?.state === 'open';
}
