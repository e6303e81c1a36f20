import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { askForChanges } from '../../domain/law/regime/changes.ts';
import type { LintProblem } from '../../domain/law/types.ts';
import { yamlIn } from './cache.ts';

/**
 * The law files that do not say what was changed in them: the installed ones, an organisation's own, and those that
 * are named to be linted. A file that cannot be read is told by the reading itself.
 */
export function changesAsked(
  playbooks: string,
  own: readonly string[],
  replacing: readonly string[],
): readonly LintProblem[] {
  const named = new Set(replacing.map((file) => basename(file)));
  const kept = [join(playbooks, 'regimes'), ...own]
    .flatMap(yamlIn)
    .filter((file) => !named.has(basename(file)));
  return [...kept, ...replacing].flatMap((file) => {
    try {
      return askForChanges(readFileSync(file, 'utf8'), file);
    } catch {
      return [];
    }
  });
}
