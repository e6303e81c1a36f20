import type { InvalidInput, Problem } from '../../../domain/errors.ts';
import { problemWords as wordsOf } from '../../shared/refusals.ts';
import type { Visit } from '../request/visit.ts';

/** One problem as a sentence for the person at the form: what to write instead. */
export function problemWords({ parts, locale }: Visit, problem: Problem): string {
  return wordsOf(parts.words, locale, problem);
}

/** What went wrong with a form: by field for the places where it stands, and as a list for the summary on top. */
export interface FormErrors {
  /** The sentence for a field, or null. */
  at(field: string): string | null;
  readonly summary: readonly { readonly href: string; readonly words: string }[];
}

export const NO_ERRORS: FormErrors = { at: () => null, summary: [] };

/**
 * @param fieldOf the form's field for the path of a problem (`facts.awareAt` -> `awareAt`); what it does not know
 *   keeps its path, so that nothing is swallowed
 */
export function formErrors(
  visit: Visit,
  error: InvalidInput,
  fieldOf: (path: string) => string | undefined = () => undefined,
): FormErrors {
  const told = error.problems.map((problem) => ({
    field: fieldOf(problem.path) ?? problem.path,
    words: problemWords(visit, problem),
  }));
  return {
    at: (field) => told.find((problem) => problem.field === field)?.words ?? null,
    summary: told.map(({ field, words }) => ({ href: `#${idOf(field)}`, words })),
  };
}

/** The id of a field's element: names have dots and brackets, ids in links must not. */
export function idOf(field: string): string {
  return `f-${field.replace(/[^\w-]+/g, '-')}`;
}

/** One thing that is wrong with a form and is no rule of input: what another person did in between, in words. */
export function formError(field: string, words: string): FormErrors {
  return {
    at: (asked) => (asked === field ? words : null),
    summary: [{ href: `#${idOf(field)}`, words }],
  };
}
