import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCache, type LawCache } from '../adapters/law-files/cache.ts';
import {
  readKeptBook,
  readLawWords,
  readWorkingDays,
  readWrittenLaw,
} from '../adapters/law-files/written.ts';
import type { LintProblem } from '../domain/law/types.ts';
import type { LawDesk } from '../interfaces/cli/law/desk.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PLAYBOOKS = join(ROOT, 'playbooks');
const CACHE = join(ROOT, 'dist', 'law.json');
const DAYS_OFF = join(ROOT, 'dist', 'days-off.json');
const WORDS = join(ROOT, 'templates', 'messages', 'law.en.yaml');

/** A law file of the installation that cannot be used. */
export class FaultyLaw extends Error {
  override readonly name = 'FaultyLaw';
}

/**
 * The law for commands that touch no store. What the build compiled is used where the files are still those; only
 * what differs is parsed, and what parses is loaded only then.
 *
 * @param own folder of the organisation's own regimes (its contracts); faults in it are told and left out
 */
export function openLawDesk(own: string, complain: (line: string) => void): LawDesk {
  let read: { readonly cache: LawCache | undefined } | undefined;
  const cache = (): LawCache | undefined => (read ??= { cache: readCache(CACHE) }).cache;
  const told = (problems: readonly LintProblem[]): void => {
    for (const problem of problems) complain(`Not used: ${placed(problem)}`);
  };
  return {
    async written() {
      const { law, problems, ownProblems } = await readWrittenLaw({
        playbooks: PLAYBOOKS,
        own: [own],
        cache: cache(),
      });
      refuse(problems);
      told(ownProblems);
      return law;
    },
    async book() {
      const kept = await readKeptBook({ playbooks: PLAYBOOKS, own: [own], cache: cache() });
      if (kept) return kept;
      const { loadLaw } = await import('../adapters/law-files/law-files.ts');
      const sources = { playbooks: PLAYBOOKS, cache: CACHE };
      const withOwn = loadLaw({ ...sources, own: [own] });
      if (withOwn.book) return withOwn.book;
      // A fault in a contract of the organisation's must not switch off the law.
      const { book, problems } = loadLaw(sources);
      if (!book) return refuse(problems);
      told(withOwn.problems);
      return book;
    },
    workingDays: () => readWorkingDays({ playbooks: PLAYBOOKS, cache: cache() }, DAYS_OFF),
    words: () => readLawWords(WORDS, cache()),
    async lintLaw(files) {
      const [{ loadLaw }, { changesAsked }, { lintHolidays }] = await Promise.all([
        import('../adapters/law-files/law-files.ts'),
        import('../adapters/law-files/changes-asked.ts'),
        import('../adapters/law-files/holiday-files.ts'),
      ]);
      const { problems } = loadLaw({ playbooks: PLAYBOOKS, own: [own], cache: CACHE, replacing: files });
      const daysOff = lintHolidays(PLAYBOOKS, files);
      return [...problems, ...daysOff, ...changesAsked(PLAYBOOKS, [own], files)];
    },
    async lintPlaybooks(files) {
      const { lintPlaybooks, missingWords } = await import('../adapters/playbook-files/lint.ts');
      const folders = { installed: PLAYBOOKS, own: join(own, '..', 'playbooks') };
      return { faults: lintPlaybooks(files, folders), notes: missingWords(files, folders) };
    },
  };
}

function refuse(problems: readonly LintProblem[]): never;
function refuse(problems: readonly LintProblem[]): void;
function refuse(problems: readonly LintProblem[]): void {
  if (problems.length === 0) return;
  throw new FaultyLaw(`The installed law files cannot be used:\n${problems.map(placed).join('\n')}`);
}

function placed({ file, line, column, message }: LintProblem): string {
  return `${file}:${line}:${column} ${message}`;
}
