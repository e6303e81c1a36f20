import { basename, join } from 'node:path';
import type { FormBook } from '../../domain/notice/form/form-book.ts';
import { GENERAL_FORM, type Form } from '../../domain/notice/form/form.ts';
import { parseForm } from '../../domain/notice/form/parse-form.ts';
import { parseVocabulary, type Vocabulary } from '../../domain/notice/form/vocabulary.ts';
import type { LintProblem } from '../../domain/playbook/index.ts';
import { readFolder, type TextFiles } from './folder.ts';

/** The words of fields and lists stand beside the forms and are no form. */
const VOCABULARY_FILE = 'vocabulary.yaml';

interface Read {
  readonly forms: readonly Form[];
  readonly vocabulary?: Vocabulary;
  readonly problems: readonly LintProblem[];
}

/**
 * Reads the authorities' forms (`forms/` of the installed playbooks) at start. A faulty form is left out: its
 * authorities then get the general pack.
 *
 * @throws Error where the vocabulary or the general form is missing or faulty: without them there is no pack
 */
export function loadForms(folder: string): {
  readonly book: FormBook;
  readonly problems: readonly LintProblem[];
} {
  const { forms, vocabulary, problems } = readForms(readFolder(join(folder, 'forms')));
  if (!vocabulary || !forms.some(({ id }) => id === GENERAL_FORM)) {
    const [first] = problems;
    const missing = vocabulary ? 'the general form' : VOCABULARY_FILE;
    const reason = first ? `${first.file}:${first.line}: ${first.message}` : `${missing} is missing`;
    throw new Error(`the installed forms in ${folder} cannot be used: ${reason}`);
  }
  return { book: { forms, vocabulary }, problems };
}

/** Whether a file of playbooks is one of forms: they lie in a folder of that name. */
export function isFormFile(file: string): boolean {
  return /(?:^|[\\/])forms[\\/][^\\/]+$/.test(file);
}

/** Parses forms; a second one with the same id, or for the same authority, is a fault. */
export function readForms(read: TextFiles): Read {
  const problems = [...read.problems];
  const forms = new Map<string, Form>();
  const servedBy = new Map<string, string>();
  let vocabulary: Vocabulary | undefined;
  for (const { file, text } of read.files) {
    if (basename(file) === VOCABULARY_FILE) {
      const parsed = parseVocabulary(text, file);
      problems.push(...parsed.problems);
      vocabulary = parsed.vocabulary;
      continue;
    }
    const { form, problems: faults } = parseForm(text, file);
    problems.push(...faults);
    if (form === undefined) continue;
    const taken = form.authorities.find((authority) => servedBy.has(authority));
    if (forms.has(form.id)) problems.push(twice(file, `the id "${form.id}" is taken by another form`));
    else if (taken !== undefined)
      problems.push(twice(file, `"${taken}" is served by the form "${servedBy.get(taken) ?? ''}" already`));
    else {
      forms.set(form.id, form);
      for (const authority of form.authorities) servedBy.set(authority, form.id);
    }
  }
  return { forms: [...forms.values()], ...(vocabulary ? { vocabulary } : {}), problems };
}

function twice(file: string, message: string): LintProblem {
  return { file, line: 1, column: 1, message };
}
