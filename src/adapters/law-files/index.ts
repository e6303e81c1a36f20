export { caseFiles } from './case-files.ts';
export { readHolidayFiles } from './holiday-files.ts';
export { compileLaw, loadLaw, type LawSources, type LoadedLaw } from './law-files.ts';
