import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { KeptRegime, LawCache } from './cache.ts';
import { authorityHash, sha256, yamlIn } from './cache.ts';
import { HolidayCalendar } from '../holidays/working-days.ts';
import { readDays } from '../holidays/listed.ts';
import type { HolidayFile } from '../holidays/day-rules.ts';
import type { LawBook } from '../../domain/law/law-book.ts';
import type { Regime } from '../../domain/law/regime/parse.ts';
import type { Authority, LintProblem } from '../../domain/law/types.ts';
import type { WorkingDays } from '../../domain/law/working-days.ts';
import { WrittenLaw } from '../../domain/law/written-law.ts';

export interface WrittenSources {
  readonly playbooks: string;
  readonly own?: readonly string[];
  /** As {@link readCache} gives it. */
  readonly cache: LawCache | undefined;
}

export interface ReadLaw {
  readonly law: WrittenLaw;
  /** Faults of an organisation's own files: such a file is left out, and the law stands. */
  readonly ownProblems: readonly LintProblem[];
  readonly problems: readonly LintProblem[];
}

/**
 * The law as it is written, for whoever lists it or counts by it. What the cache knows costs one hash a file; the
 * YAML reader and the schemas are loaded only for a file that it does not know.
 */
export async function readWrittenLaw({ playbooks, own = [], cache }: WrittenSources): Promise<ReadLaw> {
  const installed = await readRegimes(yamlIn(join(playbooks, 'regimes')), cache);
  const theirs = await readRegimes(own.flatMap(yamlIn), cache);
  const ids = new Set(installed.regimes.flatMap(({ raw }) => raw.duties.map(({ id }) => id)));
  const taken = (regime: KeptRegime): string | undefined =>
    regime.raw.duties.find(({ id }) => ids.has(id))?.id;
  const fitting = theirs.regimes.filter((regime) => taken(regime) === undefined);
  const clashes = theirs.regimes.flatMap((regime): LintProblem[] => {
    const given = taken(regime);
    if (given === undefined) return [];
    const file = regime.file;
    return [
      { file, line: 1, column: 1, key: 'two-duties', values: { given }, message: `two-duties: ${given}` },
    ];
  });
  return {
    law: new WrittenLaw([...installed.regimes, ...fitting]),
    problems: installed.problems,
    ownProblems: [...theirs.problems, ...clashes],
  };
}

interface Regimes {
  readonly regimes: readonly (KeptRegime & { readonly file: string })[];
  readonly problems: readonly LintProblem[];
}

async function readRegimes(files: readonly string[], cache: LawCache | undefined): Promise<Regimes> {
  const regimes: (KeptRegime & { readonly file: string })[] = [];
  const problems: LintProblem[] = [];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const kept = cache?.regimes[sha256(text)];
    if (kept) {
      regimes.push({ ...kept, file });
      continue;
    }
    const { parseRegime } = await import('../../domain/law/regime/parse.ts');
    const parsed = parseRegime(text, file);
    problems.push(...parsed.problems);
    if (parsed.regime) regimes.push(parsed.regime);
  }
  return { regimes, problems };
}

/**
 * The law ready to be judged by, where the cache knows every file: they were linted together when it was made, so
 * neither the YAML reader nor the linter is loaded. Undefined where a file is new or changed.
 */
export async function readKeptBook({
  playbooks,
  own = [],
  cache,
}: WrittenSources): Promise<LawBook | undefined> {
  if (!cache) return undefined;
  const regimes: Regime[] = [];
  for (const file of [join(playbooks, 'regimes'), ...own].flatMap(yamlIn)) {
    const kept = cache.regimes[sha256(readFileSync(file, 'utf8'))];
    if (!kept) return undefined;
    regimes.push({ ...kept, file });
  }
  const authorities: Authority[] = [];
  for (const file of yamlIn(join(playbooks, 'authorities'))) {
    const kept = cache.authorities[authorityHash(file, readFileSync(file, 'utf8'))];
    if (!kept) return undefined;
    authorities.push(kept);
  }
  const [{ bindBook }, { takePlans }] = await Promise.all([
    import('../../domain/law/law-book.ts'),
    import('../../domain/law/conditions/condition.ts'),
  ]);
  takePlans(cache.plans);
  return bindBook(regimes, authorities);
}

/** The days off of all places, without loading what the cache and the list of days know already. */
export async function readWorkingDays(
  { playbooks, cache }: WrittenSources,
  daysFile: string,
): Promise<WorkingDays> {
  const files: HolidayFile[] = [];
  for (const file of yamlIn(join(playbooks, 'holidays'))) {
    const text = readFileSync(file, 'utf8');
    files.push(
      cache?.holidays[sha256(text)] ?? (await import('../holidays/override.ts')).parseHolidayFile(text, file),
    );
  }
  return new HolidayCalendar(files, readDays(daysFile));
}

/** The words of a catalogue, flat, by its file. */
export async function readLawWords(
  file: string,
  cache: LawCache | undefined,
): Promise<Readonly<Record<string, string>>> {
  const text = readFileSync(file, 'utf8');
  const kept = cache?.words[sha256(text)];
  return kept ?? (await import('./words-file.ts')).parseWords(text, basename(file));
}
