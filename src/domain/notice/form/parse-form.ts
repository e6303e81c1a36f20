import { didYouMean } from '../../playbook/did-you-mean.ts';
import { schemaProblem } from '../../playbook/schema-problems.ts';
import { byPlace, isSource, readYaml, type Path, type Source } from '../../playbook/source.ts';
import type { LintProblem } from '../../playbook/types.ts';
import { formSchema } from './form-schema.ts';
import { ruleOf, type Field } from './fields.ts';
import type { Form, Localised, Mark, Question } from './form.ts';
import { codesOf, type ListName } from './lists.ts';

/** Forms in these languages are to be written in them: a label without its words is a fault. */
const WRITTEN_IN: readonly string[] = ['de', 'fr'];

/** Reads the file of one form. @returns the form, or every fault of it with line and column */
export function parseForm(
  text: string,
  file: string,
): { readonly form?: Form; readonly problems: readonly LintProblem[] } {
  const source = readYaml(text, file);
  if (!isSource(source)) return { problems: source };
  const checked = formSchema.validate(source.value);
  const items = checked.error?.details ?? [];
  if (items.length > 0)
    return { problems: items.map((item) => schemaProblem(item, source)).toSorted(byPlace) };
  const form = withMarks(checked.value as Unmarked);
  const problems = [
    ...form.questions.flatMap((question, index) =>
      questionProblems(question, ['questions', index], form, source),
    ),
    ...ownProblems(form, source),
  ];
  return problems.length > 0 ? { problems } : { form, problems: [] };
}

interface Unmarked extends Omit<Form, 'questions'> {
  readonly questions: readonly (Omit<Question, 'mark'> & { readonly mark?: Mark })[];
}

/** A question without a mark of its own has that of its form. */
function withMarks(form: Unmarked): Form {
  const questions = form.questions.map((question) => ({ ...question, mark: question.mark ?? form.mark }));
  return { ...form, questions };
}

function questionProblems(
  question: Question,
  at: Path,
  { language }: Form,
  source: Source,
): readonly LintProblem[] {
  const { label, options = [], fields } = question;
  const list = listOf(fields);
  const problems = untranslatedProblem(label, [...at, 'label'], language, source);
  if (options.length > 0 && list === undefined && question.own === undefined)
    problems.push(source.problem([...at, 'options'], 'none of the fields of this question is a closed list'));
  const seen = new Set<string>();
  for (const [index, { words, codes }] of options.entries()) {
    const here = [...at, 'options', index];
    problems.push(...untranslatedProblem(words, [...here, 'words'], language, source));
    for (const [place, code] of codes.entries()) {
      const path = [...here, 'codes', place];
      if (list !== undefined && !codesOf(list).includes(code)) {
        const near = didYouMean(code, codesOf(list));
        problems.push(source.problem(path, `"${code}" is no value of "${list}"${near}`));
      } else if (seen.has(code)) {
        problems.push(source.problem(path, `"${code}" stands in two options: which one is to be ticked?`));
      }
      seen.add(code);
    }
  }
  return problems;
}

/** A question of the form's own has one key, no fields, and one code for each option. */
function ownProblems({ questions }: Form, source: Source): readonly LintProblem[] {
  const taken = new Set<string>();
  return questions.flatMap((question, index): readonly LintProblem[] => {
    const { own, fields, several, options = [] } = question;
    const at = ['questions', index];
    if (own === undefined)
      return several ? [source.problem([...at, 'several'], 'only an own question says how many')] : [];
    const problems: LintProblem[] = [];
    if (fields.length > 0)
      problems.push(source.problem([...at, 'own'], "a question of the form's own has no fields"));
    if (taken.has(own))
      problems.push(source.problem([...at, 'own'], `"${own}" is the key of another question of this form`));
    taken.add(own);
    for (const [place, { codes }] of options.entries())
      if (codes.length !== 1 || !/^[a-z0-9-]+$/.test(codes[0] ?? ''))
        problems.push(
          source.problem(
            [...at, 'options', place],
            'an option of an own list has one code, such as "data-loss"',
          ),
        );
    return problems;
  });
}

function untranslatedProblem(words: Localised, at: Path, language: string, source: Source): LintProblem[] {
  if (!WRITTEN_IN.includes(language) || language in words) return [];
  return [source.problem(at, `the form is to be filled in "${language}", and its words are missing here`)];
}

/** The list to which a question's options belong: that of the first of its fields that has one. */
function listOf(fields: readonly Field[]): ListName | undefined {
  return fields.map((field) => ruleOf(field).list).find((list) => list !== undefined);
}
