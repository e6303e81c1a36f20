import { FLAGS } from '../law/types.ts';

type Value = string | boolean;
const YES_NO: readonly Value[] = [true, false];

/** Facts that an answer may settle, with the values that they take. */
const SETTABLE: ReadonlyMap<string, readonly Value[]> = new Map<string, readonly Value[]>([
  ['data.encrypted', YES_NO],
  ['data.keyCompromised', YES_NO],
  ['data.accessCode', YES_NO],
  ['data.medium', ['electronic', 'paper', 'both']],
  ['breach.confidentiality', YES_NO],
  ['breach.integrity', YES_NO],
  ['breach.availability', YES_NO],
  ['supplier.role', ['processor', 'controller', 'joint-controller']],
  ['supplier.confirmed', YES_NO],
  ...FLAGS.map((flag): [string, readonly Value[]] => [flag, YES_NO]),
]);

export const SETTABLE_FACTS: readonly string[] = [...SETTABLE.keys()];

/** The values that an answer may give to this fact; undefined where it cannot settle it. */
export function settableFact(name: string): readonly Value[] | undefined {
  return SETTABLE.get(name);
}
