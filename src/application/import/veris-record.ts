import type { Json } from '../../domain/register/entry.ts';

/** A place in a record (`victim.country`) and what stands there. */
export interface Said {
  readonly path: string;
  readonly value: Json;
}

type Node = Readonly<Record<string, unknown>>;

/** How VERIS says that nothing is said. */
const NOTHING: readonly unknown[] = ['Unknown', 'NA', '', null, undefined];

/** Book-keeping of the database that the record came from: nothing about the incident. */
const BOOKKEEPING = /^(plus|schema_version|schema_name|source_id|confidence|incident_id|analyst)(\.|$)/;

/**
 * Reads a VERIS record of any age: sections may be missing, odd, or of another shape than the schema says. Whatever is
 * asked for counts as read, and `unread` tells the rest.
 */
export class VerisRecord {
  private readonly root: Node;
  private readonly asked = new Set<string>();

  constructor(root: Node) {
    this.root = root;
  }

  /** Whether the section is there, whatever it holds. Asking reads nothing of it. */
  has(path: string): boolean {
    return this.at(path) !== undefined;
  }

  text(path: string): string | undefined {
    const value = this.at(path);
    if (typeof value !== 'string') return undefined;
    this.asked.add(path);
    return NOTHING.includes(value.trim()) ? undefined : value.trim();
  }

  number(path: string): number | undefined {
    const value = this.at(path);
    if (typeof value !== 'number') return undefined;
    this.asked.add(path);
    return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  }

  /** The words of a list, or of a single word where older records have one; what says nothing is left out. */
  texts(path: string): readonly string[] {
    const value = this.at(path);
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.filter((one): one is string => typeof one === 'string' && !NOTHING.includes(one));
  }

  /** The objects of a list (`attribute.confidentiality.data`). */
  objects(path: string): readonly Node[] {
    const value = this.at(path);
    return Array.isArray(value) ? value.filter(isNode) : [];
  }

  /** The names in a section (`action`), those of its parts that are there. */
  names(path: string): readonly string[] {
    const value = this.at(path);
    return isNode(value) ? Object.keys(value) : [];
  }

  /** Says that everything at this place, and below it, found its way. */
  took(...paths: readonly string[]): void {
    for (const path of paths) this.asked.add(path);
  }

  /** Takes back that these were read: they turned out to say too little. */
  untouch(...paths: readonly string[]): void {
    for (const path of paths) this.asked.delete(path);
  }

  /** What was neither asked for nor taken and does say something, in the order of the record. */
  unread(): readonly Said[] {
    return [...leaves(this.root, '')].filter(
      ({ path, value }) => !BOOKKEEPING.test(path) && !NOTHING.includes(value) && !this.isAsked(path),
    );
  }

  private isAsked(path: string): boolean {
    if (this.asked.has(path)) return true;
    const parent = path.replace(/(\.[^.[]+|\[\d+\])$/, '');
    return parent !== path && this.isAsked(parent);
  }

  private at(path: string): unknown {
    let node: unknown = this.root;
    for (const name of path.split('.')) {
      if (!isNode(node) || !Object.hasOwn(node, name)) return undefined;
      node = node[name];
    }
    return node;
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function* leaves(value: unknown, path: string): Generator<Said> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* leaves(item, `${path}[${index}]`);
  } else if (isNode(value)) {
    for (const [name, item] of Object.entries(value))
      yield* leaves(item, path === '' ? name : `${path}.${name}`);
  } else if (value !== undefined) {
    yield { path, value: value as Json };
  }
}
