import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node } from 'yaml';
import type { LintProblem } from './types.ts';

export type Path = readonly (string | number)[];

/** A YAML file that was read: its plain value, and where each part of it stands. */
export interface Source {
  readonly file: string;
  readonly value: unknown;
  /** A problem at the value under `path`, or at the nearest part around it that exists. */
  problem(path: Path, message: string, offset?: number): LintProblem;
  /** A problem at the key that ends `path`. */
  problemAtKey(path: Path, message: string): LintProblem;
}

/** Far above the longest playbook; keeps a mistaken file from holding up the start. */
const LONGEST = 400_000;

/**
 * Reads one YAML 1.2 document strictly. Aliases, anchors, merge keys and tags are refused: a playbook is read aloud
 * by people who do not know them, and an alias can blow a small file up to any size.
 * @returns the source, or every fault of syntax with line and column
 */
export function readYaml(text: string, file: string): Source | readonly LintProblem[] {
  if (text.length > LONGEST) {
    return [
      {
        file,
        line: 1,
        column: 1,
        message: `the file is longer than ${LONGEST.toLocaleString('en')} characters`,
      },
    ];
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const problemAt = (offset: number, message: string): LintProblem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  const problems = [...document.errors, ...document.warnings].map((e) =>
    problemAt(e.pos[0], plain(e.message)),
  );
  problems.push(...refused(document, problemAt));
  if (problems.length > 0) return problems.sort(byPlace);
  return {
    file,
    value: document.toJS(),
    problem: (path, message, offset = 0) => problemAt(find(document, path).value + offset, message),
    problemAtKey: (path, message) => problemAt(find(document, path).key, message),
  };
}

export function isSource(read: Source | readonly LintProblem[]): read is Source {
  return 'value' in read;
}

export function byPlace(a: LintProblem, b: LintProblem): number {
  return a.line - b.line || a.column - b.column;
}

function refused(
  document: Document,
  problemAt: (offset: number, message: string) => LintProblem,
): LintProblem[] {
  const problems: LintProblem[] = [];
  visit(document, {
    Pair(_, pair) {
      if (isScalar(pair.key) && pair.key.value === '<<') {
        problems.push(problemAt(start(pair.key), 'merge keys (<<) are not allowed: write the keys out'));
      }
    },
    Node(_, node) {
      if (isAlias(node)) {
        problems.push(
          problemAt(start(node), `aliases (*${node.source}) are not allowed: write the value out`),
        );
      } else if (node.anchor !== undefined) {
        problems.push(problemAt(start(node), `anchors (&${node.anchor}) are not allowed`));
      } else if (node.tag !== undefined && node.tag.startsWith('!')) {
        problems.push(problemAt(start(node), `tags (${node.tag}) are not allowed`));
      }
    },
  });
  return problems;
}

/** Offsets of the value under the path and of the key that leads to it, as far as the path exists. */
function find(document: Document, path: Path): { value: number; key: number } {
  let node: unknown = document.contents;
  let place = { value: start(node), key: start(node) };
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) return place;
      const key = start(pair.key);
      node = pair.value;
      place = { value: isNode(node) ? contentStart(node) : key, key };
    } else if (isSeq(node) && isNode(node.items[Number(step)])) {
      node = node.items[Number(step)];
      place = { value: start(node), key: start(node) };
    } else {
      return place;
    }
  }
  return place;
}

/** Where the words of a quoted text begin; offsets into a condition are counted from there. */
function contentStart(node: Node): number {
  const quoted = isScalar(node) && (node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE');
  return start(node) + (quoted ? 1 : 0);
}

function start(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function plain(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
