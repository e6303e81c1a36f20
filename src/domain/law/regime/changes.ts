import type { LintProblem } from '../types.ts';
import { Source } from './source.ts';

/** What was changed in a law file, and when (`YYYY-MM-DD`). */
export interface RawChange {
  readonly on: string;
  readonly what: string;
}

/**
 * Asks a law file for its list of changes. Only the linter asks, and it asks no contract: what an organisation agreed
 * with its client changes by another contract.
 * @returns the fault, at the file's id; nothing where the list is there
 */
export function askForChanges(text: string, file: string): readonly LintProblem[] {
  // Reading YAML is dear, and nearly every file has its list.
  if (/^changes:/m.test(text)) return [];
  const source = new Source(text, file);
  const head = source.value();
  const isLaw = typeof head === 'object' && head !== null && 'regime' in head;
  if (isLaw && !('status' in head && head.status === 'contract')) source.atKey(['regime'], 'no-changes');
  return source.problems.filter(({ key }) => key === 'no-changes');
}
