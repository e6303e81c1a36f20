import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { plansRead, takePlans } from '../../domain/law/conditions/condition.ts';
import { parseAuthority } from '../../domain/law/authority.ts';
import { bindBook, makeLawBook, type LawBook } from '../../domain/law/law-book.ts';
import { parseRegime, type Regime } from '../../domain/law/regime/parse.ts';
import type { Authority, LintProblem } from '../../domain/law/types.ts';
import {
  authorityHash,
  readCache,
  sha256,
  writeCache,
  yamlIn,
  type KeptRegime,
  type LawCache,
} from './cache.ts';
import { parseHolidayFile } from '../holidays/override.ts';
import { kindsOf, standing } from './file-kinds.ts';
import { parseWords } from './words-file.ts';

export interface LawSources {
  /** The installed playbooks folder, with `regimes/` and `authorities/`. */
  readonly playbooks: string;
  /** Folders with an organisation's own regimes (its contracts), beside the installed ones. */
  readonly own?: readonly string[];
  /** The compiled cache (one JSON); read where it is there, never written by reading. */
  readonly cache?: string;
  /** Files that take the place of the installed file of their name, for the linter. */
  readonly replacing?: readonly string[];
}

export interface LoadedLaw {
  readonly book?: LawBook;
  /** The regime files' texts by their hash: an incident keeps those by which it was judged. */
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly LintProblem[];
}

/** Reads all law files. A file that the cache knows by its hash is not parsed again; any fault and there is no book. */
export function loadLaw(sources: LawSources): LoadedLaw {
  const cache = readCache(sources.cache);
  if (cache) takePlans(cache.plans);
  const read = readAll(sources, cache);
  const { texts } = read;
  if (read.problems.length > 0) return { problems: read.problems, texts };
  // Files that all come from the cache were linted together when it was made.
  if (read.fromCache) return { book: bindBook(read.regimes, read.authorities), problems: [], texts };
  return { ...makeLawBook(read.regimes, read.authorities), texts };
}

/** What is compiled beside the law: words that a command prints, so that it need not read YAML. */
export interface CompiledSources extends LawSources {
  readonly cache: string;
  readonly words: readonly string[];
}

/** Parses and lints everything once and writes the cache; the problems, if any, keep it from being written. */
export function compileLaw(sources: CompiledSources): readonly LintProblem[] {
  const read = readAll(sources, undefined);
  const problems =
    read.problems.length > 0 ? read.problems : makeLawBook(read.regimes, read.authorities).problems;
  if (problems.length > 0) return problems;
  const regimes: Record<string, KeptRegime> = {};
  for (const { id, title, hash, raw, references } of read.regimes)
    regimes[hash] = { id, title, hash, raw, references };
  const authorities: Record<string, Authority> = {};
  for (const { hash, authority } of read.hashed) authorities[hash] = authority;
  const holidays = byHash(yamlIn(join(sources.playbooks, 'holidays')), parseHolidayFile);
  const words = byHash(sources.words, parseWords);
  writeCache(sources.cache, { version: 3, regimes, authorities, holidays, plans: plansRead(), words });
  return [];
}

function byHash<T>(files: readonly string[], parse: (text: string, file: string) => T): Record<string, T> {
  const texts = files.map((file) => [file, readFileSync(file, 'utf8')] as const);
  return Object.fromEntries(texts.map(([file, text]) => [sha256(text), parse(text, file)]));
}

interface Read {
  readonly regimes: readonly Regime[];
  readonly authorities: readonly Authority[];
  readonly hashed: readonly { readonly hash: string; readonly authority: Authority }[];
  readonly problems: readonly LintProblem[];
  readonly fromCache: boolean;
  readonly texts: ReadonlyMap<string, string>;
}

function readAll(sources: LawSources, cache: LawCache | undefined): Read {
  const problems: LintProblem[] = [];
  const regimes: Regime[] = [];
  const texts = new Map<string, string>();
  const hashed: { hash: string; authority: Authority }[] = [];
  let fromCache = cache !== undefined;
  const files = filesOf(sources);
  for (const file of files.regimes) {
    const text = textOf(file, problems);
    if (text === undefined) continue;
    const digest = sha256(text);
    texts.set(digest, text);
    const kept = cache?.regimes[digest];
    if (kept) {
      regimes.push({ ...kept, file });
      continue;
    }
    fromCache = false;
    const parsed = parseRegime(text, file);
    problems.push(...parsed.problems);
    if (parsed.regime) regimes.push(parsed.regime);
  }
  for (const file of files.authorities) {
    const text = textOf(file, problems);
    if (text === undefined) continue;
    const id = basename(file, '.yaml');
    const hash = authorityHash(file, text);
    const kept = cache?.authorities[hash];
    const parsed = kept ? { authority: kept, problems: [] } : parseAuthority(text, id, file);
    if (!kept) fromCache = false;
    problems.push(...parsed.problems);
    if (parsed.authority) hashed.push({ hash, authority: parsed.authority });
  }
  return {
    regimes,
    authorities: hashed.map(({ authority }) => authority),
    hashed,
    problems,
    fromCache,
    texts,
  };
}

interface Files {
  readonly regimes: readonly string[];
  readonly authorities: readonly string[];
}

/** A file that replaces stands for the installed one of its name; a new name is a new law. */
function filesOf({ playbooks, own = [], replacing = [] }: LawSources): Files {
  const named = kindsOf(replacing, playbooks);
  return {
    regimes: standing([join(playbooks, 'regimes'), ...own].flatMap(yamlIn), named.laws),
    authorities: standing(yamlIn(join(playbooks, 'authorities')), named.authorities),
  };
}

/** The text of a file; one that cannot be read is a problem like any other. */
function textOf(file: string, problems: LintProblem[]): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const values = { reason };
    problems.push({
      file,
      line: 1,
      column: 1,
      key: 'cannot-read',
      values,
      message: `cannot-read: ${reason}`,
    });
    return undefined;
  }
}
