import { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../../../../application/calendar/view-calendar.ts';
import { REGION } from '../../../shared/words.ts';
import type { Shown } from '../../answers/show.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { pillFor, stretchWords, type Pill } from '../../words/standing.ts';
import { dueOfTask, duesOf, type Due } from './entries.ts';
import { isShown, turned, weeksOf, type Range } from './range.ts';

/** Overdue first, then day by day; beside it the months as grids whose days lead to the list. */
export function calendarModel(visit: StaffVisit, calendar: Calendar, range: Range): Shown {
  const { say, times, now } = visit;
  const dues = [...duesOf(visit, calendar.clocks), ...calendar.tasks.map(dueOfTask)].sort((a, b) =>
    Temporal.Instant.compare(a.at, b.at),
  );
  const past = dues.filter((due) => isPast(due, now));
  const overdue = past.filter(({ kind }) => kind !== 'task');
  const slipped = past.filter(({ kind }) => kind === 'task');
  const days = byDay(
    visit,
    dues.filter((due) => !isPast(due, now)),
  );
  const shown = [...days].filter(([day]) => isShown(range, Temporal.PlainDate.from(day)));
  const last = range.months.at(-1);
  const later = last
    ? [...days].filter(
        ([day]) => Temporal.PlainYearMonth.compare(Temporal.PlainDate.from(day).toPlainYearMonth(), last) > 0,
      )
    : [];
  return {
    title: say('nav.calendar'),
    section: 'calendar',
    heading: headingOf(visit, overdue, dues),
    zone: say('calendar.zone', { zone: times.zone.replaceAll('_', ' '), name: times.zoneName(now) }),
    overdue: overdue.map((due) => lineModel(visit, due)),
    slipped: slipped.map((due) => lineModel(visit, due)),
    slippedWords: say('calendar.slipped', { count: slipped.length }),
    days: shown.map(([day, own]) => ({
      id: dayId(day),
      heading: dayWords(visit, day),
      today: range.today.toString() === day,
      lines: own.filter(({ kind }) => kind !== 'task').map((due) => lineModel(visit, due)),
      targets: own.filter(({ kind }) => kind === 'task').map((due) => lineModel(visit, due)),
      targetsWords: say('calendar.targets', { count: own.filter(({ kind }) => kind === 'task').length }),
    })),
    later: later.length > 0 ? say('calendar.later', { count: later.flatMap(([, own]) => own).length }) : null,
    laterHref: later[0] ? `/calendar?from=${later[0][0].slice(0, 7)}` : '',
    nothing: past.length === 0 && shown.length === 0,
    months: range.months.map((month) => monthModel(visit, month, range, days)),
    back: monthLink(turned(range, -1)),
    on: monthLink(turned(range, 1)),
    unread: calendar.unread > 0 ? say('calendar.unread', { count: calendar.unread }) : null,
  };
}

function isPast(due: Due, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(due.at, now) < 0;
}

function headingOf({ say }: StaffVisit, overdue: readonly Due[], dues: readonly Due[]): string {
  const late = overdue.filter(({ kind }) => kind === 'duty').length;
  if (late > 0) return say('calendar.late', { count: late });
  const deadlines = dues.filter(({ kind }) => kind === 'duty').length;
  const maybe = dues.some(({ kind }) => kind === 'maybe');
  return deadlines === 0 && maybe ? say('calendar.maybe') : say('calendar.heading', { count: deadlines });
}

function byDay({ times }: StaffVisit, dues: readonly Due[]): ReadonlyMap<string, readonly Due[]> {
  const days = new Map<string, Due[]>();
  for (const due of dues) {
    const day = due.at.toZonedDateTimeISO(times.zone).toPlainDate().toString();
    days.set(day, [...(days.get(day) ?? []), due]);
  }
  return days;
}

function lineModel(visit: StaffVisit, due: Due): object {
  const { times } = visit;
  const past = isPast(due, visit.now);
  return {
    iso: due.at.toString(),
    hour: past ? times.short(due.at) : times.hour(due.at),
    title: due.title,
    pill: pillOf(visit, due),
    href: `/incidents/${due.incident}${anchorOf(due)}`,
    reference: due.reference,
    incident: due.incidentTitle,
  };
}

function anchorOf({ kind, id, incident }: Due): string {
  if (kind === 'maybe') return '#questions';
  return kind === 'task' ? `#t-${id.slice(`${incident} task `.length)}` : '#duties';
}

/** A target of the house that has passed is amber, never red: red belongs to the law. */
function pillOf(visit: StaffVisit, { kind, at, clock }: Due): Pill {
  const { say, now } = visit;
  if (kind === 'duty' && clock) return pillFor(visit, clock.standing, clock);
  if (kind === 'maybe') return { look: 'undecided', icon: 'undecided', word: say('standing.undecided') };
  const left = stretchWords(visit, now, at);
  return Temporal.Instant.compare(at, now) < 0
    ? { look: 'due-soon', icon: 'due-soon', word: say('calendar.target-past', { left }) }
    : { look: 'not-required', icon: 'open', word: say('calendar.target', { left }) };
}

function monthModel(
  visit: StaffVisit,
  month: Temporal.PlainYearMonth,
  range: Range,
  days: ReadonlyMap<string, readonly Due[]>,
): object {
  return {
    name: monthName(visit, month),
    weekdays: weekdayNames(visit),
    weeks: weeksOf(month).map((week) => week.map((day) => (day ? cellModel(visit, day, range, days) : null))),
  };
}

function cellModel(
  visit: StaffVisit,
  day: Temporal.PlainDate,
  { today }: Range,
  days: ReadonlyMap<string, readonly Due[]>,
): object {
  const own = days.get(day.toString()) ?? [];
  const sure = own.filter(({ kind }) => kind === 'duty').length;
  return {
    number: day.day,
    today: day.equals(today),
    count: own.length,
    sure: sure > 0,
    href: `#${dayId(day.toString())}`,
    label: visit.say('calendar.day', { day: dayWords(visit, day.toString()), count: own.length }),
  };
}

function dayId(day: string): string {
  return `d-${day}`;
}

function dayWords({ locale }: StaffVisit, day: string): string {
  return formatted(locale, { weekday: 'long', day: 'numeric', month: 'long' }, day);
}

function monthName({ locale }: StaffVisit, month: Temporal.PlainYearMonth): string {
  return formatted(locale, { month: 'long', year: 'numeric' }, month.toPlainDate({ day: 1 }).toString());
}

/** Monday to Sunday, short. */
function weekdayNames({ locale }: StaffVisit): readonly string[] {
  // The first of June 2026 is a Monday.
  return Array.from({ length: 7 }, (_day, index) =>
    formatted(locale, { weekday: 'short' }, `2026-06-0${index + 1}`),
  );
}

/** A day has no zone of its own: it is formatted as the day that it is. */
function formatted(locale: StaffVisit['locale'], options: Intl.DateTimeFormatOptions, day: string): string {
  return new Intl.DateTimeFormat(REGION[locale], { timeZone: 'UTC', ...options }).format(Date.parse(day));
}

function monthLink(month: Temporal.PlainYearMonth | undefined): string {
  return month ? `/calendar?from=${month.toString()}` : '/calendar';
}
