import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LintProblem } from '../../domain/law/types.ts';
import type { HolidayFile } from '../holidays/day-rules.ts';
import { parseHolidayFile, readHolidays } from '../holidays/override.ts';
import { yamlIn } from './cache.ts';
import { kindsOf, standing } from './file-kinds.ts';

/** The holiday files of a playbooks folder, in the order of their names. */
export function readHolidayFiles(playbooks: string): readonly HolidayFile[] {
  const folder = join(playbooks, 'holidays');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => parseHolidayFile(readFileSync(join(folder, name), 'utf8'), join(folder, name)));
}

/**
 * The faults of the installed files of days off, each file named standing for the installed one of its name; a place
 * that two of them list is a fault of the later one. A file that cannot be read is told with the laws.
 */
export function lintHolidays(playbooks: string, named: readonly string[]): readonly LintProblem[] {
  const problems: LintProblem[] = [];
  const listed = new Map<string, string>();
  const replacing = kindsOf(named, playbooks).holidays;
  for (const file of standing(yamlIn(join(playbooks, 'holidays')), replacing)) {
    const read = readHolidays(readFileSync(file, 'utf8'), file);
    for (const [index, place] of (read.holidays?.places ?? []).entries()) {
      const also = listed.get(place);
      if (also === undefined) listed.set(place, file);
      else read.source.at(['places', index], 'two-lists', { given: place, also });
    }
    problems.push(...read.source.problems);
  }
  return problems;
}
