export { readHolidayFiles } from './holiday-files.ts';
