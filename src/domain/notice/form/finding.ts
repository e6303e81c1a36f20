import type { Temporal } from 'temporal-polyfill';
import type { Field, Values } from './fields.ts';
import type { Asked, OwnAnswers } from './own.ts';

/** R1 to R12 of forms.md; `form` is what a form itself will not take. */
export type RuleName =
  'form' | 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R7' | 'R8' | 'R9' | 'R10' | 'R11' | 'R12';

/** What a rule has to say of a notice. Its words stand under `forms.finding.<key>`. */
export interface Finding {
  readonly rule: RuleName;
  /** An error stops the filing; a warning is for a person to judge. */
  readonly level: 'error' | 'warning';
  readonly field: Asked;
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** A notice as it would be filed. */
export interface FormNotice {
  readonly values: Values;
  /** Fields of which 'to be determined' was said, beside those whose list has that value. */
  readonly follows: readonly Field[];
  /** Its author calls it complete although something is missing. */
  readonly overclaimed?: true;
  /** Answers to the questions that only this form asks. */
  readonly own?: OwnAnswers;
}

/** What the rules must know beside the notice. */
export interface Filing {
  /** When it is, or would be, filed. */
  readonly filedAt: Temporal.Instant;
  /** The end of the period after `aware-at`, as the law engine counted it; null where no period runs. */
  readonly dueAt: Temporal.Instant | null;
  /** Whether `subjects-by-place` names the place of every affected person. */
  readonly allPlacesListed: boolean;
}

export type Rule = (notice: FormNotice, filing: Filing) => readonly Finding[];

export function error(
  rule: RuleName,
  field: Asked,
  key: string,
  values?: Finding['values'],
): readonly Finding[] {
  return [{ rule, level: 'error', field, key, ...(values ? { values } : {}) }];
}

export function warning(
  rule: RuleName,
  field: Asked,
  key: string,
  values?: Finding['values'],
): readonly Finding[] {
  return [{ rule, level: 'warning', field, key, ...(values ? { values } : {}) }];
}

export const NOTHING: readonly Finding[] = [];
