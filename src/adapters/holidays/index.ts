export { askLibrary, HolidayCalendar } from './working-days.ts';
export { parseHolidayFile } from './override.ts';
export type { HolidayFile } from './day-rules.ts';
export { compileDays, readDays, type DaysListed } from './listed.ts';
