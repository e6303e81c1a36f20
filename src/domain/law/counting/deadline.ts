import { Temporal } from 'temporal-polyfill';
import { clockText } from '../clock.ts';
import { zonedText } from '../moments.ts';
import { periodText } from '../period.ts';
import { countryOf } from '../places.ts';
import type { Clock, Counting, Period, TraceStep } from '../types.ts';
import type { WorkingDays } from '../working-days.ts';
import { dayOf, DaysOff, endOf } from './days-off.ts';
import { ruleFor, type Ends } from './rules.ts';

export interface DeadlineInput {
  readonly clock: Clock;
  /** The moment of the clock; absent where it has not started. */
  readonly start?: Temporal.Instant;
  /** Where the later reading starts at another moment (`after-end-of`). */
  readonly latestStart?: Temporal.Instant;
  /** Starts of the parts of `earlier-of`, by the text of their clock; the duty's own clock is `start`. */
  readonly starts?: Readonly<Record<string, Temporal.Instant>>;
  readonly period: Period;
  readonly counting: Counting;
  /** IANA zone of the duty. */
  readonly zone: string;
  /** ISO 3166 place whose days off count. */
  readonly place?: string;
  /** DORA: true (the safe side) where no weekend relief is given. */
  readonly excepted?: boolean;
}

export interface Deadline {
  readonly dueAt: Temporal.Instant | null;
  readonly latestAt: Temporal.Instant | null;
  /** The law gives no number: not the same as a clock that has not started. */
  readonly noNumber: boolean;
  readonly waitsFor?: string;
  readonly trace: readonly TraceStep[];
}

/**
 * When a duty is due: the instant to work to (`dueAt`) and the last one that the law can be read to give
 * (`latestAt`), both in whole seconds, with the working. Pure: the days off come from `days`, the rest from `input`.
 */
export function computeDeadline(input: DeadlineInput, days: WorkingDays): Deadline {
  const { counting, period, start } = input;
  if (counting.rule === 'earlier-of') return earlierOf(input, days);
  if (!start) return notStarted(clockText(input.clock));
  const began = startStep(input, start);
  const rule = ruleFor(counting.rule, period);
  if (!rule || period.kind === 'none') return noNumber(began);
  const daysOff = new DaysOff(days, placeOfDays(input));
  const latestStart = input.latestStart ?? start;
  const ends = rule({ start, latestStart, period, counting, zone: input.zone, days: daysOff });
  const relieved = counting.relief === 'dora' ? doraRelief(ends, input, daysOff) : ends;
  return finish(relieved, [began, ...relieved.trace, ...daysOff.source()]);
}

/**
 * The place whose days off count: the list that the row names, or a part of that country where one was given (a
 * holiday of Victoria alone). Business days go by the row's list whatever is given.
 */
function placeOfDays({ counting: { calendar, rule }, place }: DeadlineInput): string | undefined {
  if (calendar === undefined) return place;
  const part = rule !== 'business-days' && place !== undefined && countryOf(place) === calendar;
  return part ? place : calendar;
}

function startStep(
  input: DeadlineInput,
  start: Temporal.Instant,
  clock: string = clockText(input.clock),
): TraceStep {
  const values = {
    clock,
    start: zonedText(start, input.zone),
    zone: input.zone,
    ...(input.place === undefined ? {} : { place: input.place }),
    rule: input.counting.rule,
    period: periodText(input.period),
  };
  return { key: 'clock-started', values, at: start };
}

function notStarted(waitsFor: string): Deadline {
  const trace: TraceStep[] = [{ key: 'clock-not-started', values: { waitsFor } }];
  return { dueAt: null, latestAt: null, noNumber: false, waitsFor, trace };
}

function noNumber(began: TraceStep): Deadline {
  return { dueAt: null, latestAt: null, noNumber: true, trace: [began, { key: 'no-number', values: {} }] };
}

function finish(ends: Ends, trace: readonly TraceStep[]): Deadline {
  const last: TraceStep[] = [{ key: 'due', values: {}, at: ends.dueAt }];
  if (!ends.dueAt.equals(ends.latestAt)) last.push({ key: 'latest', values: {}, at: ends.latestAt });
  return { dueAt: ends.dueAt, latestAt: ends.latestAt, noNumber: false, trace: [...trace, ...last] };
}

/**
 * Delegated Regulation (EU) 2025/301 art. 5(4) to (6): a limit on a day off may be met by noon of the next working
 * day, but not by excepted entities. It takes the place of art. 3(4) and 3(5) of Regulation 1182/71.
 */
function doraRelief(ends: Ends, input: DeadlineInput, days: DaysOff): Ends {
  const cite = 'Delegated Regulation (EU) 2025/301 art. 5(4)-(6)';
  const strict = ends.trace.filter((step) => step.at === undefined || step.at.equals(ends.dueAt));
  if (input.excepted ?? true) {
    const step = { key: 'dora-no-relief', values: {}, cite, at: ends.dueAt };
    return { dueAt: ends.dueAt, latestAt: ends.dueAt, trace: [...strict, step] };
  }
  const day = dayOf(ends.dueAt, input.zone);
  const next = days.firstWorking(day, 'later');
  if (next.equals(day)) return { dueAt: ends.dueAt, latestAt: ends.dueAt, trace: strict };
  const latestAt = endOf(next, input.zone, '12:00');
  const step = {
    key: 'dora-noon',
    values: { day: day.toString(), next: next.toString() },
    cite,
    at: latestAt,
  };
  return { dueAt: ends.dueAt, latestAt, trace: [...strict, step] };
}

interface Part {
  readonly clock: string;
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
  readonly period: string;
}

/** The earlier end of the parts that count: a part not started, or over before the other began, is left out. */
function earlierOf(input: DeadlineInput, days: WorkingDays): Deadline {
  const parts = (input.counting.parts ?? []).flatMap((part): Part[] => {
    const clock = clockText(part.clock);
    const start = clock === clockText(input.clock) ? input.start : input.starts?.[clock];
    if (!start || part.period.kind !== 'elapsed') return [];
    const end = start.add({ minutes: part.period.minutes });
    return [{ clock, start, end, period: periodText(part.period) }];
  });
  if (parts.length === 0) return notStarted(clockText(input.clock));
  const counting = parts.filter(
    (part) => !parts.some((other) => Temporal.Instant.compare(part.end, other.start) < 0),
  );
  const ends = [...counting].sort((a, b) => Temporal.Instant.compare(a.end, b.end));
  const dueAt = ends[0]?.end ?? null;
  if (!dueAt) return notStarted(clockText(input.clock));
  const trace = parts.map((part): TraceStep => {
    const values = { clock: part.clock, start: zonedText(part.start, input.zone), period: part.period };
    return { key: counting.includes(part) ? 'part-counts' : 'part-has-passed', values, at: part.end };
  });
  const daysOff = new DaysOff(days, input.place);
  const plain: Ends = { dueAt, latestAt: dueAt, trace: [] };
  const relieved = input.counting.relief === 'dora' ? doraRelief(plain, input, daysOff) : plain;
  const first = parts.find((part) => part.clock === clockText(input.clock)) ?? parts[0];
  const began = first ? [startStep(input, first.start, first.clock)] : [];
  return finish(relieved, [...began, ...trace, ...relieved.trace, ...daysOff.source()]);
}
