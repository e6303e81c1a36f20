import { createRequire } from 'node:module';
import type HolidaysClass from 'date-holidays';

type HolidaysConstructor = typeof HolidaysClass;

// 41 MB on disk and a tenth of a second to load: only when a day is first asked.
let loaded: HolidaysConstructor | undefined;

function library(): HolidaysConstructor {
  if (loaded) return loaded;
  const found = createRequire(import.meta.url)('date-holidays') as
    HolidaysConstructor | { default: HolidaysConstructor };
  loaded = 'default' in found ? found.default : found;
  return loaded;
}

/** The release whose lists were checked against counting examples, and the year to which that was done. */
export const LIBRARY_SOURCE = { source: 'date-holidays 3.37', checkedUntil: 2028 };

/** Whether the library has a list for a country at all. */
export function hasCountry(country: string): boolean {
  return country in countries();
}

let known: Readonly<Record<string, string>> | undefined;

function countries(): Readonly<Record<string, string>> {
  const Library = library();
  known ??= new Library().getCountries('en');
  return known;
}

const DAY = 86_400_000;

/** Public holidays of a place and year, as ISO days, substitute days among them. */
export function publicHolidays(country: string, part: string | undefined, year: number): ReadonlySet<string> {
  const Library = library();
  const list = part === undefined ? new Library(country) : new Library(country, part);
  const days = new Set<string>();
  for (const holiday of list.getHolidays(year)) {
    if (holiday.type !== 'public') continue;
    for (const day of daysOf(holiday.date, holiday.end.getTime() - holiday.start.getTime())) days.add(day);
  }
  return days;
}

/** The days whose noon a holiday covers: some begin at sunset of the eve, some last for days. */
function daysOf(localStart: string, milliseconds: number): readonly string[] {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}))?/.exec(localStart);
  if (!match) return [];
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const midnight = Date.UTC(year, month - 1, day);
  const start = midnight + (hour * 60 + minute) * 60_000;
  const days: string[] = [];
  for (let noon = midnight + DAY / 2; noon < start + milliseconds; noon += DAY) {
    if (noon >= start) days.push(new Date(noon).toISOString().slice(0, 10));
  }
  return days;
}
