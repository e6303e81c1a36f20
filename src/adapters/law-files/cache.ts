import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { KeptPlans } from '../../domain/law/conditions/condition.ts';
import type { Regime } from '../../domain/law/regime/parse.ts';
import type { Authority } from '../../domain/law/types.ts';
import type { HolidayFile } from '../holidays/day-rules.ts';

export type KeptRegime = Omit<Regime, 'file'>;

/**
 * What files say, by the hash of their text; only files without a fault are in it. A changed file has another hash,
 * so nothing in here is ever stale. Reading it needs neither the YAML reader nor the schemas.
 */
export interface LawCache {
  readonly version: 3;
  readonly regimes: Readonly<Record<string, KeptRegime>>;
  readonly authorities: Readonly<Record<string, Authority>>;
  readonly holidays: Readonly<Record<string, HolidayFile>>;
  /** The conditions of the law as they were read, by their text. */
  readonly plans: KeptPlans;
  /** Catalogues of words, flat: `step.due` -> message. */
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The compiled cache, where there is one that can be read. */
export function readCache(path: string | undefined): LawCache | undefined {
  if (path === undefined || !existsSync(path)) return undefined;
  try {
    const cache = JSON.parse(readFileSync(path, 'utf8')) as Partial<LawCache>;
    const { regimes, authorities, holidays, plans, words } = cache;
    const whole = regimes && authorities && holidays && plans && words;
    return cache.version === 3 && whole ? (cache as LawCache) : undefined;
  } catch {
    // A cache is only a cache: what cannot be read is made anew from the files.
    return undefined;
  }
}

/** Writes the cache, whole or not at all. */
export function writeCache(path: string, cache: LawCache): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(cache));
  renameSync(`${path}.new`, path);
}

/** The YAML files of a folder in the order of their names; a folder that does not exist has none. */
export function yamlIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') || name.endsWith('.yml'))
    .sort()
    .map((name) => join(folder, name));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** An authority's id is the name of its file, so the name counts with the text. */
export function authorityHash(file: string, text: string): string {
  return sha256(`${basename(file, '.yaml')}\n${text}`);
}
