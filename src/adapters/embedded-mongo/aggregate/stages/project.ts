import { CODE, MongoFault } from '../../errors.ts';
import { setField } from '../../values/decode.ts';
import type { Doc } from '../../values/decode.ts';
import { isArray, isDocument, isNumber } from '../../values/kind.ts';
import { fieldPath } from '../expression.ts';
import { perDocument } from './stage.ts';
import type { CompileStage, Stage, StageScope } from './stage.ts';

type Compute = (root: Doc) => unknown;

/** What a projection says of one document's fields. */
interface Node {
  readonly kept: Set<string>;
  readonly dropped: Set<string>;
  readonly computed: Map<string, Compute>;
  readonly children: Map<string, Node>;
}

const newNode = (): Node => ({
  kept: new Set(),
  dropped: new Set(),
  computed: new Map(),
  children: new Map(),
});

type Leaf = { readonly kind: 'keep' | 'drop' } | { readonly compute: Compute };

class Tree {
  readonly root = newNode();
  keeps = false;
  drops = false;

  add(path: readonly string[], leaf: Leaf): void {
    const whole = path.join('.');
    let node = this.root;
    for (const part of path.slice(0, -1)) {
      if (has(node, part))
        throw new MongoFault(31250, `Path collision at ${whole} remaining portion ${path.at(-1) ?? ''}`);
      const child = node.children.get(part) ?? newNode();
      node.children.set(part, child);
      node = child;
    }
    const last = path.at(-1) as string;
    if (has(node, last) || node.children.has(last)) throw new MongoFault(31249, `Path collision at ${whole}`);
    if ('compute' in leaf) node.computed.set(last, leaf.compute);
    else (leaf.kind === 'keep' ? node.kept : node.dropped).add(last);
  }
}

const has = ({ kept, dropped, computed }: Node, part: string): boolean =>
  kept.has(part) || dropped.has(part) || computed.has(part);

const isExpression = (value: Doc): boolean => Object.keys(value).some((name) => name.startsWith('$'));

/** `$project`: inclusion (with computed fields) or exclusion, never both save for `_id`. */
export const project: CompileStage = (argument, scope) => {
  if (!isDocument(argument)) throw new MongoFault(15969, '$project specification must be an object');
  if (Object.keys(argument).length === 0)
    throw new MongoFault(51272, 'projection specification must have at least one field');
  const tree = new Tree();
  readProjection(argument, [], tree, scope);
  const idOnly = !tree.keeps && !tree.drops && tree.root.dropped.has('_id');
  if (tree.drops || idOnly) return mapping((doc) => exclude(tree.root, doc));
  if (!tree.root.dropped.has('_id') && !has(tree.root, '_id') && !tree.root.children.has('_id'))
    tree.root.kept.add('_id');
  return mapping((doc) => idFirst(include(tree.root, doc, doc)));
};

const mapping = (change: (doc: Doc) => Doc): Stage =>
  function* (docs) {
    for (const doc of docs) yield change(doc);
  };

function readProjection(source: Doc, before: readonly string[], tree: Tree, scope: StageScope): void {
  for (const [name, value] of Object.entries(source)) {
    const path = [...before, ...fieldPath(name)];
    if (isDocument(value) && !isExpression(value)) {
      if (Object.keys(value).length === 0) {
        throw new MongoFault(
          51270,
          `An empty sub-projection is not a valid value. Found empty object at path ${path.join('.')}`,
        );
      }
      readProjection(value, path, tree, scope);
    } else {
      addProjection(path, value, tree, scope);
    }
  }
}

function addProjection(path: readonly string[], value: unknown, tree: Tree, scope: StageScope): void {
  const name = path.join('.');
  const flag = typeof value === 'boolean' ? value : isNumber(value) ? Number(value) !== 0 : undefined;
  if (flag === false) {
    if (name !== '_id') {
      if (tree.keeps)
        throw new MongoFault(31254, `Cannot do exclusion on field ${name} in inclusion projection`);
      tree.drops = true;
    }
    tree.add(path, { kind: 'drop' });
    return;
  }
  if (tree.drops) {
    throw flag
      ? new MongoFault(31253, `Cannot do inclusion on field ${name} in exclusion projection`)
      : new MongoFault(31252, `Cannot use an expression ${name} in an exclusion projection`);
  }
  if (name !== '_id' || !flag) tree.keeps = true;
  tree.add(path, flag ? { kind: 'keep' } : { compute: perDocument(value, scope) });
}

function include(node: Node, doc: Doc, root: Doc): Doc {
  const made: Doc = {};
  for (const [name, value] of Object.entries(doc)) {
    const child = node.children.get(name);
    if (node.kept.has(name)) setField(made, name, value);
    else if (child) setIfThere(made, name, includeValue(child, value, root));
  }
  return addComputed(node, made, doc, root, (child, value) => includeValue(child, value, root));
}

function includeValue(node: Node, value: unknown, root: Doc): unknown {
  if (isDocument(value)) return include(node, value, root);
  if (isArray(value)) {
    return value.map((item) => includeValue(node, item, root)).filter((item) => item !== undefined);
  }
  return computes(node) ? include(node, {}, root) : undefined;
}

const computes = (node: Node): boolean =>
  node.computed.size > 0 || [...node.children.values()].some(computes);

/** Adds the computed fields, in the order of the specification, after those that were there. */
function addComputed(
  node: Node,
  made: Doc,
  doc: Doc,
  root: Doc,
  inside: (child: Node, value: unknown) => unknown,
): Doc {
  for (const [name, child] of node.children) {
    if (!Object.hasOwn(doc, name) && computes(child)) setIfThere(made, name, inside(child, undefined));
  }
  for (const [name, compute] of node.computed) {
    const value = compute(root);
    if (value === undefined) Reflect.deleteProperty(made, name);
    else setField(made, name, value);
  }
  return made;
}

function setIfThere(doc: Doc, name: string, value: unknown): void {
  if (value !== undefined) setField(doc, name, value);
}

function exclude(node: Node, doc: Doc): Doc {
  const made: Doc = {};
  for (const [name, value] of Object.entries(doc)) {
    const child = node.children.get(name);
    if (!node.dropped.has(name)) setField(made, name, child ? excludeValue(child, value) : value);
  }
  return made;
}

function excludeValue(node: Node, value: unknown): unknown {
  if (isDocument(value)) return exclude(node, value);
  return isArray(value) ? value.map((item) => excludeValue(node, item)) : value;
}

function idFirst(doc: Doc): Doc {
  if (!Object.hasOwn(doc, '_id') || Object.keys(doc)[0] === '_id') return doc;
  const { _id, ...rest } = doc;
  return { _id, ...rest };
}

/** `$unset`: a path or several, the exclusion form of `$project`. */
export const unset: CompileStage = (argument, scope) => {
  const paths = isArray(argument) ? argument : [argument];
  if (paths.length === 0 || !paths.every((path) => typeof path === 'string' && path !== '')) {
    throw new MongoFault(
      isArray(argument) ? 31120 : 31002,
      '$unset specification must be a string or an array containing only string values',
    );
  }
  return project(Object.fromEntries(paths.map((path) => [path, false])), scope);
};

/** `$addFields`: everything stays, computed fields are set; through arrays, in each of their documents. */
export const addFields: CompileStage = (argument, scope) => {
  if (!isDocument(argument)) throw new MongoFault(40272, '$addFields specification stage must be an object');
  if (Object.keys(argument).length === 0)
    throw new MongoFault(CODE.FailedToParse, '$addFields specification must have at least one field');
  const tree = new Tree();
  readComputed(argument, [], tree, scope);
  return mapping((doc) => extend(tree.root, doc, doc));
};

function readComputed(source: Doc, before: readonly string[], tree: Tree, scope: StageScope): void {
  for (const [name, value] of Object.entries(source)) {
    const path = [...before, ...fieldPath(name)];
    if (!isDocument(value) || isExpression(value)) {
      tree.add(path, { compute: perDocument(value, scope) });
    } else if (Object.keys(value).length === 0) {
      throw new MongoFault(
        40180,
        `an empty object is not a valid value. Found empty object at path ${path.join('.')}`,
      );
    } else {
      readComputed(value, path, tree, scope);
    }
  }
}

function extend(node: Node, doc: Doc, root: Doc): Doc {
  const made: Doc = {};
  for (const [name, value] of Object.entries(doc)) {
    const child = node.children.get(name);
    setField(made, name, child ? extendValue(child, value, root) : value);
  }
  return addComputed(node, made, doc, root, (child, value) => extendValue(child, value, root));
}

function extendValue(node: Node, value: unknown, root: Doc): unknown {
  if (isArray(value)) return value.map((item) => extendValue(node, item, root));
  return extend(node, isDocument(value) ? value : {}, root);
}
