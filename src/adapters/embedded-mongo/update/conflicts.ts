import { CODE, MongoFault } from '../errors.ts';
import { filterName } from './paths.ts';
import type { Path } from './paths.ts';

interface Node {
  readonly children: Map<string, Node>;
  leaf: boolean;
}

const newNode = (): Node => ({ children: new Map(), leaf: false });

/**
 * The paths that one update writes. `add` refuses a path that is, contains or lies within another one, and
 * one that names array elements in two ways (`$[]` beside an index), as MongoDB does; two paths that only
 * share a parent are no conflict.
 */
export class WrittenPaths {
  private readonly root = newNode();

  add(path: Path): void {
    let node = this.root;
    path.forEach((part, depth) => {
      if (node.leaf || mixes(node, part)) throw conflict(path, path.slice(0, depth));
      const child = node.children.get(part) ?? newNode();
      node.children.set(part, child);
      node = child;
    });
    if (node.leaf || node.children.size > 0) throw conflict(path, path);
    node.leaf = true;
  }
}

function mixes(node: Node, part: string): boolean {
  const [sibling] = node.children.keys();
  return sibling !== undefined && (filterName(sibling) === undefined) !== (filterName(part) === undefined);
}

function conflict(path: Path, at: Path): MongoFault {
  return new MongoFault(
    CODE.ConflictingUpdateOperators,
    `Updating the path '${path.join('.')}' would create a conflict at '${at.join('.')}'`,
  );
}
