import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HolidayFile } from '../holidays/day-rules.ts';
import { parseHolidayFile } from '../holidays/override.ts';

/** The holiday files of a playbooks folder, in the order of their names. */
export function readHolidayFiles(playbooks: string): readonly HolidayFile[] {
  const folder = join(playbooks, 'holidays');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => parseHolidayFile(readFileSync(join(folder, name), 'utf8'), join(folder, name)));
}
