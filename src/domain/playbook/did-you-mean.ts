import { nearest } from '../law/nearest.ts';

/** ` (did you mean "x"?)`, or nothing where no known name is near. */
export function didYouMean(given: string, known: Iterable<string>): string {
  const name = nearest(given, known);
  return name === undefined ? '' : ` (did you mean "${name}"?)`;
}
