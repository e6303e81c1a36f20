import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { yamlIn } from './cache.ts';

/** What a file of the law can be. */
export interface FileKinds {
  readonly laws: readonly string[];
  readonly authorities: readonly string[];
  readonly holidays: readonly string[];
}

/** Sorts files that were named by what they are: by their folder, else by their shape, else by the name of one that is
 * installed. What tells nothing, or cannot be read, is taken for a law, which then says what is wrong with it. */
export function kindsOf(files: readonly string[], playbooks: string): FileKinds {
  const installed = (kind: string): ReadonlySet<string> =>
    new Set(yamlIn(join(playbooks, kind)).map((file) => basename(file)));
  const names = { authorities: installed('authorities'), holidays: installed('holidays') };
  const kinds: Record<keyof FileKinds, string[]> = { laws: [], authorities: [], holidays: [] };
  for (const file of files) kinds[kindOf(file, names)].push(file);
  return kinds;
}

const BY_FOLDER: Readonly<Record<string, keyof FileKinds>> = {
  regimes: 'laws',
  authorities: 'authorities',
  holidays: 'holidays',
};

function kindOf(
  file: string,
  names: { readonly authorities: ReadonlySet<string>; readonly holidays: ReadonlySet<string> },
): keyof FileKinds {
  const byFolder = BY_FOLDER[basename(dirname(resolve(file)))];
  if (byFolder) return byFolder;
  const text = readable(file);
  const says = (key: string): boolean => new RegExp(`^["']?${key}["']?\\s*:`, 'm').test(text);
  if (says('regime') || says('duties')) return 'laws';
  if (says('places') || says('checkedUntil')) return 'holidays';
  if (says('kind') && says('languages')) return 'authorities';
  const name = basename(file);
  if (names.authorities.has(name)) return 'authorities';
  return names.holidays.has(name) ? 'holidays' : 'laws';
}

function readable(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Files as they stand when some take the place of those of their name; a new name comes last. */
export function standing(files: readonly string[], replacing: readonly string[]): readonly string[] {
  const gone = new Set(replacing.map((file) => basename(file)));
  return [...files.filter((file) => !gone.has(basename(file))), ...replacing];
}
