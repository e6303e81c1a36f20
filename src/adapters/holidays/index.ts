export { HolidayCalendar } from './working-days.ts';
export { parseHolidayFile, type HolidayFile } from './override.ts';
