import { assemble, parsePlaces, parsePlaybook, TRUNK } from '../../domain/playbook/index.ts';
import type { Dictionary, LintProblem, Places, Playbook, PlaybookFile } from '../../domain/playbook/index.ts';
import { isPlacesFile, readFolder } from './folder.ts';
import type { TextFile } from './folder.ts';
import { loadTranslations, type Translations } from './translations.ts';

export interface Folders {
  /** The folder of the installed playbooks. */
  readonly installed: string;
  /** A shop's own (`<data>/playbooks`); it may not exist. */
  readonly own?: string;
}

export interface Loaded {
  /** Sorted by id. A shop's own stand beside the installed ones; the same id replaces. */
  readonly playbooks: readonly Playbook[];
  /** Ids of those that are a shop's own. */
  readonly own: ReadonlySet<string>;
  readonly places: Places;
  /** Words of other languages, by language. */
  readonly dictionaries: ReadonlyMap<string, Dictionary>;
  /** What another language has no words for. */
  readonly notes: readonly string[];
  /** Faults of all files. A faulty file of a shop leaves the installed playbook of its id in place. */
  readonly problems: readonly LintProblem[];
}

/** One folder's files, parsed. */
export interface Shelf {
  readonly trunk?: PlaybookFile;
  readonly books: readonly PlaybookFile[];
  readonly places?: Places;
  readonly problems: readonly LintProblem[];
}

/**
 * Reads and checks every playbook at start.
 * @throws when the installed trunk or click paths are missing or faulty: without them there is no playbook at all
 */
export function loadPlaybooks({ installed, own }: Folders): Loaded {
  const base = shelve(readFolder(installed));
  const shop = shelve(own === undefined ? { files: [], problems: [] } : readFolder(own));
  if (base.trunk === undefined || base.places === undefined)
    throw new Error(brokenInstallation(installed, base));
  const places = shop.places ?? base.places;
  const known = new Set(places.places.map(({ id }) => id));
  const problems = [...base.problems, ...shop.problems];
  const trunk = fittingTrunk(base.trunk, shop.trunk, base.books, known, problems);
  const byId = new Map<string, Playbook>();
  const ofShop = new Set<string>();
  for (const book of [...base.books, ...shop.books]) {
    const assembled = assemble(book, trunk, { places: known });
    problems.push(...assembled.problems);
    if (assembled.playbook === undefined) continue;
    byId.set(book.id, assembled.playbook);
    if (shop.books.includes(book)) ofShop.add(book.id);
  }
  const playbooks = [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const words = wordsOf({ installed, ...(own === undefined ? {} : { own }) }, base, shop);
  problems.push(...words.problems);
  const { dictionaries, notes } = words;
  return { playbooks, own: ofShop, places, dictionaries, notes, problems };
}

/** A shop's own words stand beside the installed ones; for the same English, the shop's count. */
function wordsOf({ installed, own }: Folders, base: Shelf, shop: Shelf): Translations {
  const ours = loadTranslations(installed, booksOf(base));
  if (own === undefined) return ours;
  const theirs = loadTranslations(own, booksOf(shop));
  const languages = new Set([...ours.dictionaries.keys(), ...theirs.dictionaries.keys()]);
  const both = (language: string): Dictionary =>
    new Map([...(ours.dictionaries.get(language) ?? []), ...(theirs.dictionaries.get(language) ?? [])]);
  return {
    dictionaries: new Map([...languages].map((language) => [language, both(language)])),
    problems: [...ours.problems, ...theirs.problems],
    notes: [...ours.notes, ...theirs.notes],
  };
}

/** The playbooks of a folder with their trunk. */
export function booksOf({ trunk, books }: Shelf): readonly PlaybookFile[] {
  return trunk ? [trunk, ...books] : books;
}

/** Sorts parsed files into trunk, playbooks and click paths; a second file with the same id is a fault. */
export function shelve(read: { files: readonly TextFile[]; problems: readonly LintProblem[] }): Shelf {
  const problems = [...read.problems];
  const books = new Map<string, PlaybookFile>();
  let places: Places | undefined;
  for (const { file, text } of read.files) {
    if (isPlacesFile(file)) {
      const parsed = parsePlaces(text, file);
      problems.push(...parsed.problems);
      places = parsed.places;
      continue;
    }
    const parsed = parsePlaybook(text, file);
    problems.push(...parsed.problems);
    const book = parsed.playbook;
    if (book === undefined) continue;
    const first = books.get(book.id);
    if (first === undefined) books.set(book.id, book);
    else problems.push(book.source.problem(['id'], `"${book.id}" is the id of ${first.source.file} already`));
  }
  const trunk = books.get(TRUNK);
  books.delete(TRUNK);
  return { ...(trunk && { trunk }), ...(places && { places }), books: [...books.values()], problems };
}

/** A shop's own trunk, if it is whole and every installed playbook still fits on it; else the installed one. */
function fittingTrunk(
  installed: PlaybookFile,
  own: PlaybookFile | undefined,
  books: readonly PlaybookFile[],
  places: ReadonlySet<string>,
  problems: LintProblem[],
): PlaybookFile {
  if (own === undefined) return installed;
  const faults = assemble(own, own, { places }).problems;
  problems.push(...faults);
  const misfits = books.filter((book) => assemble(book, own, { places }).playbook === undefined);
  for (const { id } of misfits) {
    problems.push(own.source.problem(['id'], `the installed playbook "${id}" does not fit on this trunk`));
  }
  return faults.length > 0 || misfits.length > 0 ? installed : own;
}

function brokenInstallation(folder: string, { trunk, problems }: Shelf): string {
  const [first] = problems;
  const missing = trunk === undefined ? 'trunk.yaml' : 'places-to-click.yaml';
  const reason =
    first === undefined ? `${missing} is missing` : `${first.file}:${first.line}: ${first.message}`;
  return `the installed playbooks in ${folder} cannot be used: ${reason}`;
}
