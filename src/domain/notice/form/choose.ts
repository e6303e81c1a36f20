import { error, warning, type Finding } from './finding.ts';
import { ruleOf, type Field, type Values } from './fields.ts';
import { inLanguage, packLanguage, type Form, type Option, type Question } from './form.ts';
import { TBD, type ListName } from './lists.ts';
import { wordsOfCode, type Vocabulary } from './vocabulary.ts';

/** What to tick in the form, and what to write beside its 'other'. */
export interface Chosen {
  /** In the form's own words where they are known. */
  readonly ticks: readonly string[];
  /** Canonical words of what the form has no value for. */
  readonly written: readonly string[];
  /** Whether the form has an 'other' to write it beside. */
  readonly hasOther: boolean;
}

/** The field of a question to which its options belong. */
export function listField({ fields }: Question): Field | undefined {
  return fields.find((field) => ruleOf(field).list !== undefined);
}

/** R12: each code by the form's own value; what the form lacks goes to its 'other' with the canonical words. */
export function choose(
  options: readonly Option[] | undefined,
  list: ListName,
  codes: readonly string[],
  language: string,
  vocabulary: Vocabulary,
): Chosen {
  const words = (code: string): string => wordsOfCode(vocabulary, list, code, language);
  if (!options) return { ticks: codes.map(words), written: [], hasOther: true };
  const other = options.find((option) => option.other);
  const ticked = new Set<Option>();
  const written: string[] = [];
  for (const code of codes) {
    const option = options.find((one) => one.codes.includes(code));
    if (option) ticked.add(option);
    else if (code !== TBD && other) ticked.add(other);
    if (!option && code !== 'other') written.push(words(code));
  }
  return {
    ticks: options.filter((option) => ticked.has(option)).map((option) => inLanguage(option.words, language)),
    written,
    hasOther: other !== undefined,
  };
}

/** R12 for the check: values that neither the form nor an 'other' of it takes are written into its text, and told. */
export function lackedByForm(values: Values, form: Form, vocabulary: Vocabulary): readonly Finding[] {
  return form.questions.flatMap((question) => {
    const field = listField(question);
    const list = field && ruleOf(field).list;
    if (!field || !list) return [];
    const codes = codesIn(values[field]).filter((code) => code !== TBD);
    const { written, hasOther } = choose(question.options, list, codes, packLanguage(form), vocabulary);
    return hasOther ? [] : written.flatMap((words) => warning('R12', field, 'form-lacks-value', { words }));
  });
}

/** An answer with which the form's own page sends nothing. */
export function refusedByForm(values: Values, form: Form): readonly Finding[] {
  return form.questions.flatMap((question) => {
    const field = listField(question);
    if (!field) return [];
    const codes = codesIn(values[field]);
    const refused = (question.options ?? []).filter(
      (option) => option.refused && option.codes.some((code) => codes.includes(code)),
    );
    const language = packLanguage(form);
    return refused.flatMap(({ words }) =>
      error('form', field, 'form-refuses', { words: inLanguage(words, language) }),
    );
  });
}

/** The codes that a field of a closed list holds. */
export function codesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
