import { CODE, MongoFault } from '../errors.ts';
import type { Doc } from '../values/decode.ts';
import { kindOf } from '../values/kind.ts';
import { isPositional, modifyAt, parsePath, step } from './paths.ts';
import type { Path } from './paths.ts';
import { show } from '../values/show.ts';

const bad = (message: string): MongoFault => new MongoFault(CODE.BadValue, message);

/** The two paths of a `$rename`, checked. */
export function parseRename(from: string, to: unknown): { from: Path; to: Path } {
  if (typeof to !== 'string') throw bad(`The 'to' field for $rename must be a string: ${from}: ${show(to)}`);
  if (from === to) throw bad(`The source and target field for $rename must differ: ${from}: "${to}"`);
  const paths = { from: parsePath(from), to: parsePath(to) };
  if (paths.from.some(isPositional)) throw bad(`The source field for $rename may not be dynamic: ${from}`);
  if (paths.to.some(isPositional)) throw bad(`The destination field for $rename may not be dynamic: ${to}`);
  return paths;
}

/** Moves a field; a missing one is left as it is. Neither path may lead through an array. */
export function rename(doc: Doc, from: Path, to: Path): Doc {
  const value = walk(doc, from, 'source');
  if (value === undefined) return doc;
  walk(doc, to, 'destination');
  const without = modifyAt(doc, from, false, () => undefined) as Doc;
  return modifyAt(without, to, true, () => value) as Doc;
}

function walk(doc: Doc, path: Path, role: string): unknown {
  let value: unknown = doc;
  for (const [depth, part] of path.entries()) {
    if (Array.isArray(value)) {
      throw bad(
        `The ${role} field cannot be an array element, '${path.join('.')}' in doc with _id: ${show(doc['_id'])} has an array field called '${path[depth - 1] ?? ''}'`,
      );
    }
    value = step(value, part);
    if (kindOf(value) === 'missing') return undefined;
  }
  return value;
}
