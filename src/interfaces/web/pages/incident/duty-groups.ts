import { Temporal } from 'temporal-polyfill';
import type { ObligationView } from '../../../../application/incident/view-incident.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { factOf } from './fact-forms.ts';
import type { OpenQuestion } from './open-questions.ts';

/** What there is to do for a duty. */
export type Doing = 'authority' | 'people' | 'others' | 'record';

const DOINGS: readonly Doing[] = ['authority', 'people', 'others', 'record'];

function doingOf(notify: string): Doing {
  return notify === 'authority' || notify === 'people' || notify === 'record' ? notify : 'others';
}

export interface DutyGroup {
  readonly doing: Doing;
  /** `Tell an authority`. */
  readonly heading: string;
  /** When the first of them is due, in words; empty where none has a date. */
  readonly first: string;
  readonly duties: readonly ObligationView[];
}

/**
 * Duties by what there is to do, in the order given within each; the group with the nearest deadline on top. Forty
 * countries are four kinds of work.
 */
export function groupsOf(visit: StaffVisit, duties: readonly ObligationView[]): readonly DutyGroup[] {
  const groups = DOINGS.map((doing) => ({
    doing,
    duties: duties.filter(({ obligation }) => doingOf(obligation.notify) === doing),
  })).filter((group) => group.duties.length > 0);
  return groups
    .map((group) => ({ ...group, earliest: earliestOf(group.duties) }))
    .sort((a, b) => rank(a.earliest) - rank(b.earliest))
    .map(({ doing, earliest, duties: ones }) => ({
      doing,
      heading: visit.say(`duties.doing.${doing}`),
      first: earliest ? visit.say('duties.first-due', { when: visit.times.full(earliest) }) : '',
      duties: ones,
    }));
}

function earliestOf(duties: readonly ObligationView[]): Temporal.Instant | null {
  return duties.reduce<Temporal.Instant | null>((first, { obligation: { dueAt } }) => {
    if (!first || !dueAt) return first ?? dueAt;
    return Temporal.Instant.compare(dueAt, first) < 0 ? dueAt : first;
  }, null);
}

function rank(earliest: Temporal.Instant | null): number {
  return earliest?.epochMilliseconds ?? Infinity;
}

/** Undecided duties under the question that comes first among those that decide them. */
export function undecidedBy(
  questions: readonly OpenQuestion[],
  undecided: readonly ObligationView[],
): readonly { readonly question: OpenQuestion; readonly duties: readonly ObligationView[] }[] {
  const left = new Set(undecided);
  return questions.flatMap((question) => {
    const duties = [...left].filter(({ obligation }) =>
      obligation.missing.map(factOf).includes(question.name),
    );
    for (const one of duties) left.delete(one);
    return duties.length === 0 ? [] : [{ question, duties }];
  });
}
