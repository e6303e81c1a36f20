import { Source as YamlSource } from '../law/regime/source.ts';
import type { Path } from '../law/regime/source.ts';
import type { LintProblem } from './types.ts';

export type { Path };

/** A YAML file that was read: its plain value, and where each part of it stands. */
export interface Source {
  readonly file: string;
  readonly value: unknown;
  /** A problem at the value under `path` (at its nth character), or at the nearest part around it that exists. */
  problem(path: Path, message: string, offset?: number): LintProblem;
  /** A problem at the key that ends `path`. */
  problemAtKey(path: Path, message: string): LintProblem;
}

/**
 * Reads one YAML 1.2 document strictly. Aliases, anchors, merge keys and tags are refused: a playbook is read aloud
 * by people who do not know them, and an alias can blow a small file up to any size.
 * @returns the source, or every fault of syntax with line and column
 */
export function readYaml(text: string, file: string): Source | readonly LintProblem[] {
  const yaml = new YamlSource(text, file);
  if (yaml.problems.length > 0) {
    return yaml.problems
      .map(({ line, column, key, values }) => ({ file, line, column, message: sentenceOf(key, values) }))
      .toSorted(byPlace);
  }
  return {
    file,
    value: yaml.value(),
    problem: (path, message, offset = 0) => ({ file, ...yaml.position(path, offset), message }),
    problemAtKey: (path, message) => ({ file, ...yaml.keyPosition(path), message }),
  };
}

export function isSource(read: Source | readonly LintProblem[]): read is Source {
  return 'value' in read;
}

export function byPlace(a: LintProblem, b: LintProblem): number {
  return a.line - b.line || a.column - b.column;
}

function sentenceOf(key: string, values: Readonly<Record<string, unknown>>): string {
  switch (key) {
    case 'alias':
      return 'aliases are not allowed: write the value out';
    case 'merge-key':
      return 'merge keys (<<) are not allowed: write the keys out';
    case 'anchor':
      return `anchors (&${String(values['given'])}) are not allowed`;
    case 'tag':
      return `tags (${String(values['given'])}) are not allowed`;
    case 'file-too-large':
      return `the file is longer than ${String(values['largest'])} characters`;
    default:
      return syntax(typeof values['reason'] === 'string' ? values['reason'] : key);
  }
}

/** The parser's words without the place, which is told beside them. */
function syntax(reason: string): string {
  const words = reason.replace(/ at line \d+, column \d+:?$/, '');
  return words.charAt(0).toLowerCase() + words.slice(1);
}
