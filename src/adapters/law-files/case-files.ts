import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCases, type ExampleCase } from '../../domain/law/cases.ts';

/**
 * The published cases of the folder `cases` in `playbooks`, read when they are first asked for. A file with faults
 * gives none: cases are a help to weigh, and no incident waits for them.
 */
export function caseFiles(playbooks: string): () => readonly ExampleCase[] {
  let read: readonly ExampleCase[] | undefined;
  return () => (read ??= readAll(join(playbooks, 'cases')));
}

function readAll(folder: string): readonly ExampleCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => parseCases(readFileSync(join(folder, file), 'utf8'), file).cases);
}
