import { isSpecific } from '../filled.ts';
import type { Field } from './fields.ts';
import { error, type Finding, type FormNotice } from './finding.ts';
import { inLanguage, type Form, type Question } from './form.ts';
import { TBD } from './lists.ts';

/** The name under which the answer to a question that only one form asks is kept: `own.lei`. */
export type OwnName = `own.${string}`;

/** What a form can ask: a field of the canon, or a question of its own. */
export type Asked = Field | OwnName;

/** Answers to a form's own questions: text as typed, or codes of the options with commas; `tbd` may follow. */
export type OwnAnswers = Readonly<Record<OwnName, string>>;

export function isOwn(name: string): name is OwnName {
  return name.startsWith('own.');
}

export function ownName({ own }: Pick<Question, 'own'>): OwnName | undefined {
  return own === undefined ? undefined : `own.${own}`;
}

/** The questions that only this form asks, in its order. */
export function ownQuestions({ questions }: Form): readonly (Question & { readonly own: string })[] {
  return questions.flatMap((question) => {
    const { own } = question;
    return own === undefined ? [] : [{ ...question, own }];
  });
}

/** The codes that an answer to a list of the form's own ticks, in the order of the form. */
export function ownCodes({ options = [] }: Question, answer: string): readonly string[] {
  const given = answer.split(/[\s,]+/);
  return options.flatMap(({ codes }) => codes).filter((code) => given.includes(code));
}

/** Whether a question of the form's own is answered: with a value of its list, or with text that says something. */
export function isOwnAnswered(question: Question, { own = {} }: Pick<FormNotice, 'own'>): boolean {
  const name = ownName(question);
  const answer = name === undefined ? '' : (own[name] ?? '').trim();
  if (question.options) return ownCodes(question, answer).length > 0;
  return answer !== TBD && isSpecific(answer);
}

export function isOwnTbd(question: Question, { own = {} }: Pick<FormNotice, 'own'>): boolean {
  const name = ownName(question);
  return name !== undefined && own[name]?.trim() === TBD;
}

/** The answer in the form's words: what to tick, and what to paste. */
export function sayOwn(
  question: Question,
  { own = {} }: Pick<FormNotice, 'own'>,
  language: string,
): { readonly ticks: readonly string[]; readonly text: string } {
  const name = ownName(question);
  const answer = name === undefined ? '' : (own[name] ?? '');
  if (!question.options) return { ticks: [], text: answer };
  const codes = ownCodes(question, answer);
  const ticked = question.options.filter((option) => option.codes.some((code) => codes.includes(code)));
  return { ticks: ticked.map(({ words }) => inLanguage(words, language)), text: '' };
}

/** R11 and the lists of a form's own questions: what is too long, and what its list does not have. */
export function ownFindings(notice: FormNotice, form: Form): readonly Finding[] {
  return ownQuestions(form).flatMap((question): readonly Finding[] => {
    const name: OwnName = `own.${question.own}`;
    const answer = (notice.own?.[name] ?? '').trim();
    if (answer === TBD && notice.values.completeness === 'complete')
      return error('R2', name, 'open-though-complete');
    if (answer === '' || answer === TBD) return [];
    if (question.options) return foreignCodes(question, answer, name);
    const length = Array.from(answer).length;
    const { limit = Infinity } = question;
    return length > limit ? error('R11', name, 'too-long', { limit, length, over: length - limit }) : [];
  });
}

function foreignCodes(question: Question, answer: string, name: OwnName): readonly Finding[] {
  const given = answer.split(/[\s,]+/);
  const known = ownCodes(question, answer);
  const wrong = given.find((code) => !known.includes(code));
  if (wrong !== undefined) return error('R12', name, 'own-value', { given: wrong });
  return given.length > 1 && question.several === undefined ? error('R12', name, 'own-one-value') : [];
}
