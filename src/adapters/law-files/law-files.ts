import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseAuthority } from '../../domain/law/authority.ts';
import { bindBook, makeLawBook, type LawBook } from '../../domain/law/law-book.ts';
import { parseRegime, type Regime } from '../../domain/law/regime/parse.ts';
import type { Authority, LintProblem } from '../../domain/law/types.ts';

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

interface Cache {
  readonly version: 1;
  /** By the hash of a file's text: what it says. Only files without a fault are in it. */
  readonly regimes: Readonly<Record<string, Omit<Regime, 'file' | 'references'>>>;
  readonly authorities: Readonly<Record<string, Authority>>;
}

/** Reads all law files. A file that the cache knows by its hash is not parsed again; any fault and there is no book. */
export function loadLaw(sources: LawSources): LoadedLaw {
  const cache = readCache(sources.cache);
  const read = readAll(sources, cache);
  const { texts } = read;
  if (read.problems.length > 0) return { problems: read.problems, texts };
  // Files from the cache were linted together when it was made; with one changed file all are linted again.
  if (read.fromCache) return { book: bindBook(read.regimes, read.authorities), problems: [], texts };
  if (cache) return loadLaw(withoutCache(sources));
  return { ...makeLawBook(read.regimes, read.authorities), texts };
}

function withoutCache({ playbooks, own, replacing }: LawSources): LawSources {
  return { playbooks, ...(own ? { own } : {}), ...(replacing ? { replacing } : {}) };
}

/** Parses and lints everything once and writes the cache; the problems, if any, keep it from being written. */
export function compileLaw(sources: LawSources & { readonly cache: string }): readonly LintProblem[] {
  const read = readAll(withoutCache(sources), undefined);
  const problems =
    read.problems.length > 0 ? read.problems : makeLawBook(read.regimes, read.authorities).problems;
  if (problems.length > 0) return problems;
  const regimes: Record<string, Omit<Regime, 'file' | 'references'>> = {};
  for (const { id, title, hash, raw } of read.regimes) regimes[hash] = { id, title, hash, raw };
  const authorities: Record<string, Authority> = {};
  for (const { hash, authority } of read.hashed) authorities[hash] = authority;
  const cache: Cache = { version: 1, regimes, authorities };
  mkdirSync(dirname(sources.cache), { recursive: true });
  writeFileSync(`${sources.cache}.new`, JSON.stringify(cache));
  renameSync(`${sources.cache}.new`, sources.cache);
  return [];
}

function readCache(path: string | undefined): Cache | undefined {
  if (path === undefined || !existsSync(path)) return undefined;
  try {
    const cache = JSON.parse(readFileSync(path, 'utf8')) as Partial<Cache>;
    return cache.version === 1 && cache.regimes && cache.authorities ? (cache as Cache) : undefined;
  } catch {
    // A cache is only a cache: what cannot be read is made anew from the files.
    return undefined;
  }
}

interface Read {
  readonly regimes: readonly Regime[];
  readonly authorities: readonly Authority[];
  readonly hashed: readonly { readonly hash: string; readonly authority: Authority }[];
  readonly problems: readonly LintProblem[];
  readonly fromCache: boolean;
  readonly texts: ReadonlyMap<string, string>;
}

function readAll(sources: LawSources, cache: Cache | undefined): Read {
  const problems: LintProblem[] = [];
  const regimes: Regime[] = [];
  const texts = new Map<string, string>();
  const hashed: { hash: string; authority: Authority }[] = [];
  let fromCache = cache !== undefined;
  for (const file of regimeFiles(sources)) {
    const text = readFileSync(file, 'utf8');
    const digest = sha256(text);
    texts.set(digest, text);
    const kept = cache?.regimes[digest];
    if (kept) {
      regimes.push({ ...kept, file, references: [] });
      continue;
    }
    fromCache = false;
    const parsed = parseRegime(text, file);
    problems.push(...parsed.problems);
    if (parsed.regime) regimes.push(parsed.regime);
  }
  for (const file of yamlIn(join(sources.playbooks, 'authorities'))) {
    const text = readFileSync(file, 'utf8');
    const id = basename(file, '.yaml');
    const hash = sha256(`${id}\n${text}`);
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

function regimeFiles({ playbooks, own = [], replacing = [] }: LawSources): readonly string[] {
  const replaced = new Set(replacing.map((file) => basename(file)));
  const installed = [join(playbooks, 'regimes'), ...own].flatMap(yamlIn);
  return [...installed.filter((file) => !replaced.has(basename(file))), ...replacing];
}

function yamlIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') || name.endsWith('.yml'))
    .sort()
    .map((name) => join(folder, name));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
