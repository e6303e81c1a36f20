import { Temporal } from 'temporal-polyfill';
import type { Wall, WallClock } from '../../../../application/wall/view-wall.ts';
import type { Shown } from '../../answers/show.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { pillFor, type Pill, stretchParts, stretchWords } from '../../words/standing.ts';
import { lineModel } from './line.ts';
import { needsYou } from './needs.ts';
import { incidentRow } from './rows.ts';
import type { Settled } from './settle.ts';
import { clockTitle } from './clock-title.ts';

/** The wall: one number first, then every open clock, what needs this person, and the open incidents. */
export function wallModel(visit: StaffVisit, wall: Wall, settle: readonly Settled[]): Shown {
  const { say } = visit;
  const sure = (clock: WallClock): boolean => clock.decision === 'applies';
  const dated = wall.dated.filter(sure);
  const undated = wall.undated.filter(sure);
  return {
    title: say('nav.wall'),
    section: 'wall',
    hero: heroOf(visit, dated.length > 0 ? dated : wall.dated),
    quiet: wall.open.length === 0,
    heading: headingOf(wall),
    settle,
    olderLaw: wall.judgedByOlderLaw,
    organisation: visit.organisation.name,
    mayLog: visit.may('incident.log'),
    line: lineModel(visit, {
      dated,
      maybe: wall.dated.filter((clock) => !sure(clock)),
      undated: undated.length,
      quiet: wall.open.length === 0,
    }),
    ...undecidedModel(
      visit,
      [...wall.dated, ...wall.undated].filter((clock) => !sure(clock)),
    ),
    ...tableModel(visit, dated, undated),
    needs: needsYou(visit, wall),
    open: wall.open.length,
    rows: wall.open.slice(0, SHOWN).map((row) => incidentRow(visit, row)),
    moreRows: Math.max(0, wall.open.length - SHOWN),
  };
}

/** So many rows of a kind are on the wall, the most urgent first; all of them stand in the list of incidents. */
const SHOWN = 50;
const UNDECIDED_SHOWN = 5;

function tableModel(
  visit: StaffVisit,
  dated: readonly WallClock[],
  undated: readonly WallClock[],
): Pick<Shown, 'table' | 'undated' | 'moreClocks'> {
  const rest = Math.max(0, SHOWN - dated.length);
  return {
    table: dated.slice(0, SHOWN).map((clock) => tableRow(visit, clock)),
    undated: undated.slice(0, rest).map((clock) => tableRow(visit, clock)),
    moreClocks: Math.max(0, dated.length - SHOWN) + Math.max(0, undated.length - rest),
  };
}

/** What is true where no clock has a date: nothing is open, nothing is owed any more, or all of it waits. */
function headingOf({ open, dated, undated }: Wall): 'no-clock' | 'all-met' | 'no-date' {
  if (open.length === 0) return 'no-clock';
  return dated.length + undated.length === 0 ? 'all-met' : 'no-date';
}

function heroOf(visit: StaffVisit, dated: readonly WallClock[]): object | null {
  const [first] = dated;
  if (!first?.dueAt) return null;
  const { say, times, now } = visit;
  const overdue = dated.filter(({ standing }) => standing === 'overdue');
  const sure = first.decision === 'applies';
  const late = sure && first.standing === 'overdue';
  const next = dated.find(({ standing }) => standing !== 'overdue');
  return {
    eyebrow: say(!sure ? 'wall.maybe-deadline' : late ? 'wall.longest-overdue' : 'wall.next-deadline'),
    late,
    parts: stretchParts(visit, now, first.dueAt),
    title: clockTitle(visit, first),
    pill: heroPill(visit, first),
    when: times.full(first.dueAt),
    incident: first.title,
    reference: first.reference,
    href: `/incidents/${first.incident}`,
    more: overdue.length - 1,
    next: late && next?.dueAt ? stretchWords(visit, now, next.dueAt) : null,
  };
}

/** The number says how long; the pill says only how it stands. */
export function heroPill(
  visit: Pick<StaffVisit, 'say' | 'now'>,
  { standing, decision }: Pick<WallClock, 'standing' | 'decision'>,
): Pill {
  if (decision !== 'applies')
    return { look: 'undecided', icon: 'undecided', word: visit.say('standing.undecided') };
  return { look: standing, icon: standing, word: visit.say(`wall.pill.${standing}`) };
}

/** Duties that may apply, as one sentence for each incident: its page asks what decides them. */
function undecidedModel(
  visit: StaffVisit,
  clocks: readonly WallClock[],
): Pick<Shown, 'undecided' | 'moreUndecided'> {
  const own = new Map<string, WallClock[]>();
  for (const clock of clocks) {
    const known = own.get(clock.incident);
    if (known) known.push(clock);
    else own.set(clock.incident, [clock]);
  }
  // Those with a date come first and in its order, so each incident's first is its earliest.
  const undecided = [...own].slice(0, UNDECIDED_SHOWN).map(([incident, waiting]) => {
    const earliest = waiting[0]?.dueAt;
    const reference = waiting[0]?.reference ?? '';
    return {
      href: `/incidents/${incident}#questions`,
      words: visit.say('wall.undecided', { count: waiting.length, reference }),
      earliest: earliest ? visit.say('wall.undecided-earliest', { when: visit.times.full(earliest) }) : '',
    };
  });
  return { undecided, moreUndecided: Math.max(0, own.size - UNDECIDED_SHOWN) };
}

function tableRow(visit: StaffVisit, clock: WallClock): object {
  const { times, say } = visit;
  const due = (moment: Temporal.Instant): string => times.full(moment);
  return {
    href: `/incidents/${clock.incident}`,
    reference: clock.reference,
    incident: clock.title,
    title: clockTitle(visit, clock),
    pill: pillFor(visit, clock.standing, clock),
    due: clock.dueAt ? due(clock.dueAt) : null,
    why: clock.dueAt ? null : say(`undated.${undatedReason(clock)}`),
  };
}

function undatedReason({ standing, waitsFor }: WallClock): string {
  if (standing === 'not-started') return waitsFor?.startsWith('notified:') ? 'waits-for-notice' : 'waits';
  return standing === 'no-number' ? 'no-number' : 'undecided';
}
