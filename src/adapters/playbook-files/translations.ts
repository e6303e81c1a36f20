import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  pairsOf,
  parseTranslation,
  strayWords,
  type Dictionary,
  type LintProblem,
  type PlaybookFile,
} from '../../domain/playbook/index.ts';
import { readFolder, type TextFiles } from './folder.ts';

/** The languages of pages that have a folder of words beside the playbooks: `playbooks/de/trunk.yaml`. */
const LANGUAGE = /^[a-z]{2}$/;

export interface Translations {
  /** By language. */
  readonly dictionaries: ReadonlyMap<string, Dictionary>;
  readonly problems: readonly LintProblem[];
  /** What has no words yet, in sentences: no fault, for it is shown in English. */
  readonly notes: readonly string[];
}

/** Whether a file is one of words: it lies in a folder named after a language. */
export function isTranslationFile(file: string): boolean {
  return LANGUAGE.test(basename(dirname(file)));
}

/** Reads every file of words of a folder of playbooks. */
export function loadTranslations(folder: string, books: readonly PlaybookFile[]): Translations {
  const dictionaries = new Map<string, Dictionary>();
  const problems: LintProblem[] = [];
  const notes: string[] = [];
  for (const language of languagesIn(folder)) {
    const read = readTranslations(readFolder(join(folder, language)), books);
    dictionaries.set(language, read.words);
    problems.push(...read.problems);
    notes.push(...read.notes.map((note) => `${language}: ${note}`));
  }
  return { dictionaries, problems, notes };
}

/** The words of these files, laid beside the English ones of these playbooks. */
export function readTranslations(
  { files, problems: unread }: TextFiles,
  books: readonly PlaybookFile[],
): {
  readonly words: Dictionary;
  readonly problems: readonly LintProblem[];
  readonly notes: readonly string[];
} {
  const words = new Map<string, string>();
  const problems = [...unread];
  const notes: string[] = [];
  for (const { file, text } of files) {
    const { translation, problems: faults } = parseTranslation(text, file);
    problems.push(...faults);
    if (!translation) continue;
    const book = books.find(({ id }) => id === translation.id);
    if (!book) {
      problems.push(translation.source.problem(['id'], `there is no playbook "${translation.id}"`));
      continue;
    }
    problems.push(...strayWords(translation, book));
    const { pairs, missing } = pairsOf(book, translation);
    for (const [english, other] of pairs) words.set(english, other);
    if (missing.length > 0) notes.push(`${book.id} has no words for ${missing.join(', ')}`);
  }
  return { words, problems, notes };
}

function languagesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && LANGUAGE.test(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch {
    // A shop without a folder of its own has no words of its own.
    return [];
  }
}
