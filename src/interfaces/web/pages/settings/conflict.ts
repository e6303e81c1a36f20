import type { Organisation } from '../../../../application/ports/staff.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { listed } from '../../words/lists.ts';
import { storedOf, typedText, type Typed } from './organisation-form.ts';

/** One setting that somebody else saved otherwise, in words. */
export interface Conflict {
  readonly label: string;
  readonly theirs: string;
  readonly yours: string;
}

/** Where what is saved now differs from what was typed: what saving again would put in its place. */
export function conflictsOf(visit: StaffVisit, current: Organisation, typed: Typed): readonly Conflict[] {
  const stored = storedOf(current, visit.locale);
  return Object.keys(stored).flatMap((name) => {
    const [theirs, yours] = [wordsOf(visit, stored, name), wordsOf(visit, typed, name)];
    return theirs === yours ? [] : [{ label: visit.say(`settings.${name}`), theirs, yours }];
  });
}

function wordsOf(visit: StaffVisit, from: Typed, name: string): string {
  const value = from[name];
  const words =
    typeof value === 'string'
      ? typedText(from, name).trim()
      : listed(
          visit,
          (value ?? []).map((one) => valueWords(visit, one)),
          'conjunction',
        );
  return words === '' || words === 'unknown' ? visit.say('settings.empty') : words;
}

function valueWords({ say, parts }: StaffVisit, value: string): string {
  const key = [`sector.${value}`, `profile-role.${value}`].find((known) => parts.words.has('en', known));
  if (key !== undefined) return say(key);
  return value === 'none' ? say('settings.no-sector') : value;
}
