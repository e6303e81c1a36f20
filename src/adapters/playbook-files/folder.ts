import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LintProblem } from '../../domain/playbook/index.ts';

/** Click paths stand beside the playbooks and are no playbook. */
export const PLACES_FILE = 'places-to-click.yaml';

export interface TextFile {
  readonly file: string;
  readonly text: string;
}

export interface TextFiles {
  readonly files: readonly TextFile[];
  readonly problems: readonly LintProblem[];
}

const LARGEST = 1_000_000;

/** The YAML files of a folder in the order of their names; a folder that does not exist has none. */
export function readFolder(folder: string): TextFiles {
  const names = namesIn(folder).filter((name) => /\.ya?ml$/.test(name));
  return readFiles(names.toSorted().map((name) => join(folder, name)));
}

/** The texts of files; one that cannot be read is a problem and hinders no other. */
export function readFiles(paths: readonly string[]): TextFiles {
  const files: TextFile[] = [];
  const problems: LintProblem[] = [];
  for (const file of paths) {
    try {
      const { size } = statSync(file);
      if (size > LARGEST) throw new Error(`it has ${size} bytes; a playbook has at most ${LARGEST}`);
      files.push({ file, text: readFileSync(file, 'utf8') });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      problems.push({ file, line: 1, column: 1, message: `the file cannot be read: ${reason}` });
    }
  }
  return { files, problems };
}

export function isPlacesFile(file: string): boolean {
  return basename(file) === PLACES_FILE;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
