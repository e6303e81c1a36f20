import type { LawBook } from '../../../domain/law/law-book.ts';
import type { LintProblem } from '../../../domain/law/types.ts';
import type { WorkingDays } from '../../../domain/law/working-days.ts';
import type { WrittenLaw } from '../../../domain/law/written-law.ts';

/** A fault of a file: 1-based line and column. `key` and `values` where the file has a catalogue of words. */
export type FileFault = Pick<LintProblem, 'file' | 'line' | 'column' | 'message'> &
  Partial<Pick<LintProblem, 'key' | 'values'>>;

/** What the commands of the law need of the program around them. Nothing here touches a store. */
export interface LawDesk {
  /** The law as it is written, with the organisation's own contracts. Costs little. */
  written(): Promise<WrittenLaw>;
  /** The law ready to be judged by. Costs more. */
  book(): Promise<LawBook>;
  workingDays(): Promise<WorkingDays>;
  /** The English words of the law: key -> ICU message. */
  words(): Promise<Readonly<Record<string, string>>>;
  /** Faults of law files; a file named takes the place of the installed one of its name. */
  lintLaw(files: readonly string[]): Promise<readonly FileFault[]>;
  lintPlaybooks(
    files: readonly string[],
  ): Promise<{ readonly faults: readonly FileFault[]; readonly notes: readonly string[] }>;
}

/** Where a command writes. */
export interface Desk {
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
  readonly law: LawDesk;
}
