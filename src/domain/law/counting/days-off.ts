import { Temporal } from 'temporal-polyfill';
import type { TraceStep } from '../types.ts';
import type { WorkingDays } from '../working-days.ts';
import { ZonedMemo } from '../zoned-memo.ts';

/** Which reading is asked: optional days of a calendar work in the strict one and are off in the later one. */
export type Reading = 'strict' | 'later';

/** One place's days, remembering how far into the future they were asked, so that the trace can say it. */
export class DaysOff {
  readonly place: string | undefined;
  private readonly days: WorkingDays;
  private asked = false;
  private lastYear = 0;
  private furtherOff: (date: Temporal.PlainDate) => boolean = () => false;

  constructor(days: WorkingDays, place: string | undefined) {
    this.days = days;
    this.place = place;
  }

  /** Days that are off beside the place's own, by a rule that says so (the year's turn in Japan). */
  alsoOff(rule: (date: Temporal.PlainDate) => boolean): this {
    this.furtherOff = rule;
    return this;
  }

  works(date: Temporal.PlainDate, reading: Reading): boolean {
    this.asked = true;
    this.lastYear = Math.max(this.lastYear, date.year);
    if (this.furtherOff(date)) return false;
    const kind = this.days.kindOf(this.place, date);
    return kind === 'working' || (kind === 'optional' && reading === 'strict');
  }

  /** The day itself if it works, else the next that does. */
  firstWorking(date: Temporal.PlainDate, reading: Reading): Temporal.PlainDate {
    let day = date;
    while (!this.works(day, reading)) day = day.add({ days: 1 });
    return day;
  }

  /** The nth working day after a day. */
  nthWorkingAfter(date: Temporal.PlainDate, n: number, reading: Reading): Temporal.PlainDate {
    let day = date;
    for (let left = n; left > 0; left -= 1) day = this.firstWorking(day.add({ days: 1 }), reading);
    return day;
  }

  /** How many days of a span (both ends in it) work, counting no further than `enough`. */
  workingIn(from: Temporal.PlainDate, to: Temporal.PlainDate, enough: number): number {
    let count = 0;
    for (
      let day = from;
      Temporal.PlainDate.compare(day, to) <= 0 && count < enough;
      day = day.add({ days: 1 })
    ) {
      if (this.works(day, 'later')) count += 1;
    }
    return count;
  }

  /** What the trace says of the list of holidays that was used; nothing where no list was asked. */
  source(): readonly TraceStep[] {
    if (!this.asked) return [];
    if (this.place === undefined) return [{ key: 'holidays-not-considered', values: {} }];
    const list = this.days.listOf(this.place);
    if (!list) return [{ key: 'holidays-unknown', values: { place: this.place } }];
    const values = { place: this.place, source: list.source, checkedUntil: list.checkedUntil };
    const used: TraceStep = { key: 'holidays-used', values };
    return this.lastYear > list.checkedUntil
      ? [used, { key: 'holidays-unchecked', values: { ...values, year: this.lastYear } }]
      : [used];
  }
}

const LAST_SECOND = Temporal.PlainTime.from('23:59:59');

/** The last second of a local day, or the given hour of it (`17:30`). */
export function endOf(date: Temporal.PlainDate, zone: string, hour?: string): Temporal.Instant {
  const time = hour === undefined ? LAST_SECOND : Temporal.PlainTime.from(hour);
  return date.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant();
}

/** The local day of an instant. */
export function dayOf(instant: Temporal.Instant, zone: string): Temporal.PlainDate {
  return days.of(instant, zone);
}

const days = new ZonedMemo((instant, zone) => instant.toZonedDateTimeISO(zone).toPlainDate());
