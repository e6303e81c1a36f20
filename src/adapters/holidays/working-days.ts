import type { Temporal } from 'temporal-polyfill';
import { countryOf } from '../../domain/law/places.ts';
import type { DayKind, WorkingDays } from '../../domain/law/working-days.ts';
import { hasCountry, LIBRARY_SOURCE, publicHolidays } from './library.ts';
import { daysIn, type HolidayFile } from './override.ts';

const SATURDAY_SUNDAY: readonly number[] = [6, 7];

interface Year {
  readonly off: ReadonlySet<string>;
  readonly optional: ReadonlySet<string>;
  readonly working: ReadonlySet<string>;
}

/**
 * The days off of a place: its weekly days off, the library's public holidays of country and part, and what the
 * files of playbooks/holidays say instead or besides. A year of a place is listed once and kept.
 */
export class HolidayCalendar implements WorkingDays {
  private readonly files = new Map<string, HolidayFile>();
  private readonly years = new Map<string, Year>();

  constructor(files: readonly HolidayFile[] = []) {
    for (const file of files) for (const place of file.places) this.files.set(place, file);
  }

  kindOf(place: string | undefined, date: Temporal.PlainDate): DayKind {
    if (place === undefined) return date.dayOfWeek >= 6 ? 'off' : 'working';
    const year = this.yearOf(place, date.year);
    const day = date.toString();
    if (year.working.has(day)) return 'working';
    if (this.weekend(place).includes(date.dayOfWeek) || year.off.has(day)) return 'off';
    return year.optional.has(day) ? 'optional' : 'working';
  }

  listOf(place: string): { readonly source: string; readonly checkedUntil: number } | null {
    const file = this.fileOf(place);
    if (file && (file.mode === 'replace' || file.holidays.length > 0)) {
      return { source: file.source, checkedUntil: file.checkedUntil };
    }
    return hasCountry(countryOf(place)) ? LIBRARY_SOURCE : null;
  }

  private fileOf(place: string): HolidayFile | undefined {
    return this.files.get(place) ?? this.files.get(countryOf(place));
  }

  private weekend(place: string): readonly number[] {
    return this.files.get(place)?.weekend ?? this.files.get(countryOf(place))?.weekend ?? SATURDAY_SUNDAY;
  }

  private yearOf(place: string, year: number): Year {
    const key = `${place} ${year}`;
    const kept = this.years.get(key);
    if (kept) return kept;
    const listed = this.list(place, year);
    this.years.set(key, listed);
    return listed;
  }

  private list(place: string, year: number): Year {
    const file = this.fileOf(place);
    const off = new Set(file ? daysIn(file.holidays, year) : []);
    if (file?.mode !== 'replace') {
      const country = countryOf(place);
      const part = place === country ? undefined : place.slice(country.length + 1);
      for (const day of publicHolidays(country, part, year)) off.add(day);
    }
    return {
      off,
      optional: new Set(file ? daysIn(file.optional, year) : []),
      working: new Set(file ? daysIn(file.working, year) : []),
    };
  }
}
