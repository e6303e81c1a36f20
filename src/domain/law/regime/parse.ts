import { createHash } from 'node:crypto';
import type { LintProblem } from '../types.ts';
import { lintFile, type Reference } from './lint-file.ts';
import type { RawRegime } from './raw.ts';
import { regimeSchema } from './schema.ts';
import { reportShape } from './shape-faults.ts';
import { Source } from './source.ts';

/** A law file that was read: what it says, the hash of its text, and where it names other duties. */
export interface Regime {
  readonly id: string;
  readonly title: string;
  /** SHA-256 of the text, in hex: an incident keeps it to say by which text it was judged. */
  readonly hash: string;
  readonly file: string;
  readonly raw: RawRegime;
  /** Names of other duties, with their places; empty for a file that comes from the compiled cache. */
  readonly references: readonly Reference[];
}

/**
 * Reads one law file. With any fault there is no regime, and every fault has its line and column. What only shows
 * across files (unknown duties, cycles, two duties with one id) is found when the files are put together.
 */
export function parseRegime(
  text: string,
  file: string,
): { regime?: Regime; problems: readonly LintProblem[] } {
  const source = new Source(text, file);
  if (source.problems.length > 0) return { problems: source.problems };
  const checked = regimeSchema.validate(source.value());
  if (checked.error) {
    reportShape(source, regimeSchema, checked.error);
    return { problems: source.problems };
  }
  const raw = checked.value as RawRegime;
  const references = lintFile(raw, source);
  if (source.problems.length > 0) return { problems: source.problems };
  const hash = createHash('sha256').update(text).digest('hex');
  return { regime: { id: raw.regime, title: raw.title, hash, file, raw, references }, problems: [] };
}
