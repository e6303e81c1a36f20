import { join } from 'node:path';
import { assemble } from '../../domain/playbook/index.ts';
import type { LintProblem } from '../../domain/playbook/index.ts';
import { readFiles, readFolder } from './folder.ts';
import { isFormFile, readForms } from './forms.ts';
import { booksOf, loadPlaybooks, shelve } from './load.ts';
import type { Folders } from './load.ts';
import { isTranslationFile, readTranslations } from './translations.ts';

/**
 * What is wrong with these files, each at its line and column; with no file named, with every playbook and every
 * authority's form there is. A playbook is checked on the trunk among the files, else on the installed one.
 */
export function lintPlaybooks(paths: readonly string[], folders: Folders): readonly LintProblem[] {
  if (paths.length === 0) {
    const forms = readForms(readFolder(join(folders.installed, 'forms')));
    return [...loadPlaybooks(folders).problems, ...forms.problems];
  }
  const forms = readForms(readFiles(paths.filter(isFormFile)));
  const words = paths.filter(isTranslationFile);
  const books = paths.filter((path) => !isFormFile(path) && !isTranslationFile(path));
  return [
    ...forms.problems,
    ...(words.length === 0 ? [] : readWords(words, books, folders).problems),
    ...(books.length === 0 ? [] : lintBooks(books, folders)),
  ];
}

/** What these files of words leave out, in sentences; with no file named, what all of them leave out. No faults. */
export function missingWords(paths: readonly string[], folders: Folders): readonly string[] {
  if (paths.length === 0) return loadPlaybooks(folders).notes;
  const words = paths.filter(isTranslationFile);
  const books = paths.filter((path) => !isFormFile(path) && !isTranslationFile(path));
  return words.length === 0 ? [] : readWords(words, books, folders).notes;
}

/** Words are laid beside the playbooks among the files, else beside the installed ones and the shop's own. */
function readWords(
  words: readonly string[],
  books: readonly string[],
  { installed, own }: Folders,
): ReturnType<typeof readTranslations> {
  const shelves = [
    shelve(readFiles(books)),
    ...(own === undefined ? [] : [shelve(readFolder(own))]),
    shelve(readFolder(installed)),
  ];
  return readTranslations(readFiles(words), shelves.flatMap(booksOf));
}

function lintBooks(paths: readonly string[], folders: Folders): readonly LintProblem[] {
  const given = shelve(readFiles(paths));
  const base = shelve(readFolder(folders.installed));
  const trunk = given.trunk ?? base.trunk;
  const places = given.places ?? base.places;
  if (trunk === undefined) return [...given.problems, ...base.problems];
  const context = places === undefined ? {} : { places: new Set(places.places.map(({ id }) => id)) };
  const books = given.trunk === undefined ? given.books : [given.trunk, ...given.books];
  return [...given.problems, ...books.flatMap((book) => assemble(book, trunk, context).problems)];
}
