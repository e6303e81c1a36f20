import type { Temporal } from 'temporal-polyfill';
import { countryOf } from '../../domain/law/places.ts';
import type { DayKind, WorkingDays } from '../../domain/law/working-days.ts';
import { daysIn, type HolidayFile } from './day-rules.ts';
import { hasCountry, LIBRARY_SOURCE, publicHolidays } from './library.ts';
import type { DaysListed } from './listed.ts';

const NOTHING_LISTED: DaysListed = { places: {} };
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
  private readonly listed: DaysListed;

  /** @param listed days that were asked of the library before, so that it need not be loaded for them */
  constructor(files: readonly HolidayFile[] = [], listed: DaysListed = NOTHING_LISTED) {
    this.listed = listed;
    for (const file of files) for (const place of file.places) this.files.set(place, file);
  }

  kindOf(place: string | undefined, date: Temporal.PlainDate): DayKind {
    if (place === undefined) return date.dayOfWeek >= 6 ? 'off' : 'working';
    const year = this.yearOf(place, date.year);
    const day = isoDay(date);
    if (year.working.has(day)) return 'working';
    if (this.weekend(place).includes(date.dayOfWeek) || year.off.has(day)) return 'off';
    return year.optional.has(day) ? 'optional' : 'working';
  }

  listOf(place: string): { readonly source: string; readonly checkedUntil: number } | null {
    const file = this.fileOf(place);
    if (file && (file.mode === 'replace' || file.holidays.length > 0)) {
      return { source: file.source, checkedUntil: file.checkedUntil };
    }
    const country = countryOf(place);
    return country in this.listed.places || hasCountry(country) ? LIBRARY_SOURCE : null;
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
      for (const day of this.listed.places[place]?.[year] ?? askLibrary(place, year)) off.add(day);
    }
    return {
      off,
      optional: new Set(file ? daysIn(file.optional, year) : []),
      working: new Set(file ? daysIn(file.working, year) : []),
    };
  }
}

// Asked for every day of every count; the polyfill's own text takes ten times as long.
function isoDay({ year, month, day }: Temporal.PlainDate): string {
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

/** The library's public holidays of a place: those of its country, and of its part where it names one. */
export function askLibrary(place: string, year: number): ReadonlySet<string> {
  const country = countryOf(place);
  return publicHolidays(country, place === country ? undefined : place.slice(country.length + 1), year);
}
