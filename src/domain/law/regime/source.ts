import { isMap, isPair, isScalar, LineCounter, parseDocument, type Document, visit } from 'yaml';
import type { LintProblem } from '../types.ts';

export type Path = readonly (string | number)[];

/** Both count from 1, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const LARGEST = 1_000_000;
const MOST_FAULTS = 20;

/** A YAML text with the places of everything in it, and the faults found so far. */
export class Source {
  readonly file: string;
  readonly problems: LintProblem[] = [];
  private readonly text: string;
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed | undefined;

  constructor(text: string, file: string) {
    this.file = file;
    // A byte-order mark is no character of the first line.
    this.text = text.replace(/^\uFEFF/, '');
    if (this.text.length > LARGEST) {
      this.report(0, 'file-too-large', { size: this.text.length, largest: LARGEST });
      return;
    }
    const document = parseDocument(this.text, { lineCounter: this.lines, stringKeys: true });
    // What is broken early breaks everything after it: the first faults say enough.
    for (const fault of [...document.errors, ...document.warnings].slice(0, MOST_FAULTS)) {
      this.report(fault.pos[0], 'not-yaml', { reason: fault.message.split('\n')[0] });
    }
    if (document.errors.length === 0) this.refuseTricks(document);
    if (this.problems.length === 0) this.document = document;
  }

  /** The plain value of the whole file; undefined where it could not be read. */
  value(): unknown {
    return this.document?.toJS({ maxAliasCount: 0 }) as unknown;
  }

  /** Reports a fault at a value, or at its nearest ancestor that stands in the file. */
  at(path: Path, key: string, values: Record<string, unknown> = {}, offset = 0): void {
    this.report(this.offsetOf(path) + this.inside(path, offset), key, values);
  }

  /** Reports a fault at the name of a key. */
  atKey(path: Path, key: string, values: Record<string, unknown> = {}): void {
    this.report(this.keyOffset(path), key, values);
  }

  /** 1-based line and column of a value, or of the nth character of a scalar. */
  position(path: Path, offset = 0): Position {
    return this.positionAt(this.offsetOf(path) + this.inside(path, offset));
  }

  /** 1-based line and column of the name of a key. */
  keyPosition(path: Path): Position {
    return this.positionAt(this.keyOffset(path));
  }

  private positionAt(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  private keyOffset(path: Path): number {
    const parent = this.document?.getIn(path.slice(0, -1), true);
    const name = path.at(-1);
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && item.key.value === name)
      : undefined;
    const range = pair && isScalar(pair.key) ? pair.key.range : undefined;
    return range?.[0] ?? this.offsetOf(path);
  }

  // Aliases and tags have no use here and can be a bomb or a surprise; a merge key would be taken for a plain one.
  private refuseTricks(document: Document.Parsed): void {
    visit(document, {
      Alias: (_key, node) => this.report(node.range?.[0] ?? 0, 'alias', {}),
      Pair: (_key, pair) => {
        if (isPair(pair) && isScalar(pair.key) && pair.key.value === '<<') {
          this.report(pair.key.range?.[0] ?? 0, 'merge-key', {});
        }
        // JavaScript takes it for something else, and no schema sees it.
        if (isPair(pair) && isScalar(pair.key) && pair.key.value === '__proto__')
          this.report(pair.key.range?.[0] ?? 0, 'unknown-key', { given: '__proto__' });
      },
      Node: (_key, node) => {
        const value = node.range?.[0] ?? 0;
        if ('anchor' in node && node.anchor)
          this.report(this.before(value, `&${node.anchor}`), 'anchor', { given: node.anchor });
        if (node.tag !== undefined) this.report(this.before(value, '!'), 'tag', { given: node.tag });
      },
    });
  }

  /** Where a mark (an anchor, a tag) before a value begins: it may stand on a line above. */
  private before(value: number, mark: string): number {
    const at = this.text.lastIndexOf(mark, value - 1);
    if (at < 0) return value;
    return this.text[at - 1] === '!' ? at - 1 : at;
  }

  private offsetOf(path: Path): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const node: unknown =
        length === 0 ? this.document?.contents : this.document?.getIn(path.slice(0, length), true);
      const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
      if (Array.isArray(range)) return Number(range[0]);
    }
    return 0;
  }

  /** Where the nth character of a scalar stands, counted from the scalar's start: folded lines are followed. */
  private inside(path: Path, offset: number): number {
    const node = this.document?.getIn(path, true);
    if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return 0;
    const start = node.range[0];
    const source = this.text.slice(start, node.range[2]);
    let at = /^[|>][^\n]*\n\s*|^["']/.exec(source)?.[0].length ?? 0;
    for (let read = 0; read < offset && at < source.length;) {
      const blank = /\s/;
      if (!blank.test(node.value[read] ?? '')) {
        read += 1;
        at += 1;
        continue;
      }
      while (read < offset && blank.test(node.value[read] ?? '')) read += 1;
      while (blank.test(source[at] ?? '')) at += 1;
    }
    return at;
  }

  private report(offset: number, key: string, values: Record<string, unknown>): void {
    const position = this.positionAt(offset);
    this.problems.push({ file: this.file, ...position, key, values, message: plainly(key, values) });
  }
}

/** A fault in plain English, for who has no catalogue of words at hand. */
function plainly(key: string, values: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`);
  return told.length === 0 ? key : `${key}: ${told.join('; ')}`;
}
