import { Temporal } from 'temporal-polyfill';
import type { Counting, Period, TraceStep } from '../types.ts';
import type { CountingRule } from '../vocabulary.ts';
import { dayOf, DaysOff, endOf, type Reading } from './days-off.ts';

/** What a rule gets: the start of this reading, the period, the duty's zone and the days off that count. */
export interface Counted {
  readonly start: Temporal.Instant;
  /** Where the later reading starts elsewhere (`after-end-of`); else the start. */
  readonly latestStart: Temporal.Instant;
  readonly period: Period;
  readonly counting: Counting;
  readonly zone: string;
  readonly days: DaysOff;
}

export interface Ends {
  readonly dueAt: Temporal.Instant;
  readonly latestAt: Temporal.Instant;
  readonly trace: readonly TraceStep[];
}

type Rule = (counted: Counted) => Ends;

const REGULATION = 'Regulation (EEC, Euratom) No 1182/71';

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) >= 0 ? a : b;
}

/** Elapsed time, whatever clocks do in between. */
const clockHours: Rule = ({ start, latestStart, period }) => {
  const minutes = period.kind === 'elapsed' ? period.minutes : 0;
  const dueAt = start.add({ minutes });
  return {
    dueAt,
    latestAt: latestStart.add({ minutes }),
    trace: [{ key: 'hours-elapsed', values: { minutes }, at: dueAt }],
  };
};

/** The next full local hour: the hour in which the event falls is not counted. */
function nextFullHour(start: Temporal.Instant, zone: string): Temporal.Instant {
  const local = start.toZonedDateTimeISO(zone);
  return start.add({ seconds: 3600 - local.minute * 60 - local.second });
}

const euHours: Rule = ({ start, latestStart, period, zone, days }) => {
  const minutes = period.kind === 'elapsed' ? period.minutes : 0;
  const dueAt = start.add({ minutes });
  const from = nextFullHour(latestStart, zone);
  const end = from.add({ minutes });
  const trace: TraceStep[] = [
    { key: 'hours-elapsed', values: { minutes }, at: dueAt },
    { key: 'hour-of-event-not-counted', values: {}, cite: `${REGULATION} art. 3(1), 3(2)(a)`, at: end },
  ];
  if (minutes < 48 * 60) return { dueAt, latestAt: end, trace };
  const first = dayOf(from, zone);
  // The period ends on a full hour: a day counts when an hour of it lies before that.
  const last = dayOf(end.subtract({ seconds: 1 }), zone);
  const working = days.workingIn(first, last, 2);
  if (working >= 2) return { dueAt, latestAt: end, trace };
  const second = days.nthWorkingAfter(first.subtract({ days: 1 }), 2, 'later');
  const latestAt = later(end, endOf(second, zone));
  trace.push({
    key: 'two-working-days-disputed',
    values: { working, until: second.toString() },
    cite: `${REGULATION} art. 3(5); for: Piltz/Pradel, ZD 4/2019; against: BayLfD 1 June 2019, LDI NRW 2024`,
    at: latestAt,
  });
  return { dueAt, latestAt, trace };
};

/** The same date n months later, or the month's last day where there is none. */
function lastDay(event: Temporal.PlainDate, period: Period): Temporal.PlainDate {
  if (period.kind === 'months') return event.add({ months: period.months }, { overflow: 'constrain' });
  return event.add({ days: period.kind === 'days' ? period.days : 0 });
}

const euDays: Rule = ({ start, latestStart, period, zone, days }) => {
  const dueDay = lastDay(dayOf(start, zone), period);
  const dueAt = endOf(dueDay, zone);
  const event = dayOf(latestStart, zone);
  const nominal = lastDay(event, period);
  const trace: TraceStep[] = [
    {
      key: 'day-of-event-not-counted',
      values: { event: dayOf(start, zone).toString(), last: dueDay.toString() },
      cite: `${REGULATION} art. 3(1), 3(2)(${period.kind === 'months' ? 'c' : 'b'})`,
      at: dueAt,
    },
  ];
  let end = days.firstWorking(nominal, 'later');
  if (!end.equals(nominal)) {
    trace.push({
      key: 'last-day-not-working',
      values: { day: nominal.toString(), next: end.toString() },
      cite: `${REGULATION} art. 3(4)`,
      at: endOf(end, zone),
    });
  }
  const short = period.kind === 'days' && period.days >= 2;
  const working = short ? days.workingIn(event.add({ days: 1 }), end, 2) : 2;
  if (working < 2) {
    end = days.nthWorkingAfter(event, 2, 'later');
    trace.push({
      key: 'two-working-days',
      values: { working, until: end.toString() },
      cite: `${REGULATION} art. 3(5)`,
      at: endOf(end, zone),
    });
  }
  return { dueAt, latestAt: endOf(end, zone), trace };
};

const calendarDays: Rule = ({ start, latestStart, period, zone, counting }) => {
  const event = dayOf(start, zone);
  const last = lastDay(event, period);
  const dueAt = endOf(last, zone, counting.endOfDay);
  return {
    dueAt,
    latestAt: endOf(lastDay(dayOf(latestStart, zone), period), zone, counting.endOfDay),
    trace: [
      {
        key: 'day-of-event-not-counted',
        values: { event: event.toString(), last: last.toString() },
        at: dueAt,
      },
    ],
  };
};

/** End of the last day; the later reading moves it to the next working day. */
function nextWorking(counted: Counted, countedFrom: number, key: string, cite: string): Ends {
  const { start, latestStart, period, zone, days } = counted;
  const length = (period.kind === 'days' ? period.days : 0) + countedFrom;
  const event = dayOf(start, zone);
  const last = event.add({ days: length });
  const dueAt = endOf(last, zone);
  const nominal = dayOf(latestStart, zone).add({ days: length });
  const moved = days.firstWorking(nominal, 'later');
  const latestAt = endOf(moved, zone);
  const trace: TraceStep[] = [
    { key, values: { event: event.toString(), last: last.toString() }, cite, at: dueAt },
  ];
  if (!moved.equals(nominal)) {
    const values = { day: nominal.toString(), next: moved.toString() };
    trace.push({ key: 'last-day-not-working', values, cite, at: latestAt });
  }
  return { dueAt, latestAt, trace };
}

const calendarDaysNextWorking: Rule = (counted) =>
  nextWorking(counted, 0, 'day-of-event-not-counted', 'Acts Interpretation Act 1901 (Cth) s 36(2)');

// Japan's offices close over the year's turn.
const yearsTurn = (date: Temporal.PlainDate): boolean =>
  (date.month === 12 && date.day >= 29) || (date.month === 1 && date.day <= 3);

const calendarDaysInclusive: Rule = (counted) => {
  counted.days.alsoOff(yearsTurn);
  return nextWorking(counted, -1, 'day-of-event-is-first', 'PPC Guidelines (general) 3-5-3-4');
};

const businessDays: Rule = ({ start, latestStart, period, zone, days, counting }) => {
  const n = period.kind === 'business-days' ? period.days : 0;
  const end = (from: Temporal.Instant, reading: Reading): Temporal.PlainDate =>
    days.nthWorkingAfter(dayOf(from, zone), n, reading);
  const last = end(start, 'strict');
  const latest = end(latestStart, 'later');
  const dueAt = endOf(last, zone, counting.endOfDay);
  const latestAt = endOf(latest, zone, counting.endOfDay);
  const trace: TraceStep[] = [
    {
      key: 'business-days-counted',
      values: { event: dayOf(start, zone).toString(), days: n, last: last.toString() },
      ...(counting.endOfDay === undefined ? {} : { cite: '17 CFR 232.13(a)(2)' }),
      at: dueAt,
    },
  ];
  if (Temporal.Instant.compare(dueAt, latestAt) !== 0) {
    trace.push({ key: 'optional-days-off', values: { last: latest.toString() }, at: latestAt });
  }
  return { dueAt, latestAt, trace };
};

/** A date of the year after the one in which the event falls. */
function inNextYear(counted: Counted, key: string, dateIn: (year: number) => Temporal.PlainDate): Ends {
  const { start, latestStart, zone } = counted;
  const year = dayOf(start, zone).year;
  const last = dateIn(year + 1);
  const dueAt = endOf(last, zone);
  return {
    dueAt,
    latestAt: endOf(dateIn(dayOf(latestStart, zone).year + 1), zone),
    trace: [{ key, values: { year, last: last.toString() }, at: dueAt }],
  };
}

const nextYearDate: Rule = (counted) => {
  const { period } = counted;
  const { month, day } = period.kind === 'date' ? period : { month: 1, day: 1 };
  return inNextYear(counted, 'date-of-next-year', (year) =>
    Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' }),
  );
};

const yearEndPlus: Rule = (counted) => {
  const days = counted.period.kind === 'days' ? counted.period.days : 1;
  return inNextYear(counted, 'days-after-year-end', (year) =>
    Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days: days - 1 }),
  );
};

/** The rule that counts a period from one start; `earlier-of` and `none` have no start of their own. */
export function ruleFor(name: CountingRule, period: Period): Rule | undefined {
  switch (name) {
    case 'clock-hours':
      return clockHours;
    case 'eu-1182-71':
      return period.kind === 'elapsed' ? euHours : euDays;
    case 'calendar-days':
      return calendarDays;
    case 'calendar-days-next-working':
      return calendarDaysNextWorking;
    case 'calendar-days-inclusive':
      return calendarDaysInclusive;
    case 'business-days':
      return businessDays;
    case 'next-year-date':
      return nextYearDate;
    case 'year-end-plus':
      return yearEndPlus;
    case 'earlier-of':
    case 'none':
      return undefined;
  }
}
